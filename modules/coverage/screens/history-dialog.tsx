import { useState } from 'react';
import { day, moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select } from '#web/kit/field.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { listVisits, withdrawVisit, type Place, type Visit } from '../schema.ts';
import { placeName } from './words.ts';

const reasons = ['wrong-place', 'wrong-count', 'twice'] as const;
type Reason = (typeof reasons)[number];

/** Every visit of a place by day, office and post; one recorded by mistake is withdrawn with its reason and stays here. */
export function HistoryDialog({ place, mayWithdraw, onClose, onDone }: { readonly place: Place; readonly mayWithdraw: boolean; readonly onClose: () => void; readonly onDone: () => void }) {
  const history = useQuery(listVisits, { params: { shard: place.shard, place: place.id } });
  const withdraw = useCommand(withdrawVisit);
  const [reason, setReason] = useState<Reason>('wrong-count');
  const send = async (visit: Visit): Promise<void> => {
    const answer = await withdraw.run({ params: { shard: place.shard, place: place.id, visit: visit.id }, body: { reason } });
    if (answer.ok) onDone();
  };
  const valid = history.value?.visits.filter((visit) => visit.withdrawn === null) ?? [];
  return (
    <Dialog open kind="wide" title={t('coverage.history-of', { place: placeName(place) })} onClose={onClose}>
      <ProblemNotice problem={withdraw.problem} />
      {mayWithdraw && valid.length > 0 && <Select label={t('coverage.withdraw-reason')} value={reason} onChoose={setReason} choices={reasons.map((one) => ({ value: one, label: sayKey(`coverage.reason.${one}`) }))} />}
      <RemoteView of={history} lines={4}>{({ visits }) => (
        <Timeline entries={visits.map((visit) => ({
          key: visit.id, at: day(visit.visitedOn), who: `${visit.officeName}, ${visit.post}`, ...(visit.withdrawn === null ? {} : { tone: 'bad' as const }),
          what: <>
            {sayKey(`coverage.outcome.${visit.outcome}`)}{visit.outcome === 'reached' && `: ${t('coverage.size-of', { reached: number(visit.sizeReached), of: number(place.size) })}`}
            {visit.offered !== null && visit.accepted !== null && <span className="block small muted">{t('coverage.offered-line', { offered: number(visit.offered.reduce((a, b) => a + b, 0)), accepted: number(visit.accepted.reduce((a, b) => a + b, 0)) })}</span>}
            <span className="block small muted">{t('coverage.recorded-at', { at: moment(visit.recordedAt) })}</span>
            {visit.withdrawn !== null ? <span className="block small c-bad">{t('coverage.withdrawn-because', { reason: sayKey(`coverage.reason.${visit.withdrawn}`) })}</span>
              : mayWithdraw && <Button size="small" busy={withdraw.busy} onClick={() => void send(visit)}>{t('coverage.withdraw')}<span className="vh">: {day(visit.visitedOn)}</span></Button>}
          </>,
        }))} />
      )}</RemoteView>
    </Dialog>
  );
}
