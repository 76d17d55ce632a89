/** What other modules may ask of places on the server, in their words; under row security of the transaction given. */
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import * as store from './store/figures.ts';

export type { CommuneCounts } from './store/figures.ts';

/** Points, hotspots and risk points on the list on a day, by commune, of a province or the nation; a commune without any is left out. Kinds are never added. */
export const countsOn = (tx: Tx, { province, day }: { readonly province?: string | undefined; readonly day: PlainDate }): Promise<store.CommuneCounts[]> => store.communesOn(tx, province ?? null, day);
/** Points put on the list, removed and recurred over days (both included), by commune. */
export const flowsOver = (tx: Tx, { province, from, to }: { readonly province?: string | undefined; readonly from: PlainDate; readonly to: PlainDate }) => store.flowsOver(tx, province ?? null, from, to);
/** The points of a commune on a day: on the list, or removed in the 180 days before (`removedOn` set and not after the day). */
export const pointsOfCommune = (tx: Tx, { province, commune, day }: { readonly province: string; readonly commune: string; readonly day: PlainDate }) => store.pointsOn(tx, province, commune, day);
/** Version of each province that has places: it rises with every change there; a province without an entry has none. */
export const versionOf = async (tx: Tx): Promise<ReadonlyMap<string, number>> => new Map((await store.versionsOf(tx)).map(({ province, version }) => [province, version]));
/** Communes of a province that changed after a version of it. */
export const changedSince = (tx: Tx, province: string, version: number) => store.communesChangedSince(tx, province, version);
/** Rows of the monthly return that name this register (`prefilledFrom`), by element; empty where the register knows no point of the commune, which is not a zero. `also`: communes it was made of, under whose codes places still stand. */
export async function figuresOfReturn(tx: Tx, asked: { readonly province: string; readonly commune: string; readonly also?: readonly string[]; readonly first: PlainDate; readonly last: PlainDate }): Promise<ReadonlyMap<string, number>> {
  const { places, left, found, removed, watched, recurred } = await store.returnFigures(tx, asked);
  return new Map(places === 0 ? [] : [['diem', left], ['diem-phat-hien', found], ['diem-triet-xoa', removed], ['diem-theo-doi', watched], ['diem-tai-phat', recurred]]);
}
export { seedHotspots, type CommunePoints } from './demo/seed.ts';
export type { PointMonth } from './demo/replay.ts';
