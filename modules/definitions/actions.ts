/** The definitions in memory, read again when another edition was loaded. */
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { bookOf, endOfTime, viewOn, type Book } from './rules/in-force.ts';
import type { Programme, Slot } from './schema.ts';
import { findHead, findMark, readItems, readSlots } from './store.ts';

/** Places of packed rows, by data set and by what stands in them. */
export type Slots = {
  /** In order of their numbers; places that ended are among them, with their last day. */
  of(dataSet: string): readonly Slot[];
  homeOf(element: string, cell: string): { readonly dataSet: string; readonly slot: number } | undefined;
};
type Kept = { readonly key: string; readonly book: Book; slots: Slots | undefined };

/** Present editions of the databases this process serves: one, and a few more in tests. */
const kept: Kept[] = [];

async function open(tx: Tx): Promise<Kept> {
  const mark = await findMark(tx);
  if (mark === undefined) throw new Error('no programme is loaded');
  const key = `${mark.edition} ${mark.digest} ${mark.loadedAt}`;
  const known = kept.find((one) => one.key === key);
  if (known !== undefined) return known;
  const head = await findHead(tx, mark.edition);
  if (head === undefined) throw new Error('an edition has no head');
  const versions = (await readItems(tx)).map((row) => ({ ...row, body: { ...(row.body as object) } })); // jsonb objects, checked when they were loaded
  const made: Kept = { key, book: bookOf(mark.edition, mark.digest, head, versions), slots: undefined };
  kept.unshift(made);
  kept.length = Math.min(kept.length, 4);
  return made;
}

/** True when some programme was loaded. */
export const isLoaded = async (tx: Tx): Promise<boolean> => (await findMark(tx)) !== undefined;

/**
 * Every definition in force on a day: that of a period's last day is what the period is computed with.
 * One cheap query when warm; days between two changes answer the same object.
 *
 * @throws when no programme is loaded, which the start does first
 */
export const programmeOn = async (tx: Tx, day: PlainDate): Promise<Programme> => viewOn((await open(tx)).book, day);

/** The definitions as they stand when all versions now known have begun. */
export const latestProgramme = (tx: Tx): Promise<Programme> => programmeOn(tx, endOfTime);

export const bookIn = async (tx: Tx): Promise<Book> => (await open(tx)).book;

/** The places of packed rows; read once an edition. @throws when no programme is loaded */
export async function slotsOf(tx: Tx): Promise<Slots> {
  const now = await open(tx);
  now.slots ??= await readPlaces(tx);
  return now.slots;
}

async function readPlaces(tx: Tx): Promise<Slots> {
  const bySet = new Map<string, Slot[]>();
  const homes = new Map<string, { dataSet: string; slot: number }>();
  for (const { dataSet, ...slot } of await readSlots(tx)) {
    const list = bySet.get(dataSet);
    if (list === undefined) bySet.set(dataSet, [slot]); else list.push(slot);
    homes.set(`${slot.element} ${slot.cell}`, { dataSet, slot: slot.slot });
  }
  return { of: (dataSet) => bySet.get(dataSet) ?? [], homeOf: (element, cell) => homes.get(`${element} ${cell}`) };
}
