/** Points by the register of hotspots and routes by the list of key routes, as the engine reads them beside the returns. */
import type { Tx } from '#platform/db/tx.ts';
import type { RegisterPoints } from '../rules/gather.ts';
import { readRoutes } from '../store/decrees.ts';

/** Points of every commune that has any; `null` where no register is kept. A commune it does not name has none. */
export type Register = { readonly version: string; readonly points: ReadonlyMap<string, RegisterPoints> | null };

/** Where the register of points comes from: set once by the composition of the product, so that the engine runs without one too. */
export type PointSource = {
  readonly versionOf: (tx: Tx) => Promise<string>;
  /** @param first,last days of the period; `last` is today in a running one */
  readonly read: (tx: Tx, scope: { readonly first: string; readonly last: string; readonly province: string | null }) => Promise<ReadonlyMap<string, RegisterPoints>>;
};

const none: Register = { version: '', points: null };
export async function registerOf(tx: Tx, source: PointSource | null, scope: { readonly first: string; readonly last: string; readonly province: string | null }): Promise<Register> {
  return source === null ? none : { version: await source.versionOf(tx), points: await source.read(tx, scope) };
}

const noPoints: RegisterPoints = { closing: 0, period: 0 };
export const pointsIn = (register: Register, commune: string): RegisterPoints | null => (register.points === null ? null : (register.points.get(commune) ?? noPoints));

/** Which routes cross each commune on a day: 1 intra-provincial, 2 inter-provincial, 3 both. */
export async function routesByCommune(tx: Tx, on: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const route of await readRoutes(tx, null, on)) for (const commune of route.communes) found.set(commune, (found.get(commune) ?? 0) | (route.kind === 'inter-provincial' ? 2 : 1));
  return found;
}
