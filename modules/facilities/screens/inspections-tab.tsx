import { useState } from 'react';
import { day, number, today } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Badge, StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { type Checklist, confirmFinding, type FacilityView, type Finding, getChecklist, type Inspection, type InspectionAnswer, listInspections, remedyFinding } from '../schema.ts';
import { facilityPath, keyOf } from './words.ts';

const kinds: Readonly<Record<Finding, StatusKind>> = { meets: 'ok', partly: 'warn', fails: 'bad', 'not-seen': 'idle' };
type Acting = { readonly inspection: Inspection; readonly answer: InspectionAnswer; readonly move: 'remedy' | 'confirm' | 'reopen' };

/** Inspections, newest first: what fell short, by when it is put right, and who saw it. */
export function InspectionsTab({ view }: { readonly view: FacilityView }) {
  const key = keyOf(view.facility);
  const list = useQuery(listInspections, { params: key });
  const checklist = useQuery(getChecklist, {});
  const [acting, setActing] = useState<Acting>();
  return (
    <RemoteView of={list}>{({ inspections }) => (
      <div className="stack">
        {inspections.length === 0 && <EmptyState title={t('facilities.no-inspection')} icon="shield" action={view.may.inspect && <LinkButton to={facilityPath(key, '/kiem-tra')} look="primary">{t('facilities.inspect')}</LinkButton>} />}
        {inspections.map((one) => <InspectionCard key={one.id} inspection={one} checklist={checklist.value} may={view.may} act={(answer, move) => setActing({ inspection: one, answer, move })} />)}
        {acting !== undefined && <FindingDialog view={view} acting={acting} onClose={() => setActing(undefined)} onDone={() => { setActing(undefined); list.reload(); }} />}
      </div>
    )}</RemoteView>
  );
}

type CardProps = { readonly inspection: Inspection; readonly checklist: Checklist | undefined; readonly may: FacilityView['may']; readonly act: (answer: InspectionAnswer, move: Acting['move']) => void };
function InspectionCard({ inspection, checklist, may, act }: CardProps) {
  const short = inspection.answers.filter((one) => one.state !== 'none');
  const met = inspection.answers.filter((one) => one.finding === 'meets').length;
  const name = (id: string): string => checklist?.items.find((item) => item.id === id)?.[language()] ?? id;
  return (
    <Card title={t('facilities.inspection-of', { day: day(inspection.onDay) })} say={t('facilities.inspection-say', { met: number(met), of: number(inspection.answers.length), office: inspection.office })} tools={<Badge>{t(inspection.external ? 'facilities.external' : 'facilities.internal')}</Badge>}>
      {inspection.summary !== '' && <p className="doc">{inspection.summary}</p>}
      {short.length === 0 ? <StatusBadge kind="ok" bare>{t('facilities.all-met')}</StatusBadge> : short.map((answer) => (
        <div className="check-line" key={answer.item}>
          <p><StatusBadge kind={kinds[answer.finding]} bare>{t(`facilities.finding-${answer.finding}`)}</StatusBadge> <span className="b">{name(answer.item)}</span>{answer.state === 'open' && answer.dueOn !== null && answer.dueOn < today() && <> <Badge hot>{t('facilities.matter-overdue')}</Badge></>}</p>
          <p className="small muted">{[answer.dueOn === null ? '' : t('facilities.put-right-by', { day: day(answer.dueOn) }), t(`facilities.finding-is-${answer.state}`), answer.note, answer.remedy].filter((part) => part !== '').join(' · ')}</p>
          <div className="row tight">
            {answer.state === 'open' && may.record && <Button size="small" onClick={() => act(answer, 'remedy')}>{t('facilities.remedy')}</Button>}
            {answer.state === 'remedied' && may.settle && <><Button size="small" onClick={() => act(answer, 'confirm')}>{t('facilities.confirm')}</Button><Button size="small" look="quiet" onClick={() => act(answer, 'reopen')}>{t('facilities.not-put-right')}</Button></>}
          </div>
        </div>
      ))}
    </Card>
  );
}

function FindingDialog({ view, acting: { inspection, answer, move }, onClose, onDone }: { readonly view: FacilityView; readonly acting: Acting; readonly onClose: () => void; readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const [remedy, confirm] = [useCommand(remedyFinding), useCommand(confirmFinding)];
  const params = { ...keyOf(view.facility), inspection: inspection.id, item: answer.item };
  const send = async (): Promise<void> => {
    const done = move === 'remedy' ? await remedy.run({ params, body: { rev: answer.rev, remedy: text.trim() } }) : await confirm.run({ params, body: { rev: answer.rev, seen: move === 'confirm', note: text.trim() } });
    if (done.ok) onDone();
  };
  return (
    <Dialog open title={t(`facilities.${move === 'remedy' ? 'remedy' : move === 'confirm' ? 'confirm' : 'not-put-right'}`)} onClose={onClose}
      footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={remedy.busy || confirm.busy} disabled={move === 'remedy' && text.trim() === ''} onClick={() => void send()}>{t('facilities.save')}</Button></>}>
      <ProblemNotice problem={remedy.problem ?? confirm.problem} />
      <TextInput label={t(move === 'remedy' ? 'facilities.how-remedied' : 'facilities.note')} optional={move !== 'remedy'} value={text} onText={setText} maxLength={500} />
    </Dialog>
  );
}
