import { useState } from 'react';
import { day, moment, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { useQuery } from '#web/query.ts';
import { cameIn, sumOf, wentOut } from '../rules/balance.ts';
import { type Book, type BookDay, type FacilityView, getDayHistory } from '../schema.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { keyOf, occupancyKind, sayOccupancy } from './words.ts';

type Props = { readonly view: FacilityView; readonly book: Book; readonly reload: () => void };

/** The last days of the book: each opens with what the one before closed with. */
export function BookTable({ view, book, reload }: Props) {
  const [correcting, setCorrecting] = useState<BookDay>();
  const [asked, setAsked] = useState<string>();
  const columns = columnsOf(view.may.record ? setCorrecting : undefined, setAsked);
  return (
    <Card title={t('facilities.last-days')} flush>
      <Table caption={t('facilities.last-days')} hideCaption columns={columns} rows={book.days} rowKey={(row) => row.day} empty={<EmptyState title={t('facilities.no-day-yet')} icon="calendar" />} />
      {correcting !== undefined && <CorrectDialog view={view} book={book} first={correcting} onClose={() => setCorrecting(undefined)} onDone={() => { setCorrecting(undefined); reload(); }} />}
      {asked !== undefined && <HistoryDialog view={view} on={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

const total = (row: BookDay, pick: (flows: BookDay['figures']['voluntary']) => number): string => number(pick(row.figures.voluntary) + pick(row.figures.compulsory));
const columnsOf = (correct: ((row: BookDay) => void) | undefined, ask: (on: string) => void): Column<BookDay>[] => [
  { key: 'day', header: t('facilities.day'), rowHeader: true, cell: (row) => <>{day(row.day)}{row.late && <small>{t('facilities.late', { at: moment(row.recordedAt) })}</small>}{row.rev > 1 && <small><button type="button" className="linkish" onClick={() => ask(row.day)}>{t('facilities.corrected-times', { count: row.rev - 1 })}</button></small>}</> },
  { key: 'opening', header: t('facilities.day-opening'), numeric: true, cell: (row) => number(sumOf(row.opening)) },
  { key: 'in', header: t('facilities.came'), numeric: true, cell: (row) => total(row, cameIn) },
  { key: 'out', header: t('facilities.went'), numeric: true, cell: (row) => total(row, wentOut) },
  { key: 'absent', header: t('facilities.absent-short'), numeric: true, cell: (row) => number(row.figures.absent) },
  { key: 'closing', header: t('facilities.day-closing'), numeric: true, cell: (row) => number(sumOf(row.closing)) },
  { key: 'occupancy', header: t('facilities.occupancy'), cell: (row) => <StatusBadge kind={occupancyKind(row.occupancy)} bare>{sayOccupancy(row.occupancy)}</StatusBadge> },
  ...(correct === undefined ? [] : [{ key: 'do', header: <span className="vh">{t('facilities.correct')}</span>, label: t('facilities.correct'), cell: (row: BookDay) => <Button size="small" onClick={() => correct(row)}>{t('facilities.correct')}<span className="vh"> {day(row.day)}</span></Button> }]),
];

function HistoryDialog({ view, on, onClose }: { readonly view: FacilityView; readonly on: string; readonly onClose: () => void }) {
  const history = useQuery(getDayHistory, { params: { ...keyOf(view.facility), day: on } });
  return (
    <Dialog open kind="wide" title={t('facilities.history-of', { day: day(on) })} onClose={onClose}>
      <RemoteView of={history}>{(value) => (
        <Table caption={t('facilities.history-of', { day: day(on) })} hideCaption rows={value.versions} rowKey={(row) => String(row.rev)} columns={[
          { key: 'rev', header: t('facilities.version'), rowHeader: true, cell: (row) => <>{number(row.rev)}<small>{moment(row.recordedAt)}</small></> },
          { key: 'in', header: t('facilities.came'), numeric: true, cell: (row) => number(cameIn(row.figures.voluntary) + cameIn(row.figures.compulsory)) },
          { key: 'out', header: t('facilities.went'), numeric: true, cell: (row) => number(wentOut(row.figures.voluntary) + wentOut(row.figures.compulsory)) },
          { key: 'present', header: t('facilities.present'), numeric: true, cell: (row) => number(row.figures.present) },
          { key: 'reason', header: t('facilities.reason'), cell: (row) => (row.reason === '' ? t('facilities.first-record') : row.reason) },
        ]} />
      )}</RemoteView>
    </Dialog>
  );
}
