/** The first layer's filter in every query of content (SECURITY R9); the policies of the tables are the second. */
import { sql, type Sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Scope } from '../rules/scope.ts';

/** Who reads: an open transaction and what its actor may see. */
export type By = { readonly tx: Tx; readonly scope: Scope };

/** Rows of directives.task t. */
export const seesTask = ({ all, provinces, communes, acting, deciding, ministry }: Scope): Sql => all ? sql`true` : sql`(
  t.province = any(${provinces}::text[]) or (t.commune is not null and t.province || '/' || t.commune = any(${communes}::text[])) or t.holder_office = any(${acting}::text[])
  or t.assigned_by = any(${deciding}::text[]) or (${ministry} and (t.province = '00' or t.coordinating && ${acting}::text[])))`;

/** Rows of directives.directive d: a draft is its office's alone; what is issued is seen with its place or with a task of it. */
export const seesDirective = (scope: Scope): Sql => scope.machinery ? sql`true` : sql`(case when d.state = 'drafting' then d.issuer_office = any(${scope.deciding}::text[])
  else ${scope.all} or d.province = any(${scope.provinces}::text[]) or d.issuer_office = any(${scope.acting}::text[]) or (${scope.ministry} and d.province = '00')
    or exists (select 1 from directives.task t where t.province = d.province and t.directive = d.id and ${seesTask(scope)}) end)`;

/** Rows of directives.vector v: whole provinces only. */
export const seesVector = ({ all, provinces }: Scope): Sql => all ? sql`true` : sql`v.province = any(${provinces}::text[])`;
