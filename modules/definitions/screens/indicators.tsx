import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { compareVietnamese } from '#kernel/fold.ts';
import type { Dictionary, Indicator } from '../schema.ts';
import { IndicatorText } from './item-text.tsx';
import { inWords, sayStatus, statusKind, targetsOf } from './words.ts';

export function IndicatorTable({ dictionary, rows }: { readonly dictionary: Dictionary; readonly rows: readonly Indicator[] }) {
  const [, setQuery] = useQueryState();
  const open = (row: Indicator): void => setQuery({ muc: row.id }, { push: true });
  const columns: Column<Indicator>[] = [
    { key: 'ten', header: t('definitions.name'), rowHeader: true, compare: (a, b) => compareVietnamese(inWords(a.name), inWords(b.name)), cell: (row) => <button type="button" className="linkish" onClick={() => open(row)}>{inWords(row.name)}</button> },
    { key: 'nhom', header: t('definitions.group'), cell: (row) => sayKey(`definitions.group.${row.group}`, {}, row.group) },
    { key: 'do', header: t('definitions.measures'), className: 'only-l', cell: (row) => sayKey(`definitions.measures.${row.measures}`) },
    { key: 'don-vi', header: t('definitions.unit'), className: 'nowrap', cell: (row) => inWords(row.unit) },
    { key: 'muc-tieu', header: t('definitions.target'), cell: (row) => { const [first] = targetsOf(dictionary, row.id); return first === undefined ? '–' : <StatusBadge bare kind={statusKind[first.status]}>{sayStatus(first.status)}</StatusBadge>; } },
    { key: 'chu', header: t('definitions.owner'), className: 'only-l', cell: (row) => inWords(row.owner) },
    { key: 'so', header: t('definitions.figures'), className: 'noprint', cell: (row) => <A to={`/chi-tieu/${row.id}`}>{t('definitions.see-figures')}</A> },
  ];
  return <Table caption={t('definitions.dictionary')} hideCaption columns={columns} rows={rows} rowKey={(row) => row.id} rowName={(row) => inWords(row.name)} onOpen={open}
    empty={<EmptyState title={t('definitions.none-found')}>{t('definitions.none-found-say')}</EmptyState>} />;
}

/** Every definition in full, for reading through and for print. */
export const IndicatorCards = ({ dictionary, rows }: { readonly dictionary: Dictionary; readonly rows: readonly Indicator[] }) => (
  <div className="stack">
    {rows.length === 0 && <EmptyState title={t('definitions.none-found')}>{t('definitions.none-found-say')}</EmptyState>}
    {rows.map((row) => <Card key={row.id} title={inWords(row.name)} level={2}><IndicatorText dictionary={dictionary} indicator={row} /></Card>)}
  </div>
);
