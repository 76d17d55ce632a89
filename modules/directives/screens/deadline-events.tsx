import { useState } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useMay } from '#web/session.tsx';
import { type DeadlineEvent, listDeadlineEvents, setDeadlineEvent } from '../schema.ts';

/** Events that deadlines wait for; whoever issues directives writes the day once it is known. */
export default function DeadlineEventsScreen() {
  const events = useQuery(listDeadlineEvents, {});
  const may = useMay();
  const [setting, setSetting] = useState<DeadlineEvent>();
  const maySet = may('directives.issue');
  return (
    <>
      <PageHead title={t('deadline-events.title')} say={t('deadline-events.say')} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: t('deadline-events.title') }]} />
      <Card flush>
        <RemoteView of={events} isEmpty={(value) => value.events.length === 0} empty={<EmptyState title={t('deadline-events.empty')} icon="clock">{t('deadline-events.empty-say')}</EmptyState>}>{(value) => (
          <Table caption={t('deadline-events.title')} hideCaption rows={value.events} rowKey={(row) => row.event} columns={[
            { key: 'event', header: t('deadline-events.event'), rowHeader: true, cell: (row) => row.text },
            { key: 'on', header: t('deadline-events.on'), cell: (row) => (row.on === null ? <StatusBadge kind="idle" bare>{t('deadline-events.open')}</StatusBadge> : day(row.on)) },
            { key: 'tasks', header: t('deadline-events.tasks'), numeric: true, cell: (row) => number(row.tasks) },
            ...(maySet ? [{ key: 'set', header: <span className="vh">{t('deadline-events.set')}</span>, cell: (row: DeadlineEvent) => <Button size="small" icon="calendar" onClick={() => setSetting(row)}>{t('deadline-events.set')}<span className="vh">: {row.text}</span></Button> }] : []),
          ]} />
        )}</RemoteView>
      </Card>
      {setting && <SetDay event={setting} onClose={() => setSetting(undefined)} onDone={() => { setSetting(undefined); events.reload(); }} />}
    </>
  );
}

function SetDay({ event, onClose, onDone }: { readonly event: DeadlineEvent; readonly onClose: () => void; readonly onDone: () => void }) {
  const [on, setOn] = useState<string | undefined>(event.on ?? undefined);
  const set = useCommand(setDeadlineEvent);
  const send = async (): Promise<void> => {
    if (on === undefined) return;
    const answer = await set.run({ params: { event: event.event }, body: { on } });
    if (!answer.ok) return;
    toast(t('deadline-events.done', { day: day(on), count: answer.value.tasks }));
    onDone();
  };
  return (
    <Dialog open title={t('deadline-events.set-for', { event: event.text })} onClose={onClose} footer={<><Button onClick={onClose}>{t('directives.cancel')}</Button><Button look="primary" busy={set.busy} disabled={on === undefined} onClick={() => void send()}>{t('deadline-events.set')}</Button></>}>
      <form onSubmit={(submit) => { submit.preventDefault(); void send(); }}>
        <ProblemNotice problem={set.problem} />
        <DateInput label={t('deadline-events.on')} value={on} onDay={setOn} />
      </form>
    </Dialog>
  );
}
