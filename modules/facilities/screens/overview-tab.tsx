import { useState } from 'react';
import { day, moment, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, Pairs, StatStrip } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { cameIn, wentOut } from '../rules/balance.ts';
import { type FacilityView, getMonths, type MonthView, type Profile, saveProfile } from '../schema.ts';
import { OccupancyBar } from './occupancy-bar.tsx';
import { ProfileFields, profileTyped, readProfile } from './profile-fields.tsx';
import { keyOf, occupancyKind, sayOccupancy } from './words.ts';

export function OverviewTab({ view, reload }: { readonly view: FacilityView; readonly reload: () => void }) {
  const { facility, profiles, may } = view;
  const { standing } = facility;
  const [editing, setEditing] = useState(false);
  const shown = profiles[0];
  return (
    <div className="cols">
      <div className="stack">
        <Card title={t('facilities.who-is-there')} {...(standing === null ? {} : { say: t('facilities.by-book-of', { day: day(standing.day) }) })}>
          {standing === null ? <EmptyState title={t('facilities.no-day-yet')} icon="calendar" /> : <StatStrip stats={[
            { label: t('facilities.voluntary'), value: number(standing.voluntary) }, { label: t('facilities.compulsory'), value: number(standing.compulsory) }, { label: t('facilities.absent'), value: number(standing.absent) },
            { label: t('facilities.occupancy'), value: sayOccupancy(standing.occupancy), note: <OccupancyBar ratio={standing.occupancy} />, ...((standing.occupancy ?? 0) > 1 ? { tone: 'bad' as const } : {}) },
          ]} />}
        </Card>
        {may.readBook && <Months view={view} />}
      </div>
      <div className="stack">
        <Card title={t('facilities.capacity')} tools={may.register && <Button size="small" onClick={() => setEditing(true)}>{t('facilities.new-version')}</Button>} footer={t('facilities.norm-source')}>
          <Pairs pairs={[
            [t('facilities.places'), number(facility.places)], [t('facilities.beds'), number(facility.beds)], [t('facilities.land'), `${number(facility.landM2)} m²`], [t('facilities.terrain'), t(`facilities.terrain-${facility.terrain}`)],
            [t('facilities.norm-places'), <span key="norm">{number(facility.normPlaces)} {standing !== null && <StatusBadge kind={occupancyKind(standing.normOccupancy)} bare>{sayOccupancy(standing.normOccupancy)}</StatusBadge>}</span>],
          ]} />
        </Card>
        <Card title={t('facilities.versions')} flush>
          <Table caption={t('facilities.versions')} hideCaption rows={profiles} rowKey={(row) => row.validFrom} columns={versionColumns()} />
        </Card>
      </div>
      {editing && shown !== undefined && <VersionDialog view={view} from={shown} onClose={() => setEditing(false)} onDone={() => { setEditing(false); reload(); }} />}
    </div>
  );
}

const versionColumns = (): Column<Profile>[] => [
  { key: 'from', header: t('facilities.valid-from'), rowHeader: true, cell: (row) => <>{day(row.validFrom)}<small>{row.decision === '' ? moment(row.recordedAt) : row.decision}</small></> },
  { key: 'places', header: t('facilities.places'), numeric: true, cell: (row) => number(row.places) },
  { key: 'norm', header: t('facilities.norm-places'), numeric: true, cell: (row) => number(row.normPlaces) },
];

function Months({ view }: { readonly view: FacilityView }) {
  const months = useQuery(getMonths, { params: keyOf(view.facility) });
  return (
    <Card title={t('facilities.months')} say={t('facilities.months-say')} flush>
      <RemoteView of={months}>{(value) => <Table caption={t('facilities.months')} hideCaption rows={value.months} rowKey={(row) => row.period} columns={monthColumns()} empty={<EmptyState title={t('facilities.no-day-yet')} icon="calendar" />} />}</RemoteView>
    </Card>
  );
}
const both = (row: MonthView, pick: (flows: MonthView['voluntary']) => number): string => number(pick(row.voluntary) + pick(row.compulsory));
const monthColumns = (): Column<MonthView>[] => [
  { key: 'month', header: t('facilities.month'), rowHeader: true, cell: (row) => <>{row.period.split('-').reverse().join('/')}<small>{`${day(row.first)} – ${day(row.last)}`}</small></> },
  { key: 'open', header: t('facilities.opening'), numeric: true, cell: (row) => (row.opening === null ? '–' : number(row.opening.voluntary + row.opening.compulsory)) },
  { key: 'in', header: t('facilities.came'), numeric: true, cell: (row) => both(row, cameIn) },
  { key: 'out', header: t('facilities.went'), numeric: true, cell: (row) => both(row, wentOut) },
  { key: 'done', header: t('facilities.flow-completed'), numeric: true, cell: (row) => both(row, (flows) => flows.completed) },
  { key: 'died', header: t('facilities.flow-died'), numeric: true, cell: (row) => both(row, (flows) => flows.died) },
  { key: 'close', header: t('facilities.closing'), numeric: true, cell: (row) => (row.closing === null ? '–' : number(row.closing.voluntary + row.closing.compulsory)) },
  { key: 'days', header: t('facilities.days-recorded'), cell: (row) => <StatusBadge kind={row.daysRecorded >= row.daysExpected ? 'ok' : 'warn'} bare>{`${number(row.daysRecorded)}/${number(row.daysExpected)}`}</StatusBadge> },
];

function VersionDialog({ view, from, onClose, onDone }: { readonly view: FacilityView; readonly from: Profile; readonly onClose: () => void; readonly onDone: () => void }) {
  const [typed, setTyped] = useState(profileTyped(from));
  const [missing, setMissing] = useState(false);
  const save = useCommand(saveProfile);
  const send = async (): Promise<void> => {
    const body = readProfile(typed);
    setMissing(body === undefined);
    if (body === undefined || !(await save.run({ params: keyOf(view.facility), body })).ok) return;
    toast(t('facilities.version-saved'));
    onDone();
  };
  return (
    <Dialog open kind="wide" title={t('facilities.new-version')} onClose={onClose} footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={save.busy} onClick={() => void send()}>{t('facilities.save')}</Button></>}>
      <p className="small muted">{t('facilities.new-version-say')}</p>
      {missing && <Notice tone="bad" live><p>{t('facilities.form-missing')}</p></Notice>}
      <ProblemNotice problem={save.problem} />
      <ProfileFields typed={typed} onChange={setTyped} />
    </Dialog>
  );
}
