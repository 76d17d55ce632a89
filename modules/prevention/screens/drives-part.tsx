import { useState } from 'react';
import { useLocation } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import type { ReplyOf } from '#kernel/contract.ts';
import { listDrives } from '../schema.ts';
import { DriveDialog } from './drive-dialogs.tsx';
import { drivePath, nameOf } from './words.ts';

type Row = ReplyOf<typeof listDrives>['rows'][number];

/** Communication campaigns and how far each one's words have come. */
export function DrivesPart() {
  const list = useQuery(listDrives, {});
  const [adding, setAdding] = useState(false);
  const [, navigate] = useLocation();
  const columns: readonly Column<Row>[] = [
    { key: 'name', header: t('prevention.drive'), rowHeader: true, cell: ({ drive }) => <><A to={drivePath(drive)}>{nameOf(drive)}</A><small>{`${day(drive.startsOn)} – ${day(drive.endsOn)}`}</small></> },
    { key: 'communes', header: t('prevention.communes'), numeric: true, cell: ({ totals }) => number(totals.communes) },
    { key: 'activities', header: t('prevention.activities'), numeric: true, cell: ({ totals }) => number(totals.activities) },
    { key: 'reached', header: t('prevention.people-reached'), numeric: true, cell: ({ totals }) => number(totals.reached) },
    { key: 'cost', header: t('prevention.cost'), numeric: true, cell: ({ totals }) => t('prevention.million', { amount: number(totals.costVnd / 1_000_000, 0) }) },
  ];
  return (
    <Card title={t('prevention.drives')} say={t('prevention.drives-say')} flush tools={(list.value?.mayAdd.length ?? 0) > 0 && <Button icon="plus" onClick={() => setAdding(true)}>{t('prevention.add-drive')}</Button>}>
      <RemoteView of={list} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="flag" title={t('prevention.no-drives')} />}>{(value) => (
        <Table caption={t('prevention.drives')} hideCaption columns={columns} rows={value.rows} rowKey={(row) => row.drive.id} onOpen={(row) => navigate(drivePath(row.drive))} />
      )}</RemoteView>
      {adding && list.value !== undefined && <DriveDialog mayAdd={list.value.mayAdd} onClose={() => setAdding(false)} onDone={(made) => { setAdding(false); navigate(drivePath(made)); }} />}
    </Card>
  );
}
