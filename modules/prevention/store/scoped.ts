import { sql, type Sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Scope } from '#kernel/scope.ts';

/** A reader: the transaction and what its grants let it see. Every query takes one, so no query forgets whose it is. */
export type By = { readonly tx: Tx; readonly scope: Scope };

/** Counts of a commune the reader may see; the table stands under `a`. */
export const seenCounts = ({ all, provinces, communes }: Scope): Sql =>
  sql`(${all} or a.province = any(${provinces}::text[]) or (a.province || '/' || a.commune) = any(${communes}::text[]))`;
/** What belongs to the nation or to a province the reader stands in; the table stands under `o`. */
export const seenOwned = ({ all, within }: Scope): Sql =>
  sql`(${all} or o.province = any(${within}::text[]) or (o.province = '00' and cardinality(${within}::text[]) > 0))`;
