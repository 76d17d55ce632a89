import { Day, List, Moment, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Change, EditionRow, ItemRow, ProgrammeHead, type ItemKind } from './schema.ts';
import type { PlannedVersion } from './rules/versions.ts';
import type { PlacedSlot } from './rules/slots.ts';

const Mark = shape({ edition: Type.Integer(), digest: Type.String(), loadedAt: Moment, loadedBy: Type.String() });
export type Mark = Static<typeof Mark>;

/** Which edition is the present one: asked by every use, so it is prepared. */
export const findMark = (tx: Tx): Promise<Mark | undefined> => tx.maybe(Mark, prepared('definitions-mark', sql`
  select edition, digest, loaded_at, loaded_by from definitions.edition order by edition desc limit 1`));

const HeadRow = shape({ head: ProgrammeHead });
export const findHead = async (tx: Tx, edition: number): Promise<ProgrammeHead | undefined> =>
  (await tx.maybe(HeadRow, sql`select head from definitions.edition where edition = ${edition}`))?.head;

/** Every version of every item, in the order of kinds, ids and time. */
export const readItems = (tx: Tx): Promise<ItemRow[]> => tx.rows(ItemRow, sql`
  select kind, id, valid_from, valid_to, edition, digest, body from definitions.item order by kind, id, valid_from`);

export const readVersions = (tx: Tx, kind: ItemKind, id: string): Promise<ItemRow[]> => tx.rows(ItemRow, sql`
  select kind, id, valid_from, valid_to, edition, digest, body from definitions.item where kind = ${kind} and id = ${id} order by valid_from desc`);

const SlotRow = shape({ dataSet: Type.String(), slot: Type.Integer(), element: Type.String(), cell: Type.String(), validFrom: Day, validTo: Nullable(Day) });
export const readSlots = (tx: Tx): Promise<PlacedSlot[]> => tx.rows(SlotRow, sql`
  select data_set, slot, element, cell, valid_from, valid_to from definitions.slot order by data_set, slot`);

export const listEditions = (tx: Tx): Promise<EditionRow[]> => tx.rows(EditionRow, sql`
  select edition, digest, loaded_at, loaded_by, note, added, changed, ended, corrected from definitions.edition order by edition desc limit 1000`);

const Changes = shape({ changes: List(Change, 40_000) });
export async function findEdition(tx: Tx, edition: number): Promise<{ row: EditionRow; changes: Change[] } | undefined> {
  const row = await tx.maybe(EditionRow, sql`
    select edition, digest, loaded_at, loaded_by, note, added, changed, ended, corrected from definitions.edition where edition = ${edition}`);
  if (row === undefined) return undefined;
  return { row, changes: (await tx.one(Changes, sql`select changes from definitions.edition where edition = ${edition}`)).changes };
}

/** One loader at a time; readers are not kept waiting. */
export const lockLoading = (tx: Tx): Promise<number> => tx.run(sql`select pg_advisory_xact_lock(7364113)`);

export type NewEdition = Omit<EditionRow, 'loadedAt'> & { readonly programme: string; readonly head: ProgrammeHead; readonly loadedAt: string; readonly changes: readonly Change[] };
export const insertEdition = (tx: Tx, one: NewEdition): Promise<number> => tx.run(sql`
  insert into definitions.edition (edition, programme, head, digest, loaded_at, loaded_by, note, added, changed, ended, corrected, changes)
  values (${one.edition}, ${one.programme}, ${JSON.stringify(one.head)}::jsonb, ${one.digest}, ${one.loadedAt}, ${one.loadedBy}, ${one.note},
    ${one.added}, ${one.changed}, ${one.ended}, ${one.corrected}, ${JSON.stringify(one.changes)}::jsonb)`);

export const deleteVersions = (tx: Tx, keys: readonly { kind: string; id: string; validFrom: string }[]): Promise<number> => tx.run(sql`
  delete from definitions.item i using unnest(${keys.map((k) => k.kind)}::text[], ${keys.map((k) => k.id)}::text[], ${keys.map((k) => k.validFrom)}::date[]) as k(kind, id, valid_from)
   where i.kind = k.kind and i.id = k.id and i.valid_from = k.valid_from`);

export type VersionToSave = PlannedVersion & { readonly edition: number; readonly digest: string };
/** One array a column: a thousand definitions are one statement. */
export const saveVersions = (tx: Tx, versions: readonly VersionToSave[]): Promise<number> => tx.run(sql`
  insert into definitions.item (kind, id, valid_from, valid_to, edition, digest, body)
  select * from unnest(${versions.map((v) => v.kind)}::text[], ${versions.map((v) => v.id)}::text[], ${versions.map((v) => v.validFrom)}::date[], ${versions.map((v) => v.validTo)}::date[],
    ${versions.map((v) => v.edition)}::int[], ${versions.map((v) => v.digest)}::text[], ${versions.map((v) => JSON.stringify(v.body))}::jsonb[])
  on conflict (kind, id, valid_from) do update set valid_to = excluded.valid_to, edition = excluded.edition, digest = excluded.digest, body = excluded.body`);

export const saveSlots = (tx: Tx, slots: readonly PlacedSlot[]): Promise<number> => tx.run(sql`
  insert into definitions.slot (data_set, slot, element, cell, valid_from, valid_to)
  select * from unnest(${slots.map((s) => s.dataSet)}::text[], ${slots.map((s) => s.slot)}::int[], ${slots.map((s) => s.element)}::text[], ${slots.map((s) => s.cell)}::text[],
    ${slots.map((s) => s.validFrom)}::date[], ${slots.map((s) => s.validTo)}::date[])
  on conflict (data_set, slot) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to`);

const Digests = shape({ digest: Type.String() });
/** Digests of all editions loaded so far. */
export const readDigests = async (tx: Tx): Promise<string[]> => (await tx.rows(Digests, sql`select digest from definitions.edition`)).map((one) => one.digest);
