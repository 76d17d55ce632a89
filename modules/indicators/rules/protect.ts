/**
 * Small counts of people in care, health, tips and tests (SECURITY E4, 5.1). Below a province a count of 1 to 9 is shown only to those who
 * enter or approve that unit's return; all others see "<10". Nothing here can be configured.
 *
 * What is hidden cannot be got back by taking what is shown from a shown total: in each province and period either no unit is hidden or at least
 * two are, and together they hold enough that each could be anything from nothing to nine. A unit's whole element is hidden with
 * all its cells, zeros included, so sums over cells give nothing back; a longer period hides what any of its periods hides. When a
 * province's total stands on one unit alone, the total is hidden too, and with it that of one other province.
 */
import type { Actor } from '#kernel/actor.ts';

export const threshold = 10;
export const isSmall = (value: number | null): boolean => value !== null && value > 0 && value < threshold;

const enters = ['commune-leader', 'commune-officer'];
const approves = ['province-leader', 'province-secretary'];

/** True when the actor enters or approves returns of a commune: at that commune, or at the People's Committee of its province. */
export const opensSmallCounts = (actor: Actor, province: string, commune: string): boolean => actor.grants.some(({ role, reach }) =>
  (reach.level === 'commune' && enters.includes(role) && reach.province === province && reach.commune === commune)
  || (reach.level === 'province' && approves.includes(role) && reach.province === province));
/** True when the actor approves all returns of a province, so nothing of it is hidden. */
export const approvesProvince = (actor: Actor, province: string): boolean => actor.grants.some(({ role, reach }) => reach.level === 'province' && approves.includes(role) && reach.province === province);

/** One unit below a province: the element's total and its cells, as reported. */
export type Contributor = { readonly unit: string; readonly total: number | null; readonly cells: readonly (number | null)[]; readonly approved: boolean };

const sumOf = (list: readonly Contributor[]): number => list.reduce((sum, one) => sum + Math.abs(one.total ?? 0), 0);

/**
 * The units of one province whose element is hidden in one period.
 *
 * Order of choice: units with a small count first of all; then, until the hidden hold enough together and are not alone (in all, among
 * the approved, and among the rest, because both totals are shown), the smallest others that reported.
 *
 * @param totalHidden the province's own total is hidden to protect another's: then at least one unit must be hidden, the largest
 */
export function hiddenUnits(contributors: readonly Contributor[], totalHidden = false): Set<string> {
  const reported = contributors.filter((one) => one.total !== null);
  const hidden = reported.filter((one) => isSmall(one.total) || one.cells.some(isSmall));
  const rest = reported.filter((one) => !hidden.includes(one)).sort((a, b) => (a.total ?? 0) - (b.total ?? 0) || (a.unit < b.unit ? -1 : 1));
  if (hidden.length === 0 && totalHidden) hidden.push(...rest.splice(-1));
  if (hidden.length === 0) return new Set();
  const take = (choose: (one: Contributor) => boolean): boolean => {
    const at = rest.findIndex(choose);
    if (at === -1) return false;
    hidden.push(...rest.splice(at, 1));
    return true;
  };
  /** Enough that one of them can be nine while each other is at least one. */
  const enough = (): boolean => hidden.length >= 2 && sumOf(hidden) >= threshold - 2 + hidden.length;
  while (!enough() && (take((one) => (one.total ?? 0) >= threshold) || take(() => true))) { /* the smallest that help come first */ }
  for (const approved of [true, false]) {
    if (hidden.filter((one) => one.approved === approved).length === 1) take((one) => one.approved === approved);
  }
  return new Set(hidden.map((one) => one.unit));
}

/**
 * A province in a table. `small`: its total or one of its cells is a small count; the same of the approved part, and of what is reported and not
 * yet approved (both are shown, so their difference is).
 */
export type NodeTotal = {
  readonly node: string; readonly total: number; readonly units: number; readonly small: boolean;
  readonly approvedTotal: number; readonly approvedUnits: number; readonly approvedSmall: boolean; readonly restSmall: boolean;
};
export type HiddenTotals = { readonly reported: ReadonlySet<string>; readonly approved: ReadonlySet<string> };

/**
 * Totals of provinces that would give away one unit: they stand on a single unit with a small count, or the approved and the reported total
 * differ by one. When exactly one is hidden another goes with it, because the nation's total is shown: the smallest with which it holds enough.
 */
export function hiddenTotals(nodes: readonly NodeTotal[]): HiddenTotals {
  const alone = nodes.filter((one) => one.units === 1 && one.small);
  const approved = nodes.filter((one) => alone.includes(one) || (one.approvedUnits === 1 && one.approvedSmall) || (one.units - one.approvedUnits === 1 && one.restSmall));
  return { reported: withAnother(alone, nodes, (one) => one.total), approved: withAnother(approved, nodes, (one) => one.approvedTotal) };
}

function withAnother(hidden: readonly NodeTotal[], nodes: readonly NodeTotal[], size: (one: NodeTotal) => number): Set<string> {
  const [only] = hidden;
  if (hidden.length !== 1 || only === undefined) return new Set(hidden.map((one) => one.node));
  const others = nodes.filter((one) => one !== only && size(one) > 0).sort((a, b) => size(a) - size(b) || (a.node < b.node ? -1 : 1));
  const other = others.find((one) => size(one) + size(only) >= threshold) ?? others.at(-1);
  return new Set([only.node, ...(other === undefined ? [] : [other.node])]);
}

/**
 * Whether sums by groups of units may be shown: in each shown sum the hidden units are none, or at least two. When one group fails all
 * groups of the table are hidden, because any group is the total less the others.
 */
export const groupsGiveNothingBack = (hiddenPerGroup: Iterable<number>): boolean => [...hiddenPerGroup].every((hidden) => hidden !== 1);
