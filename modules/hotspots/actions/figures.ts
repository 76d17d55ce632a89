/** Figures of the register for who reads, and the counts the public may see. */
import { addDays, addMonths } from '#kernel/day.ts';
import { daysOf, periodAt, shiftPeriod } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import { monthsFrom, type Span } from '../rules/months.ts';
import { hiddenProvinces, threshold, totalIsHidden, type Column, type Row } from '../rules/publish.ts';
import { onList } from '../rules/life.ts';
import { shareOf, survivalOf } from '../rules/survival.ts';
import { kinds, states, type PlaceFigures, type PublicPlaces } from '../schema.ts';
import * as store from '../store/figures.ts';
import { byOf, type UseCase } from './use-case.ts';

/** The programme's month runs from the 15th to the 14th (Decision 28/2025/QĐ-TTg, article 7, for its year). */
const calendar = { startDay: 15 };
const monthsShown = 24;
const mostPlaces = { targetDays: 60, targetPercent: 100 } as const;

const span = (period: string): Span => ({ period, ...daysOf(period, calendar) });

/** Kinds are never added: without one named, the figures are of points, the kind the law defines. */
export async function figures(use: UseCase, query: Omit<store.Where, 'kind'> & { readonly kind?: store.Where['kind'] | undefined }): Promise<PlaceFigures> {
  const today = use.now.today;
  const by = byOf(use);
  const where: store.Where = { ...query, kind: query.kind ?? 'point' };
  const month = periodAt(today, 'month', calendar);
  const spans = Array.from({ length: monthsShown }, (_, i) => span(shiftPeriod(month, i - monthsShown + 1)));
  const of = await store.statesByKind(by, where, today);
  const sums = await store.sumsOf(by, where, { today, before: addMonths(today, -1), halfYearAgo: addDays(today, -180) });
  const spells = (await store.spellsOf(by, where, today)).flatMap(({ days, recurred, times }) => Array.from({ length: times }, () => ({ days, recurred })));
  const stays = await store.staysOf(by, where);
  const checks = await store.checksMade(by, where, today);
  const linked = await store.linkedSums(by, where);
  const count = (list: typeof of, key: 'places' | 'overdue'): number => list.reduce((sum, one) => sum + one[key], 0);
  const own = of.filter((one) => one.kind === where.kind);
  return {
    asOf: today,
    byState: states.map((state) => { const here = own.filter((one) => one.state === state); return { state, places: count(here, 'places'), overdue: count(here, 'overdue') }; }),
    byKind: kinds.map((kind) => ({
      kind, left: count(of.filter((one) => one.kind === kind && onList.includes(one.state)), 'places'), inLife: count(of.filter((one) => one.kind === kind && one.state !== 'closed' && one.state !== 'dismissed'), 'places'),
    })),
    left: sums.left, leftMonthBefore: sums.leftBefore, overdue: count(own, 'overdue'), resolved: shareOf(sums.resolved, sums.listed), removed: shareOf(sums.removed, sums.listed), targetPercent: mostPlaces.targetPercent,
    recurrence: shareOf(sums.recurred, sums.removed), survival: survivalOf(spells), clean180: shareOf(sums.clean180, sums.seen180),
    verifiedToResolved: { medianDays: sums.medianDays, places: sums.verified, targetDays: mostPlaces.targetDays },
    timeInState: states.flatMap((state) => {
      const stay = stays.find((one) => one.state === state);
      const here = own.filter((one) => one.state === state);
      if (state === 'closed' || state === 'dismissed') return [];
      return [{ state, ended: stay?.ended ?? 0, medianDays: stay?.medianDays ?? null, quarterDays: stay?.quarterDays ?? null, threeQuarterDays: stay?.threeQuarterDays ?? null, running: count(here, 'places'), runningOverdue: count(here, 'overdue') }];
    }),
    checksOnTime: shareOf(checks.onTime, checks.made + checks.missing), months: monthsFrom(await store.daysOfPlaces(by, where), spans),
    cases: linked.cases, suspects: linked.countSuspects, seizedMilligrams: linked.milligrams, documents: linked.documents,
  };
}

/** What the public sees: the programme's year until the end of the last full month. Small counts, and what would give them back, are hidden. */
export async function publicPlaces({ services, now }: Pick<Context, 'services' | 'now'>): Promise<PublicPlaces> {
  const month = shiftPeriod(periodAt(now.today, 'month', calendar), -1);
  const asOf = daysOf(month, calendar).last;
  const from = daysOf(month.slice(0, 4), calendar).first;
  return published(await services.db.read('system', (tx) => store.provincesOver(tx, { first: from, last: asOf })), { period: month, from, asOf });
}

export function published(rows: readonly Row[], span: Pick<PublicPlaces, 'period' | 'from' | 'asOf'>): PublicPlaces {
  const hidden = hiddenProvinces(rows);
  const hiddenRecurred = hiddenProvinces(rows, ['recurred']);
  const shown = ({ province, listed, removed, left, recurred }: Row): PublicPlaces['provinces'][number] =>
    ({ province, ...(hidden.has(province) ? { listed: null, removed: null, left: null } : { listed, removed, left }), recurred: hiddenRecurred.has(province) ? null : recurred });
  const total = (column: Column): number | null => (totalIsHidden(rows, column) ? null : rows.reduce((sum, row) => sum + row[column], 0));
  return { ...span, threshold, nation: { listed: total('listed'), removed: total('removed'), left: total('left'), recurred: total('recurred') }, provinces: rows.map(shown) };
}
