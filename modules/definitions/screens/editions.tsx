import { day, moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { changeKinds, getEdition, listEditions, type Change, type EditionRow } from '../schema.ts';
import { FieldTable } from './field-table.tsx';
import { ItemFinder, ItemHistory } from './item-history.tsx';
import { sayKind } from './words.ts';

type ChangeKind = Change['change'];
const changeKind: Readonly<Record<ChangeKind, StatusKind>> = { added: 'ok', changed: 'half', ended: 'idle', corrected: 'warn' };

/** Editions of the definitions, what each changed, and the history of one item side by side. */
export default function EditionsScreen() {
  const [query] = useQueryState();
  const editions = useQuery(listEditions, {});
  const kind = query.get('loai');
  const id = query.get('ma');
  return (
    <>
      <PageHead title={t('definitions.editions')} say={t('definitions.editions-say')} crumbs={[{ label: t('definitions.dictionary'), to: '/chi-tieu' }, { label: t('definitions.editions') }]} tools={<CopyLink />} />
      <div className="stack">
        <ItemFinder />
        {kind !== null && id !== null && <ItemHistory kind={kind} id={id} />}
        <RemoteView of={editions} lines={4} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState title={t('definitions.no-edition')}>{t('definitions.no-edition-say')}</EmptyState>}>
          {(value) => <Editions rows={value.rows} />}
        </RemoteView>
      </div>
    </>
  );
}

function Editions({ rows }: { readonly rows: readonly EditionRow[] }) {
  const [query, setQuery] = useQueryState();
  const chosen = rows.find((one) => String(one.edition) === query.get('an-ban')) ?? rows[0];
  const choose = (row: EditionRow): void => setQuery({ 'an-ban': String(row.edition), doi: undefined });
  const columns: Column<EditionRow>[] = [
    { key: 'so', header: t('definitions.edition'), rowHeader: true, cell: (row) => <button type="button" className="linkish" aria-current={row === chosen ? 'true' : undefined} onClick={() => choose(row)}>{t('definitions.edition-number', { number: row.edition })}</button> },
    { key: 'luc', header: t('definitions.loaded-at'), className: 'nowrap', cell: (row) => moment(row.loadedAt) },
    { key: 'ai', header: t('definitions.loaded-by'), cell: (row) => sayKey(`definitions.by.${row.loadedBy.replace(' ', '-')}`, {}, row.loadedBy) },
    { key: 'ghi', header: t('definitions.note'), cell: (row) => sayKey(`definitions.note.${row.note.replaceAll(' ', '-')}`, {}, row.note) },
    ...changeKinds.map((change): Column<EditionRow> => ({ key: change, header: sayKey(`definitions.change.${change}`), numeric: true, cell: (row) => number(row[change]) })),
  ];
  return (
    <div className="stack">
      <Card title={t('definitions.editions-list')}><Table caption={t('definitions.editions-list')} hideCaption columns={columns} rows={rows} rowKey={(row) => String(row.edition)} onOpen={choose} /></Card>
      {chosen !== undefined && <EditionChanges edition={chosen.edition} />}
    </div>
  );
}

function EditionChanges({ edition }: { readonly edition: number }) {
  const found = useQuery(getEdition, { params: { edition: String(edition) } });
  return (
    <Card title={t('definitions.changes-of', { number: edition })} say={t('definitions.changes-say')}>
      <RemoteView of={found} lines={6} isEmpty={(value) => value.changes.length === 0} empty={<EmptyState title={t('definitions.only-head')} />}>{(value) => <Changes changes={value.changes} />}</RemoteView>
    </Card>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const [query, setQuery] = useQueryState();
  const asked = changeKinds.find((one) => one === query.get('doi'));
  const rows = asked === undefined ? changes : changes.filter((one) => one.change === asked);
  const columns: Column<Change>[] = [
    { key: 'ma', header: t('definitions.item'), rowHeader: true, cell: (row) => <button type="button" className="linkish" onClick={() => setQuery({ loai: row.kind, ma: row.id }, { push: true })}>{row.id}</button> },
    { key: 'loai', header: t('definitions.kind'), cell: (row) => sayKind(row.kind) },
    { key: 'doi', header: t('definitions.change'), cell: (row) => <StatusBadge bare kind={changeKind[row.change]}>{sayKey(`definitions.change.${row.change}`)}</StatusBadge> },
    { key: 'tu', header: t('definitions.from'), className: 'nowrap', cell: (row) => (row.from === '1900-01-01' ? '–' : day(row.from)) },
    { key: 'truong', header: t('definitions.fields'), cell: (row) => (row.fields.length === 0 ? '–' : <FieldTable fields={row.fields} />) },
  ];
  return (
    <>
      <FilterChips<ChangeKind | ''> label={t('definitions.change')} value={asked ?? ''} onChoose={(value) => setQuery({ doi: value === '' ? undefined : value })}
        choices={[{ value: '', label: t('definitions.all'), count: changes.length }, ...changeKinds.map((value) => ({ value, label: sayKey(`definitions.change.${value}`), count: changes.filter((one) => one.change === value).length }))]} />
      <Table caption={t('definitions.changes')} hideCaption columns={columns} rows={rows} rowKey={(row) => `${row.kind}/${row.id}/${row.from}/${row.change}`} empty={<EmptyState title={t('definitions.none-found')} />} />
    </>
  );
}
