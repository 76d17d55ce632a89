import { useLocation } from 'wouter';
import { compareVietnamese } from '#kernel/fold.ts';
import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQueryState, withQuery } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { shareReached } from '../rules/review.ts';
import type { AreaRow, CampaignView } from '../schema.ts';
import { campaignPath, divisionPath, sayReached, sayShare } from './words.ts';

/** Provinces or communes, the largest gap first; thousands of rows are drawn as far as they are in sight. */
export function AreaTable({ value }: { readonly value: CampaignView }) {
  const [query, setQuery] = useQueryState();
  const [, navigate] = useLocation();
  const only = query.get('loc') ?? '';
  const rows = value.rows.filter((row) => (only === 'chua-chia' ? row.divided < row.communes : only === 'qua-han' ? row.late > 0 : true));
  const pathOf = (row: AreaRow): string => (value.by === 'province' ? withQuery(campaignPath(value.campaign), { 'pham-vi': row.code }) : divisionPath(value.campaign, row.province, row.code));
  const columns: readonly Column<AreaRow>[] = [
    { key: 'name', header: t(value.by === 'province' ? 'coverage.province' : 'coverage.commune'), rowHeader: true, compare: (a, b) => compareVietnamese(a.nameVi, b.nameVi), cell: (row) => <A to={pathOf(row)}>{row.nameVi}</A> },
    {
      key: 'reached', header: t('coverage.reached'), compare: (a, b) => (shareReached(a) ?? -1) - (shareReached(b) ?? -1),
      cell: (row) => (row.divided === 0 ? <StatusBadge kind="warn" bare>{t('coverage.not-divided')}</StatusBadge> : <><ProgressBar share={shareReached(row) ?? 0} label={sayReached(row)} /><span className="small">{sayReached(row)} · {sayShare(row)}</span></>),
    },
    ...(value.by === 'province' ? [{ key: 'divided', header: t('coverage.divided'), numeric: true, compare: (a: AreaRow, b: AreaRow) => a.divided / a.communes - b.divided / b.communes, cell: (row: AreaRow) => `${number(row.divided)} / ${number(row.communes)}` }] : []),
    { key: 'late', header: t('coverage.late'), numeric: true, compare: (a, b) => a.late - b.late, cell: (row) => (row.late === 0 ? '0' : <span className="c-bad">{number(row.late)}</span>) },
    { key: 'last', header: t('coverage.last-visit'), compare: (a, b) => ((a.lastOn ?? '') < (b.lastOn ?? '') ? -1 : 1), cell: (row) => (row.lastOn === null ? <span className="muted">–</span> : day(row.lastOn)) },
  ];
  return (
    <Card title={t(value.by === 'province' ? 'coverage.provinces-by-gap' : 'coverage.communes-by-gap', { count: number(rows.length) })} say={t('coverage.gaps-first')} flush>
      <div className="body row"><FilterChips label={t('coverage.show')} value={only} onChoose={(next) => setQuery({ loc: next === '' ? undefined : next })} choices={[{ value: '', label: t('coverage.show-all') }, { value: 'chua-chia', label: t('coverage.show-undivided') }, { value: 'qua-han', label: t('coverage.show-late') }]} /></div>
      <Table caption={t('coverage.gaps-first')} hideCaption columns={columns} rows={rows} rowKey={(row) => `${row.province}/${row.code}`} onOpen={(row) => navigate(pathOf(row))} empty={<EmptyState icon="ok" title={t('coverage.no-gaps')} />} />
    </Card>
  );
}
