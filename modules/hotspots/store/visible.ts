/** The first layer's filter in every query of content (SECURITY R9); the policies of the tables are the second. */
import { sql, type Sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Scope } from '../rules/scope.ts';

/** Who reads: an open transaction and what its actor may see. */
export type By = { readonly tx: Tx; readonly scope: Scope };

/** Rows of hotspots.place p. */
export const seesPlace = ({ all, provinces, communes }: Scope): Sql => all ? sql`true` : sql`(p.province = any(${provinces}::text[]) or p.province || '/' || p.commune = any(${communes}::text[]))`;
/** Rows of hotspots.cycle c. */
export const seesCycle = ({ all, provinces, communes }: Scope): Sql => all ? sql`true` : sql`(c.province = any(${provinces}::text[]) or c.province || '/' || c.commune = any(${communes}::text[]))`;
