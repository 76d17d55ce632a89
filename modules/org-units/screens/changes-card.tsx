import { day, number, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { isPlainDate } from '#kernel/day.ts';
import { historyBegins, listUnitChanges, reformDay, type ChangeEntry } from '../schema.ts';
import { CertaintyMark } from './parts.tsx';
import { onToday, unitPath } from './addresses.ts';
import { placeName, sayBasis } from './words.ts';

const levels = ['', 'province', 'commune'] as const;
const dayOr = (text: string | null, otherwise: string): string => (text !== null && isPlainDate(text) ? text : otherwise);

/** What changed between two days, each with the text it rests on and how sure it is. */
export function ChangesCard() {
  const [query, setQuery] = useQueryState();
  const from = dayOr(query.get('tu'), reformDay);
  const to = dayOr(query.get('den'), today());
  const level = levels.find((one) => one === query.get('cap')) ?? '';
  const list = useQuery(listUnitChanges, { query: { from, to } });
  return (
    <Card title={t('org-units.changes-title')} say={t('org-units.changes-say')}>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <DateInput label={t('org-units.changes-from')} value={from} min={historyBegins} onDay={(value) => setQuery({ tu: value })} />
        <DateInput label={t('org-units.changes-to')} value={to} min={historyBegins} onDay={(value) => setQuery({ den: value })} />
      </div>
      <RemoteView of={list}>{({ changes }) => {
        const rows = changes.filter((change) => level === '' || change.level === level);
        const unsure = rows.filter((change) => change.certainty === 'U').length;
        return (
          <>
            <div>
              <FilterChips label={t('org-units.level')} value={level} onChoose={(value) => setQuery({ cap: value })}
                choices={levels.map((one) => ({ value: one, label: sayKey(`org-units.level.${one === '' ? 'all' : one}`), count: one === '' ? changes.length : changes.filter((change) => change.level === one).length }))} />
              {unsure > 0 && <Notice tone="warn"><p>{t('org-units.changes-unsure', { count: unsure, of: number(rows.length) })}</p></Notice>}
            </div>
            <Table caption={t('org-units.changes-between', { from: day(from), to: day(to) })} columns={columns()} rows={rows} rowKey={(change) => `${change.on}${change.code}${change.before}`}
              empty={<EmptyState icon="history" title={t('org-units.changes-none')}>{t('org-units.changes-none-say')}</EmptyState>} />
          </>
        );
      }}</RemoteView>
      <p className="small muted">{t('org-units.changes-limits')}</p>
    </Card>
  );
}

const columns = (): Column<ChangeEntry>[] => [
  { key: 'now', header: t('org-units.after'), rowHeader: true, cell: (change) => <A to={unitPath(change)} query={onToday}>{placeName(change.after)}</A> },
  { key: 'before', header: t('org-units.before'), cell: (change) => placeName(change.before) },
  { key: 'code', header: t('org-units.code'), cell: (change) => change.code },
  { key: 'on', header: t('org-units.on-day'), compare: (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0), cell: (change) => day(change.on) },
  { key: 'basis', header: t('org-units.basis'), cell: (change) => sayBasis(change.basis) },
  { key: 'certainty', header: t('org-units.certainty-head'), compare: (a, b) => (a.certainty < b.certainty ? -1 : a.certainty > b.certainty ? 1 : 0), cell: (change) => <CertaintyMark certainty={change.certainty} /> },
];
