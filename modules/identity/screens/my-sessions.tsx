import type { ReplyOf } from '#kernel/contract.ts';
import { moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { endMyOtherSessions, endMySession, listMySessions } from '../schema.ts';

type Row = ReplyOf<typeof listMySessions>['sessions'][number];

/** "Chrome 120, Windows" out of a browser's long name of itself. */
function deviceOf(userAgent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Version)\/(\d+)/.exec(userAgent);
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(userAgent)?.[0];
  const name = browser?.[1] === 'Version' ? 'Safari' : browser?.[1] === 'Edg' ? 'Edge' : browser?.[1];
  return [browser && `${name ?? ''} ${browser[2] ?? ''}`, system].filter(Boolean).join(', ') || userAgent.slice(0, 60);
}

/** Where I am signed in; any of them can be ended. */
export function MySessions() {
  const sessions = useQuery(listMySessions, {});
  const end = useCommand(endMySession);
  const endOthers = useCommand(endMyOtherSessions);
  const after = async (work: Promise<{ readonly ok: boolean }>): Promise<void> => {
    if (!(await work).ok) return;
    toast(t('identity.me.session-ended'));
    sessions.reload();
  };
  const columns: readonly Column<Row>[] = [
    { key: 'device', header: t('identity.me.device'), cell: (row) => <>{deviceOf(row.userAgent)}{row.current && <span className="block xs muted">{t('identity.me.this-session')}</span>}</> },
    { key: 'address', header: t('identity.me.address'), cell: (row) => row.address },
    { key: 'seen', header: t('identity.accounts.seen'), cell: (row) => moment(row.lastSeenAt) },
    { key: 'end', header: <span className="vh">{t('identity.me.end-session')}</span>, label: '', cell: (row) => (row.current ? null : <Button size="small" busy={end.busy} onClick={() => void after(end.run({ params: { id: row.id } }))}>{t('identity.me.end-session')}<span className="vh"> {deviceOf(row.userAgent)}</span></Button>) },
  ];
  return (
    <Card title={t('identity.me.sessions')} tools={<Button size="small" busy={endOthers.busy} onClick={() => void after(endOthers.run({ body: {} }))}>{t('identity.me.end-others')}</Button>}>
      <ProblemNotice problem={end.problem ?? endOthers.problem} />
      <RemoteView of={sessions} lines={3}>{(value) => <Table caption={t('identity.me.sessions')} hideCaption columns={columns} rows={value.sessions} rowKey={(row) => row.id} />}</RemoteView>
    </Card>
  );
}
