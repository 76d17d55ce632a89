/** Points by the register of hotspots and routes by the list of key routes, as the engine reads them beside the returns. */
import { addDays } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { countsOn, flowsOver, versionOf } from '#modules/hotspots/index.ts';
import type { RegisterPoints } from '../rules/gather.ts';
import { readCrossed } from '../store/decrees.ts';

/** Points of every commune that has any; `null` where no register is kept. A commune it does not name has none. */
export type Register = { readonly version: string; readonly points: ReadonlyMap<string, RegisterPoints> | null };

/** Where points are registered. Left out in tests of the engine alone. */
export type PointSource = {
  readonly versionOf: (tx: Tx) => Promise<string>;
  /** @param first,last days of the period; `last` is today in a running one */
  readonly read: (tx: Tx, scope: { readonly first: string; readonly last: string; readonly province: string | null }) => Promise<ReadonlyMap<string, RegisterPoints>>;
};

/**
 * The register of hotspots: points only, because a hotspot or a risk point is no point of the decision. In the period: those on the list when it
 * began, and those put on it since (a recurrence among them, as the return counts).
 */
export const hotspotRegister: PointSource = {
  versionOf: async (tx) => [...(await versionOf(tx))].map(([province, version]) => `${province}:${version}`).join(' '),
  read: async (tx, { first, last, province }) => {
    const of = province === null ? {} : { province };
    const found = new Map<string, { closing: number; period: number }>();
    const at = (commune: string): { closing: number; period: number } => { const one = found.get(commune) ?? { closing: 0, period: 0 }; found.set(commune, one); return one; };
    const [closing, opening, flows] = await Promise.all([countsOn(tx, { ...of, day: last }), countsOn(tx, { ...of, day: addDays(first, -1) }), flowsOver(tx, { ...of, from: first, to: last })]);
    for (const row of closing) at(row.commune).closing += row.left;
    for (const row of opening) at(row.commune).period += row.left;
    for (const row of flows) at(row.commune).period += row.found;
    for (const one of found.values()) one.period = Math.max(one.period, one.closing);
    return found;
  },
};

const none: Register = { version: '', points: null };
export async function registerOf(tx: Tx, source: PointSource | null, scope: { readonly first: string; readonly last: string; readonly province: string | null }): Promise<Register> {
  if (source === null) return none;
  const [version, points] = await Promise.all([source.versionOf(tx), source.read(tx, scope)]);
  return { version, points };
}

/** The same for an answer that is not kept, so nobody asks its version. */
export const pointsOf = async (tx: Tx, source: PointSource | null, scope: { readonly first: string; readonly last: string; readonly province: string | null }): Promise<Register> => (source === null ? none : { version: '', points: await source.read(tx, scope) });

const noPoints: RegisterPoints = { closing: 0, period: 0 };
export const pointsIn = (register: Register, commune: string): RegisterPoints | null => (register.points === null ? null : (register.points.get(commune) ?? noPoints));

/** Which routes cross each commune on a day: 1 intra-provincial, 2 inter-provincial, 3 both. */
export async function routesByCommune(tx: Tx, on: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const route of await readCrossed(tx, on)) for (const commune of route.communes) found.set(commune, (found.get(commune) ?? 0) | (route.kind === 'inter-provincial' ? 2 : 1));
  return found;
}
