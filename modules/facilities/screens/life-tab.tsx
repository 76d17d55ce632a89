import { useState } from 'react';
import { day, number, today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { countOf } from '../rules/day-form.ts';
import { type Activity, type ActivityKind, activityKinds, changeActivity, courseKinds, type FacilityRow, getLife, recordActivity, recordStaffing, type Staffing } from '../schema.ts';
import { keyOf } from './words.ts';

/** Staff, courses, services and hearings: counts by day. */
export function LifeTab({ facility, mayRecord }: { readonly facility: FacilityRow; readonly mayRecord: boolean }) {
  const life = useQuery(getLife, { params: keyOf(facility) });
  const [editing, setEditing] = useState<Activity | 'new'>();
  const [staffing, setStaffing] = useState(false);
  const done = (): void => { setEditing(undefined); setStaffing(false); life.reload(); };
  return (
    <RemoteView of={life}>{(value) => (
      <div className="cols">
        <Card title={t('facilities.activities')} say={t('facilities.activities-say')} flush tools={mayRecord && <Button size="small" icon="plus" onClick={() => setEditing('new')}>{t('facilities.add-activity')}</Button>}>
          <Table caption={t('facilities.activities')} hideCaption rows={value.activities} rowKey={(row) => row.id} columns={columns(mayRecord ? setEditing : undefined)} empty={<EmptyState title={t('facilities.no-activity')} icon="list" />} />
        </Card>
        <Card title={t('facilities.staff')} flush tools={mayRecord && <Button size="small" onClick={() => setStaffing(true)}>{t('facilities.record-staff')}</Button>}>
          <Table caption={t('facilities.staff')} hideCaption rows={value.staffing} rowKey={(row) => row.day} columns={staffColumns()} empty={<EmptyState title={t('facilities.no-staff')} icon="people" />} />
        </Card>
        {editing !== undefined && <ActivityDialog facility={facility} activity={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} onDone={done} />}
        {staffing && <StaffDialog facility={facility} onClose={() => setStaffing(false)} onDone={done} />}
      </div>
    )}</RemoteView>
  );
}

const isCourse = (kind: ActivityKind): boolean => courseKinds.includes(kind);
const columns = (edit: ((row: Activity) => void) | undefined): Column<Activity>[] => [
  { key: 'kind', header: t('facilities.activity'), rowHeader: true, cell: (row) => <>{t(`facilities.activity-${row.kind}`)}{row.note !== '' && <small>{row.note}</small>}</> },
  { key: 'days', header: t('facilities.days'), compare: (a, b) => a.fromDay.localeCompare(b.fromDay), cell: (row) => (row.toDay === row.fromDay ? day(row.fromDay) : `${day(row.fromDay)} – ${row.toDay === null ? t('facilities.going-on') : day(row.toDay)}`) },
  { key: 'people', header: t('facilities.people'), numeric: true, cell: (row) => (row.kind === 'mobile-court' ? '–' : number(row.people)) },
  { key: 'finished', header: t('facilities.finished'), numeric: true, cell: (row) => (isCourse(row.kind) ? number(row.finished) : '–') },
  { key: 'sessions', header: t('facilities.sessions'), numeric: true, cell: (row) => (row.sessions > 0 ? number(row.sessions) : '–') },
  ...(edit === undefined ? [] : [{ key: 'do', header: <span className="vh">{t('facilities.change')}</span>, label: t('facilities.change'), cell: (row: Activity) => <Button size="small" onClick={() => edit(row)}>{t('facilities.change')}</Button> }]),
];
const staffColumns = (): Column<Staffing>[] => [
  { key: 'day', header: t('facilities.from-day'), rowHeader: true, cell: (row) => day(row.day) }, { key: 'staff', header: t('facilities.staff-count'), numeric: true, cell: (row) => number(row.staff) },
  { key: 'health', header: t('facilities.health-staff'), numeric: true, cell: (row) => number(row.healthStaff) },
];

type ActivityProps = { readonly facility: FacilityRow; readonly activity: Activity | undefined; readonly onClose: () => void; readonly onDone: () => void };
function ActivityDialog({ facility, activity, onClose, onDone }: ActivityProps) {
  const [kind, setKind] = useState<ActivityKind>(activity?.kind ?? 'vocational');
  const [fromDay, setFrom] = useState<string | undefined>(activity?.fromDay ?? today());
  const [toDay, setTo] = useState<string | undefined>(activity?.toDay ?? undefined);
  const [typed, setTyped] = useState({ people: String(activity?.people ?? ''), finished: String(activity?.finished ?? ''), sessions: String(activity?.sessions ?? ''), note: activity?.note ?? '' });
  const [missing, setMissing] = useState(false);
  const [add, change] = [useCommand(recordActivity), useCommand(changeActivity)];
  const send = async (): Promise<void> => {
    const [people, finished, sessions] = [countOf(typed.people), countOf(typed.finished), countOf(typed.sessions)];
    const whole = fromDay !== undefined && people !== undefined && finished !== undefined && sessions !== undefined;
    setMissing(!whole);
    if (!whole) return;
    const body = { kind, fromDay, toDay: toDay ?? null, people, finished: isCourse(kind) ? finished : 0, sessions, note: typed.note.trim() };
    const answer = activity === undefined ? await add.run({ params: keyOf(facility), body }) : await change.run({ params: { ...keyOf(facility), activity: activity.id }, body: { rev: activity.rev, activity: body } });
    if (answer.ok) onDone();
  };
  const box = (name: 'people' | 'finished' | 'sessions', label: string) => <TextInput label={label} width="short" inputMode="numeric" value={typed[name]} onText={(value) => setTyped({ ...typed, [name]: value })} />;
  return (
    <Dialog open title={t(activity === undefined ? 'facilities.add-activity' : 'facilities.change')} onClose={onClose} footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={add.busy || change.busy} onClick={() => void send()}>{t('facilities.save')}</Button></>}>
      {missing && <Notice tone="bad" live><p>{t('facilities.form-missing')}</p></Notice>}
      <ProblemNotice problem={add.problem ?? change.problem} />
      <Select label={t('facilities.activity')} value={kind} onChoose={setKind} choices={activityKinds.map((one) => ({ value: one, label: t(`facilities.activity-${one}`) }))} />
      <div className="grid2">
        <DateInput label={t('facilities.from-day')} value={fromDay} onDay={setFrom} /><DateInput label={t('facilities.to-day')} optional value={toDay} onDay={setTo} />
        {kind !== 'mobile-court' && box('people', t('facilities.people'))}
        {isCourse(kind) ? box('finished', t('facilities.finished')) : kind === 'illness-care' ? null : box('sessions', t('facilities.sessions'))}
      </div>
      <TextInput label={t('facilities.note')} optional hint={t('facilities.counts-only')} value={typed.note} onText={(note) => setTyped({ ...typed, note })} maxLength={200} />
    </Dialog>
  );
}

function StaffDialog({ facility, onClose, onDone }: { readonly facility: FacilityRow; readonly onClose: () => void; readonly onDone: () => void }) {
  const [from, setFrom] = useState<string | undefined>(today());
  const [typed, setTyped] = useState({ staff: '', health: '' });
  const [missing, setMissing] = useState(false);
  const save = useCommand(recordStaffing);
  const send = async (): Promise<void> => {
    const [staff, healthStaff] = [countOf(typed.staff), countOf(typed.health)];
    const whole = from !== undefined && typed.staff.trim() !== '' && staff !== undefined && healthStaff !== undefined;
    setMissing(!whole);
    if (whole && (await save.run({ params: keyOf(facility), body: { day: from, staff, healthStaff } })).ok) onDone();
  };
  return (
    <Dialog open title={t('facilities.record-staff')} onClose={onClose} footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={save.busy} onClick={() => void send()}>{t('facilities.save')}</Button></>}>
      {missing && <Notice tone="bad" live><p>{t('facilities.form-missing')}</p></Notice>}
      <ProblemNotice problem={save.problem} />
      <DateInput label={t('facilities.from-day')} value={from} onDay={setFrom} />
      <TextInput label={t('facilities.staff-count')} width="short" inputMode="numeric" value={typed.staff} onText={(staff) => setTyped({ ...typed, staff })} />
      <TextInput label={t('facilities.health-staff')} width="short" inputMode="numeric" value={typed.health} onText={(health) => setTyped({ ...typed, health })} />
    </Dialog>
  );
}
