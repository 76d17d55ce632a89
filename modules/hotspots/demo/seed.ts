/**
 * Made-up places for the demonstration: points agree with the monthly returns (listed, removed, recurred, left), and stand in the state that
 * their days give them today; hotspots and risk points beside them. The same on every machine for the same day.
 */
import type { Now } from '#kernel/clock.ts';
import { addDays, daysBetween, earlierOf, type PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { calendarInForce } from '#modules/directives/index.ts';
import { demonstrationAccountId } from '#modules/identity/index.ts';
import { codeOf } from '../actions/report.ts';
import { watchDue } from '../actions/save-step.ts';
import { derivedId } from '../actions/use-case.ts';
import { dueOf, type Works } from '../rules/calendar.ts';
import { checkDays, settings, sources, type Kind, type State } from '../schema.ts';
import { dice, replay, type DemoCycle, type DemoPlace, type PointMonth } from './replay.ts';
import { insertDemonstration, type CheckRow, type CycleRow, type PlaceRow } from './store.ts';

export type CommunePoints = { readonly province: string; readonly commune: string; readonly months: readonly PointMonth[] };
type Rows = { readonly places: PlaceRow[]; readonly cycles: CycleRow[]; readonly checks: CheckRow[]; readonly numbers: Map<string, number> };
type Making = { readonly rows: Rows; readonly today: PlainDate; readonly works: Works };
type Where = { readonly province: string; readonly commune: string };

const pick = <T>(list: readonly T[], u: number): T | undefined => list[Math.floor(u * list.length)];

/** Days of the steps between listing and removal, or as far as the place has come. */
function stepsOf({ cycle, openedOn, listedOn, removedOn }: DemoCycle, today: PlainDate, u: () => number): Pick<CycleRow, 'verifiedOn' | 'startedOn' | 'resolvedOn'> {
  const verifiedOn = cycle > 1 ? null : addDays(openedOn, Math.floor(daysBetween(openedOn, listedOn) / 2));
  if (removedOn !== null) {
    const length = daysBetween(listedOn, removedOn);
    return { verifiedOn, startedOn: addDays(listedOn, Math.floor(length * 0.2)), resolvedOn: addDays(listedOn, Math.floor(length * 0.85)) };
  }
  const soonest = addDays(listedOn, (cycle > 1 ? 1 : 4) + Math.floor(u() ** 2 * 40));
  const lately = addDays(today, -Math.floor(u() * 85));
  const waits = u() < 0.2 && daysBetween(listedOn, today) < 60;
  const started = waits ? addDays(today, 1) : soonest > lately ? soonest : lately;
  const resolved = addDays(today, -1 - Math.floor(u() * 12));
  return { verifiedOn, startedOn: started <= today ? started : null, resolvedOn: u() < 0.14 && started < resolved ? resolved : null };
}

/** The checks of a watch until it broke or until today: on their day or about it, some late, some not made. */
function checksOf(key: Where & { readonly place: string; readonly account: string }, cycle: DemoCycle, today: PlainDate, u: () => number): CheckRow[] {
  const { removedOn, recurredOn } = cycle;
  if (removedOn === null) return [];
  const rows: CheckRow[] = [];
  for (const day of checkDays) {
    const due = addDays(removedOn, day);
    const forgotten = u() < 0.08;
    const on = addDays(due, Math.floor(u() * 7) - 4 + (forgotten ? 24 : 0));
    if (on > today || (recurredOn !== null && on >= recurredOn)) break;
    rows.push({ ...key, cycle: cycle.cycle, day, checkedOn: on, late: on > due, result: 'clean' });
  }
  return rows;
}

type Standing = { readonly state: State; readonly since: PlainDate };
function standingOf(cycle: DemoCycle, steps: Pick<CycleRow, 'startedOn' | 'resolvedOn'>, checks: readonly CheckRow[], { today, delay }: { readonly today: PlainDate; readonly delay: number }): Standing & { readonly watchedOn: PlainDate | null; readonly closedOn: PlainDate | null } {
  const none = { watchedOn: null, closedOn: null };
  if (cycle.removedOn !== null) {
    const [watchedOn, last] = [addDays(cycle.removedOn, delay), checks.at(-1)];
    if (cycle.recurredOn !== null) return { state: 'recurred', since: cycle.recurredOn, watchedOn: earlierOf(watchedOn, cycle.recurredOn), closedOn: null };
    if (watchedOn > today) return { state: 'removed', since: cycle.removedOn, ...none };
    const closedOn = last?.day === 180 ? addDays(last.checkedOn, 5) : null;
    return closedOn !== null && closedOn <= today ? { state: 'closed', since: closedOn, watchedOn, closedOn } : { state: 'watched', since: watchedOn, watchedOn, closedOn: null };
  }
  if (steps.resolvedOn !== null) return { state: 'resolved', since: steps.resolvedOn, ...none };
  if (steps.startedOn !== null) return { state: 'resolving', since: steps.startedOn, ...none };
  return { state: cycle.cycle > 1 ? 'recurred' : 'listed', since: cycle.listedOn, ...none };
}

function addPlace({ rows, today, works }: Making, where: Where, kind: Kind, seed: string, { cycles }: DemoPlace): void {
  const u = dice(seed);
  const { province, commune } = where;
  const [first, current] = [cycles[0], cycles.at(-1)];
  if (first === undefined || current === undefined) return;
  const id = derivedId('hotspots.demonstration', seed);
  const [officer, leader, police] = [demonstrationAccountId(`xa${commune}.canbo`), demonstrationAccountId(`xa${commune}`), demonstrationAccountId(`tinh${province}.congan`)];
  const byPolice = u() < 0.5;
  const office = byPolice ? `CA:${province}` : `UBND:${province}:${commune}`;
  let [standing, made, removedOn]: [Standing, CheckRow[], PlainDate | null] = [{ state: 'listed', since: first.listedOn }, [], null];
  for (const cycle of cycles) {
    const steps = stepsOf(cycle, today, u);
    const checks = checksOf({ ...where, place: id, account: leader }, cycle, today, u);
    const { watchedOn, closedOn, ...now } = standingOf(cycle, steps, checks, { today, delay: 1 + Math.floor(u() * 12) });
    [standing, made, removedOn] = [now, checks, cycle.removedOn];
    rows.checks.push(...checks);
    rows.cycles.push({ province, place: id, commune, kind, ...cycle, ...steps, watchedOn, closedOn, reporter: officer, resolver: steps.resolvedOn === null ? null : byPolice ? police : officer, head: leader, office });
  }
  addRow({ rows, today, works }, { ...where, id, kind, seed, office, foundOn: first.openedOn, cycles, standing, made, removedOn });
}

type RowGiven = Where & {
  readonly id: string; readonly kind: Kind; readonly seed: string; readonly office: string; readonly foundOn: PlainDate; readonly cycles: readonly DemoCycle[]; readonly standing: Standing; readonly made: readonly CheckRow[]; readonly removedOn: PlainDate | null;
};
function addRow({ rows, works }: Making, { province, commune, id, kind, seed, office, foundOn, cycles, standing: { state, since }, made, removedOn }: RowGiven): void {
  const u = dice(`${seed} facts`);
  const key = `${province}-${foundOn.slice(0, 4)}`;
  const number = (rows.numbers.get(key) ?? 0) + 1;
  rows.numbers.set(key, number);
  const due = state === 'watched' && removedOn !== null ? watchDue(removedOn, made, works) : { dueOn: dueOf(state, since, works), nextCheck: null };
  const broken = cycles.findLast((cycle) => cycle.recurredOn !== null);
  rows.places.push({
    province, id, commune, code: codeOf(province, foundOn.slice(0, 4), number), kind, setting: pick(settings, u()) ?? 'other', source: pick(sources, u()) ?? 'other', basis: u() < 0.4 ? 'documented' : 'suspected', activity: u() < 0.5 ? 'harbouring' : u() < 0.6 ? 'use' : 'retail',
    state, cycle: Math.max(1, cycles.length), foundOn, since, dueOn: due.dueOn, nextCheck: due.nextCheck, office, recurrences: cycles.filter((cycle) => cycle.recurredOn !== null).length,
    recurredAfter: broken === undefined || broken.removedOn === null || broken.recurredOn === null ? null : daysBetween(broken.removedOn, broken.recurredOn), measure: ['resolving', 'resolved', 'removed', 'watched', 'closed'].includes(state) ? 'regular-patrol' : null,
  });
}

/** A report of these days that nobody has listed yet, so no return speaks of it. */
function addFresh(making: Making, where: Where, seed: string, u: () => number): void {
  const { today, rows } = making;
  const id = derivedId('hotspots.demonstration', seed);
  const foundOn = addDays(today, -1 - Math.floor(u() * 14));
  const verified = u() < 0.45;
  const verifiedOn = verified ? addDays(foundOn, Math.floor(u() * (daysBetween(foundOn, today) + 1))) : null;
  const [reporter, head, office] = [demonstrationAccountId(`xa${where.commune}.canbo`), demonstrationAccountId(`xa${where.commune}`), `UBND:${where.province}:${where.commune}`];
  rows.cycles.push({ ...where, place: id, kind: 'point', cycle: 1, openedOn: foundOn, listedOn: null, removedOn: null, recurredOn: null, verifiedOn, startedOn: null, resolvedOn: null, watchedOn: null, closedOn: null, reporter, resolver: null, head, office });
  addRow(making, { ...where, id, kind: 'point', seed, office, foundOn, cycles: [], standing: { state: verifiedOn === null ? 'reported' : 'verified', since: verifiedOn ?? foundOn }, made: [], removedOn: null });
}

/** @param communes what the returns say of points, every commune of the nation once */
export async function seedHotspots(tx: Tx, now: Now, communes: readonly CommunePoints[]): Promise<number> {
  const making: Making = { rows: { places: [], cycles: [], checks: [], numbers: new Map() }, today: now.today, works: await calendarInForce(tx) };
  for (const { province, commune, months } of communes) {
    const where = { province, commune };
    replay(commune, months).forEach((place, i) => addPlace(making, where, 'point', `${commune} ${i}`, place));
    const u = dice(`${commune} beside`);
    if (months.some((month) => month.left > 0 || month.found > 0) && u() < 0.05) addFresh(making, where, `${commune} fresh`, u);
    if (u() < 0.05) {
      const listedOn = addDays(now.today, -10 - Math.floor(u() * 300));
      addPlace(making, where, u() < 0.4 ? 'hotspot' : 'risk-point', `${commune} kind`, { cycles: [{ cycle: 1, openedOn: addDays(listedOn, -5), listedOn, removedOn: null, recurredOn: null }] });
    }
  }
  await insertDemonstration(tx, making.rows, now.at);
  const provinces = [...new Set(making.rows.places.map(({ province }) => province))].sort();
  await record(tx, provinces.map((province) => ({ province, at: now.at, actor: 'system' as const, action: 'hotspots.demonstration', target: { type: 'places', id: province }, unit: province, facts: { places: making.rows.places.filter((one) => one.province === province).length } })));
  return making.rows.places.length;
}
