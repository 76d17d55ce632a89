import type { ReactNode } from 'react';
import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import type { PlacedEntry } from '../schema.ts';
import { sayAction, sayRole, sayTarget, type Names } from './names.ts';

const kindShape: Record<PlacedEntry['entry']['kind'], StatusKind> = { write: 'done', read: 'idle', permission: 'warn', publication: 'half', key: 'bad' };

const placeText = ({ position }: PlacedEntry): string => (position === null ? t('audit.waiting') : t('audit.place', { index: String(position) }));

function columnsOf(names: Names, onOpen: ((placed: PlacedEntry) => void) | undefined): readonly Column<PlacedEntry>[] {
  const link = (placed: PlacedEntry): ReactNode => {
    if (!onOpen) return placeText(placed);
    return <button type="button" className="linkish" onClick={() => onOpen(placed)}><span className="vh">{t('audit.open')} </span>{placeText(placed)}</button>;
  };
  return [
    { key: 'at', header: t('audit.column.at'), cell: ({ entry }) => moment(entry.at), rowHeader: true },
    { key: 'kind', header: t('audit.column.kind'), cell: ({ entry }) => <StatusBadge kind={kindShape[entry.kind]} bare>{sayKey(`audit.kind.${entry.kind}`)}</StatusBadge> },
    { key: 'action', header: t('audit.column.action'), cell: ({ entry }) => sayAction(entry.action) },
    { key: 'target', header: t('audit.column.target'), cell: ({ entry }) => <>{sayTarget(entry.targetType)}<br /><span className="muted xs brk">{entry.target}</span></> },
    { key: 'unit', header: t('audit.column.unit'), cell: ({ entry }) => names.unit(entry.unit) },
    { key: 'actor', header: t('audit.column.actor'), cell: ({ entry }) => (entry.actor === null ? t('audit.by-machine') : <>{entry.actor.slice(0, 8)}{entry.role !== null && <><br /><span className="muted xs">{sayRole(entry.role)}</span></>}</>) },
    { key: 'place', header: t('audit.column.place'), cell: (placed) => <>{names.log(placed.entry.log)}<br />{link(placed)}</> },
  ];
}

type EntriesTableProps = { readonly entries: readonly PlacedEntry[]; readonly names: Names; readonly caption: string; readonly empty: ReactNode; readonly onOpen?: (placed: PlacedEntry) => void };

export const EntriesTable = ({ entries, names, caption, empty, onOpen }: EntriesTableProps) => (
  <Table caption={caption} hideCaption columns={columnsOf(names, onOpen)} rows={entries} rowKey={({ entry }) => `${entry.log} ${entry.id}`} empty={empty} {...(onOpen ? { onOpen } : {})} />
);
