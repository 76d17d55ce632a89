import { useState } from 'react';
import { useLocation } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { listPilots, type PilotRow } from '../schema.ts';
import { PilotDialog } from './pilot-dialog.tsx';
import { pilotPath, resultBadge, signed, stateBadge, titleOf } from './words.ts';

/** Pilots with what came of them; failures stand here as well as successes. */
export function PilotsPart() {
  const list = useQuery(listPilots, {});
  const [adding, setAdding] = useState(false);
  const [, navigate] = useLocation();
  const columns: readonly Column<PilotRow>[] = [
    { key: 'title', header: t('prevention.pilot'), rowHeader: true, cell: ({ pilot }) => <><A to={pilotPath(pilot)}>{titleOf(pilot)}</A><small>{pilot.hypothesis}</small></> },
    { key: 'days', header: t('prevention.days'), cell: ({ pilot }) => `${day(pilot.startsOn)} – ${day(pilot.endsOn)}` },
    { key: 'state', header: t('prevention.state'), cell: ({ pilot }) => <StatusBadge bare kind={stateBadge[pilot.state]}>{sayKey(`prevention.pilot-state.${pilot.state}`)}</StatusBadge> },
    { key: 'result', header: t('prevention.result'), cell: ({ pilot }) => (pilot.result === null ? <span className="muted">–</span> : <StatusBadge bare kind={resultBadge[pilot.result]}>{sayKey(`prevention.result.${pilot.result}`)}</StatusBadge>) },
    { key: 'difference', header: t('prevention.difference'), numeric: true, compare: (a, b) => (a.difference ?? 0) - (b.difference ?? 0), cell: (row) => (row.difference === null ? '–' : signed(row.difference)) },
    { key: 'replications', header: t('prevention.replications'), numeric: true, cell: (row) => number(row.replications) },
  ];
  return (
    <Card title={t('prevention.pilots')} say={t('prevention.pilots-say')} flush tools={(list.value?.mayAdd.length ?? 0) > 0 && <Button icon="plus" onClick={() => setAdding(true)}>{t('prevention.add-pilot')}</Button>}>
      <RemoteView of={list} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="flag" title={t('prevention.no-pilots')}>{t('prevention.pilots-say')}</EmptyState>}>{(value) => (
        <Table caption={t('prevention.pilots')} hideCaption columns={columns} rows={value.rows} rowKey={(row) => row.pilot.id} onOpen={(row) => navigate(pilotPath(row.pilot))} />
      )}</RemoteView>
      {adding && list.value !== undefined && <PilotDialog mayAdd={list.value.mayAdd} onClose={() => setAdding(false)} onDone={(made) => { setAdding(false); navigate(pilotPath(made)); }} />}
    </Card>
  );
}
