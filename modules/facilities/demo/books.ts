/** Made-up facilities of a province live its months day by day: every day closes, and together they add up to the province's returns. Synthetic. */
import { addDays, daysBetween } from '#kernel/day.ts';
import { flowKinds, type FlowKind, type Regime, regimes, type Terrain } from '../schema.ts';
import { landPerPlaceM2 } from '../rules/capacity.ts';
import { choose, dice, seedOf, split } from './chance.ts';
import type { Held, Month } from './months.ts';

export type DemoFacility = {
  readonly province: string; readonly code: string; readonly number: number; readonly ownership: 'public' | 'private'; readonly office: string; readonly terrain: Terrain; readonly landM2: number; readonly places: number; readonly beds: number;
  readonly weight: number; readonly start: Held; readonly openedOn: string; readonly lastDay: string;
};
export type DemoDay = {
  readonly province: string; readonly facility: string; readonly day: string; readonly voluntary: number[]; readonly compulsory: number[]; firstEver: number; waitedDays: number; waiting: number; absent: number; present: number;
  readonly end: Held;
};
export type DemoDeath = { readonly facility: string; readonly day: string; readonly last: string };

/** @param last the last day recorded by those who are not behind */
export function facilitiesOf(province: string, counts: { readonly publicOnes: number; readonly privateOnes: number }, { start, places, last }: { readonly start: Held; readonly places: number; readonly last: string }): DemoFacility[] {
  const u = dice(seedOf(`facilities ${province}`));
  const kinds = [...Array.from({ length: counts.publicOnes }, () => 'public' as const), ...Array.from({ length: counts.privateOnes }, () => 'private' as const)];
  const weights = kinds.map((kind) => (kind === 'public' ? 0.6 + u() : 0.1 + 0.1 * u()));
  const voluntary = split(start.voluntary, weights.map((one, i) => (kinds[i] === 'private' ? one * 2 : one)));
  const compulsory = split(start.compulsory, weights.map((one, i) => (kinds[i] === 'private' ? 0 : one)));
  const designed = split(places, weights.map((one) => one * (0.7 + 0.6 * u())));
  return kinds.map((ownership, i): DemoFacility => {
    const terrain = (['urban', 'rural', 'rural', 'mountain'] as const)[Math.floor(u() * 4)] ?? 'rural';
    const own = designed[i] ?? 0;
    const behind = province === '01' && i === 0 ? 1 : u() < 0.08 ? 1 + Math.floor(u() * 3) : 0;
    return {
      province, code: `CS${i + 1}`, number: i + 1, ownership, office: i === 0 ? `SYT:${province}` : `CA:${province}`, terrain, landM2: Math.round(own * landPerPlaceM2[terrain] * (0.8 + 0.7 * u()) / 100) * 100, places: own, beds: Math.round(own * (1 + 0.1 * u())),
      weight: weights[i] ?? 1, start: { voluntary: voluntary[i] ?? 0, compulsory: compulsory[i] ?? 0 }, openedOn: `${2006 + Math.floor(u() * 14)}-0${1 + Math.floor(u() * 9)}-15`, lastDay: addDays(last, -behind),
    };
  });
}

type Unit = { readonly day: number; readonly regime: Regime; readonly kind: FlowKind; readonly first: boolean; readonly waited: number };
/** Every movement of the month gets a day; admissions share out who comes for the first time and how long all waited. */
function unitsOf(month: Month, u: () => number): Unit[][] {
  const days = daysBetween(month.first, month.last) + 1;
  const byDay: Unit[][] = Array.from({ length: days }, () => []);
  const admitted = month.flows.voluntary.admitted + month.flows.compulsory.admitted;
  const [first, waited] = [month.figures.get('vao-lan-dau') ?? 0, month.figures.get('ngay-cho') ?? 0];
  let n = 0;
  for (const regime of regimes) for (const kind of flowKinds) for (let i = 0; i < month.flows[regime][kind]; i += 1) {
    const day = Math.floor(u() * days);
    const isNew = kind === 'admitted';
    byDay[day]?.push({ day, regime, kind, first: isNew && n < first, waited: isNew ? Math.floor(((n + 1) * waited) / admitted) - Math.floor((n * waited) / admitted) : 0 });
    if (isNew) n += 1;
  }
  return byDay;
}

const isIn = (kind: FlowKind): boolean => kind === 'admitted' || kind === 'received';
/** Lives the months in order. Those who are behind stop at their last day; what happens later is not in any book yet. */
export function liveBooks(facilities: readonly DemoFacility[], months: readonly Month[]): { days: DemoDay[]; deaths: DemoDeath[] } {
  const u = dice(seedOf(`books ${facilities[0]?.province ?? ''}`));
  const held = facilities.map((one) => ({ ...one.start }));
  const days: DemoDay[] = [];
  const deaths: DemoDeath[] = [];
  for (const month of months) {
    const waiting = split(month.figures.get('dang-cho-co-so') ?? 0, facilities.map((one) => one.weight));
    unitsOf(month, u).forEach((units, offset) => {
      const day = addDays(month.first, offset);
      const today = facilities.map((one, i): DemoDay => ({
        province: one.province, facility: one.code, day, voluntary: new Array<number>(7).fill(0), compulsory: new Array<number>(7).fill(0), firstEver: 0, waitedDays: 0, waiting: waiting[i] ?? 0, absent: 0, present: 0, end: held[i] ?? { voluntary: 0, compulsory: 0 },
      }));
      for (const unit of units.sort((a, b) => Number(isIn(b.kind)) - Number(isIn(a.kind)))) {
        const at = choose(facilities.map((one, i) => (isIn(unit.kind) ? (one.ownership === 'private' && unit.regime === 'compulsory' ? 0 : one.weight) : (held[i]?.[unit.regime] ?? 0))), u());
        const [own, book, facility] = [held[at], today[at], facilities[at]];
        if (own === undefined || book === undefined || facility === undefined) continue;
        own[unit.regime] += isIn(unit.kind) ? 1 : -1;
        const kind = flowKinds.indexOf(unit.kind);
        book[unit.regime][kind] = (book[unit.regime][kind] ?? 0) + 1;
        if (unit.first) book.firstEver += 1;
        book.waitedDays += unit.waited;
        if (unit.kind === 'died' && day <= facility.lastDay) deaths.push({ facility: facility.code, day, last: month.last });
      }
      today.forEach((book, i) => {
        const facility = facilities[i];
        if (facility === undefined || day > facility.lastDay) return;
        const end = { ...book.end };
        const there = end.voluntary + end.compulsory;
        const absent = Math.min(there, Math.floor(there * 0.008 + u() * 3));
        days.push({ ...book, end, absent, present: there - absent });
      });
    });
  }
  return { days, deaths };
}
