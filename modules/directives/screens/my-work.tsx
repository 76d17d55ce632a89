import { useState } from 'react';
import { useLocation } from 'wouter';
import { day, moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Badge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { useMay } from '#web/session.tsx';
import { getInbox, getMyWork, type MyWork, type Notice, readNotices, type WorkGroup } from '../schema.ts';
import { CalendarFeed } from './calendar-feed.tsx';
import { taskColumns } from './parts.tsx';
import { taskPath } from './words.ts';

const groups = ['overdue', 'week', 'later', 'verify', 'decide'] as const satisfies readonly WorkGroup[];
const isGroup = (text: string | null): text is WorkGroup => groups.some((group) => group === text);

/** The home of every role: what now, what this week, what later, what waits for me. */
export default function MyWorkScreen() {
  const [query, setQuery] = useQueryState();
  const asked = query.get('nhom');
  const page = Number(query.get('trang') ?? '1');
  const work = useQuery(getMyWork, { query: { ...(isGroup(asked) ? { group: asked } : {}), page } });
  const may = useMay();
  return (
    <>
      <PageHead title={t('directives.my-work')} say={work.value && t('directives.as-of', { day: day(work.value.asOf) })} tools={
        <><CalendarFeed />{may('directives.draft') && <LinkButton to="/chi-dao/moi" look="primary" icon="plus">{t('directives.new-from-text')}</LinkButton>}</>} />
      <div className="stack">
        <RemoteView of={work}>{(value) => <WorkList work={value} onGroup={(group) => setQuery({ nhom: group, trang: undefined })} onPage={(next) => setQuery({ trang: next })} />}</RemoteView>
        <Inbox />
      </div>
    </>
  );
}

function WorkList({ work, onGroup, onPage }: { readonly work: MyWork; readonly onGroup: (group: WorkGroup) => void; readonly onPage: (page: number) => void }) {
  const [, navigate] = useLocation();
  const waiting = work.group === 'verify' || work.group === 'decide';
  const tabs = groups.map((group) => ({ value: group, label: <>{sayKey(`directives.group-${group}`)} <Badge hot={group === 'overdue' && work.counts.overdue > 0}>{number(work.counts[group])}</Badge></> }));
  return (
    <Card flush>
      <Tabs label={t('directives.my-work')} value={work.group} tabs={tabs} onChoose={onGroup}>
        <Table caption={sayKey(`directives.group-${work.group}`)} hideCaption columns={taskColumns(waiting)} rows={work.rows} rowKey={(row) => row.id} onOpen={(row) => navigate(taskPath(row))}
          empty={<EmptyState title={t('directives.work-empty')} icon="ok">{work.nextDueOn !== null && t('directives.next-due', { day: day(work.nextDueOn) })}</EmptyState>} />
        <Pagination page={work.page} pages={Math.max(1, Math.ceil(work.total / work.pageSize))} total={work.total} onPage={onPage} />
      </Tabs>
    </Card>
  );
}

function Inbox() {
  const [page, setPage] = useState(1);
  const inbox = useQuery(getInbox, { query: { page } });
  const read = useCommand(readNotices);
  const readAll = async (): Promise<void> => {
    if ((await read.run({ body: { notices: [] } })).ok) inbox.reload();
  };
  return (
    <Card title={t('directives.inbox')} say={inbox.value && t('directives.unread', { count: inbox.value.unread })}
      tools={(inbox.value?.unread ?? 0) > 0 && <Button size="small" busy={read.busy} onClick={() => void readAll()}>{t('directives.read-all')}</Button>}>
      <RemoteView of={inbox} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState title={t('directives.inbox-empty')} icon="mail" />}>
        {(value) => (
          <>
            <Timeline entries={value.rows.map((notice) => ({ key: notice.id, at: notice.at, what: <NoticeLine notice={notice} />, who: notice.officeName, ...(notice.read ? { tone: 'idle' as const } : {}) }))} />
            <Pagination page={value.page} pages={Math.max(1, Math.ceil(value.total / value.pageSize))} total={value.total} onPage={setPage} />
          </>
        )}
      </RemoteView>
    </Card>
  );
}

function NoticeLine({ notice }: { readonly notice: Notice }) {
  const name = [notice.ordinal, notice.directiveNumber ?? notice.directiveTitle].filter((part) => part !== null).join(' · ');
  const to = notice.task !== null ? taskPath({ province: notice.province, id: notice.task }) : notice.directive !== null ? `/chi-dao/${notice.province}/${notice.directive}` : undefined;
  return (
    <>
      <span className={notice.read ? undefined : 'b'}>{sayKey(`notice-kind.${notice.kind}`)}</span>{' '}
      {to === undefined ? name : <A to={to}>{name}</A>}
      {notice.tasks > 1 && <span className="muted"> · {t('directives.tasks-count', { count: notice.tasks })}</span>}
      {notice.dueOn !== null && <span className="muted"> · {t('directives.due-on', { day: day(notice.dueOn) })}</span>}
      {notice.text !== null && <span className="small"> — {notice.text}</span>}
      {!notice.read && <span className="vh"> {t('directives.notice-unread', { at: moment(notice.at) })}</span>}
    </>
  );
}
