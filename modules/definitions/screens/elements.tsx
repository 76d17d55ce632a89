import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { EmptyState } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import type { DataElement, Dictionary } from '../schema.ts';
import { cellsOf, inWords, placesOf } from './words.ts';

export function ElementTable({ dictionary, rows }: { readonly dictionary: Dictionary; readonly rows: readonly DataElement[] }) {
  const [, setQuery] = useQueryState();
  const open = (row: DataElement): void => setQuery({ muc: row.id }, { push: true });
  const columns: Column<DataElement>[] = [
    { key: 'ten', header: t('definitions.name'), rowHeader: true, cell: (row) => <button type="button" className="linkish" onClick={() => open(row)}>{inWords(row.name)}</button> },
    { key: 'bieu', header: t('definitions.form-row'), className: 'nowrap', cell: (row) => placesOf(dictionary, row.id).join('; ') || '–' },
    { key: 'don-vi', header: t('definitions.unit'), cell: (row) => inWords(row.unit) },
    { key: 'gop', header: t('definitions.aggregation'), className: 'only-l', cell: (row) => sayKey(`definitions.aggregation.${row.aggregation}`) },
    { key: 'o', header: t('definitions.cells'), className: 'only-l', cell: (row) => cellsOf(dictionary, row.disaggregation).join('; ') || '–' },
  ];
  return <Table caption={t('definitions.elements')} hideCaption columns={columns} rows={rows} rowKey={(row) => row.id} rowName={(row) => inWords(row.name)} onOpen={open}
    empty={<EmptyState title={t('definitions.none-found')}>{t('definitions.none-found-say')}</EmptyState>} />;
}
