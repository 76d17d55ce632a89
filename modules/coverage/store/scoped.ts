import type { Tx } from '#platform/db/tx.ts';
import { sql, type Sql } from '#platform/db/sql.ts';
import type { Scope } from '#kernel/scope.ts';

/** A reader: the transaction and what its grants let it see. Every query takes one, so no query forgets whose it is. */
export type By = { readonly tx: Tx; readonly scope: Scope };

/** The places of a commune the reader may see; the table stands under `p`. */
export const seenPlaces = ({ all, provinces, communes }: Scope): Sql =>
  sql`(${all} or p.province = any(${provinces}::text[]) or (p.province || '/' || p.commune) = any(${communes}::text[]))`;
/** Campaigns of the nation for whoever reads at all, of a province for those inside it; the table stands under `c`. */
export const seenCampaigns = ({ all, within }: Scope): Sql =>
  sql`(${all} or c.province = any(${within}::text[]) or (c.province = '00' and cardinality(${within}::text[]) > 0))`;
