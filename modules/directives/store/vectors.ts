/** Seats of communes and the cells of vectors. */
import { shape, Type } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { cellBytes } from '../rules/cell.ts';
import { seesVector, type By } from './visible.ts';

const Seat = shape({ province: Type.String(), commune: Type.String(), seat: Type.Integer() });
export const listSeats = (tx: Tx, province: string) => tx.rows(Seat, prepared('directives.list-seats', sql`select province, commune, seat from directives.seat where province = ${province} order by seat`));
/** The communes of provinces in the order of their seats, joined by commas. */
export const seatedCommunes = (tx: Tx, provinces: readonly string[]) => tx.rows(shape({ province: Type.String(), communes: Type.String() }), sql`
  select province, string_agg(commune, ',' order by seat) as communes from directives.seat where province = any(${provinces}::text[]) group by province order by province`);
export const allSeats = (tx: Tx, provinces: readonly string[] | null) => tx.rows(Seat, sql`
  select province, commune, seat from directives.seat where ${provinces}::text[] is null or province = any(${provinces}::text[]) order by province, seat`);

/** Gives seats to communes that have none, after the last, in the order given. One province at a time, so two cannot take one seat. */
export async function giveSeats(tx: Tx, province: string, communes: readonly string[]): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`directives.seat/${province}`}, 0))`);
  await tx.run(sql`
    insert into directives.seat (province, commune, seat)
    select ${province}, c.commune, (select coalesce(max(seat) + 1, 0) from directives.seat where province = ${province}) + row_number() over (order by c.n) - 1
      from unnest(${communes}::text[]) with ordinality c(commune, n)
     where not exists (select 1 from directives.seat s where s.province = ${province} and s.commune = c.commune)`);
}

export type VectorNew = { readonly province: string; readonly directive: string; readonly assignment: string; readonly root: string; readonly cells: Uint8Array };
/** All vectors in one statement. A repeat leaves what is there: it may have moved on. */
export const insertVectors = (tx: Tx, vectors: readonly VectorNew[]) => tx.run(prepared('directives.insert-vectors', sql`
  insert into directives.vector (province, directive, assignment, root, cells)
  select * from unnest(${vectors.map((v) => v.province)}::text[], ${vectors.map((v) => v.directive)}::uuid[], ${vectors.map((v) => v.assignment)}::uuid[], ${vectors.map((v) => v.root)}::uuid[],
    ${vectors.map((v) => Buffer.from(v.cells))}::bytea[])
  on conflict (province, directive, assignment) do nothing`));

/** Puts three bytes in a commune's place, lengthening cells that were made before the commune had a seat. */
export const setCell = (tx: Tx, cell: { readonly province: string; readonly assignment: string; readonly directive: string; readonly commune: string; readonly bytes: readonly number[] }) => tx.run(sql`
  update directives.vector v
     set cells = overlay(case when length(cells) < (s.seat + 1) * ${cellBytes} then cells || decode(repeat('00', (s.seat + 1) * ${cellBytes} - length(cells)), 'hex') else cells end
                         placing ${Buffer.from(cell.bytes)}::bytea from (s.seat * ${cellBytes} + 1) for ${cellBytes})
    from directives.seat s
   where v.province = ${cell.province} and v.directive = ${cell.directive} and v.assignment = ${cell.assignment} and s.province = v.province and s.commune = ${cell.commune}`);

const VectorStored = shape({ directive: Type.String(), root: Type.String(), province: Type.String(), cells: Type.Unsafe<Uint8Array>({}) });
/** Vectors of directives as stored, province by province; those of splits under the line they split. */
export const readVectors = ({ tx, scope }: By, directives: readonly string[], province: string | null) => tx.rows(VectorStored, sql`
  select directive, root, province, cells from directives.vector v
   where ${seesVector(scope)} and directive = any(${directives}::uuid[]) and (${province}::text is null or province = ${province}) order by directive, root, province`);

export const digestLength = 22;
export type MatrixSearch = { readonly directive: string | null; readonly province: string | null };
const inMatrix = ({ scope }: By, search: MatrixSearch) => sql`
  ${seesVector(scope)} and (${search.directive}::uuid is null or directive = ${search.directive}) and (${search.province}::text is null or province = ${search.province})`;

/**
 * What the matrix is made of, named and not told: for each line of a directive the province and the digest of the cells of each of
 * its vectors, one after another. Ten thousand vectors travel as three hundred short rows; the reader's own row security chose them.
 */
export const readMatrixNames = (by: By, search: MatrixSearch) => by.tx.arrays(sql`
  select directive::text, root::text, string_agg(province || digest, '') from directives.vector v where ${inMatrix(by, search)} group by directive, root`);

/** Cells as `[digest, cells]` of the vectors of some directives in some provinces, pair by pair. */
export const readCellsOf = ({ tx, scope }: By, pairs: readonly { readonly province: string; readonly directive: string }[]) => tx.arrays(sql`
  select v.digest, v.cells
    from unnest(${pairs.map((pair) => pair.province)}::text[], ${pairs.map((pair) => pair.directive)}::uuid[]) as k(province, directive)
    join directives.vector v on v.province = k.province and v.directive = k.directive
   where ${seesVector(scope)}`);

/** The same as `readMatrixNames` with the cells themselves, joined as they come (all aggregates meet the rows in one order), and the number of bytes of each. */
export const readMatrixWhole = (by: By, search: MatrixSearch) => by.tx.arrays(sql`
  select directive::text, root::text, string_agg(province || digest, ''), string_agg(cells, ''::bytea), string_agg(length(cells)::text, ',')
    from directives.vector v where ${inMatrix(by, search)} group by directive, root`);

export const replaceVector = (tx: Tx, vector: VectorNew) => tx.run(sql`
  insert into directives.vector (province, directive, assignment, root, cells) values (${vector.province}, ${vector.directive}, ${vector.assignment}, ${vector.root}, ${Buffer.from(vector.cells)})
  on conflict (province, directive, assignment) do update set cells = excluded.cells`);
