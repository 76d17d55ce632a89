/** Decisions loaded after the built-in ones, and the list of key complex routes. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Criteria, KeyRoute, type Decree } from '../schema.ts';

const DecreeRow = shape({ id: Type.String(), number: Type.String(), title: shape({ vi: Type.String(), en: Type.String() }), validFrom: Type.String(), criteria: Criteria });
export const readDecrees = (tx: Tx): Promise<Static<typeof DecreeRow>[]> => tx.rows(DecreeRow, sql`select id, number, title, valid_from, criteria from classification.decree order by valid_from`);
export const insertDecree = (tx: Tx, one: Decree, by: { readonly office: string; readonly account: string; readonly at: string }): Promise<number> => tx.run(sql`
  insert into classification.decree (id, number, title, valid_from, criteria, loaded_at, office, by)
  values (${one.id}, ${one.number}, ${JSON.stringify(one.title)}::jsonb, ${one.validFrom}::date, ${JSON.stringify(one.criteria)}::jsonb, ${by.at}::timestamptz, ${by.office}, ${by.account}::uuid)
  on conflict do nothing`);

const Crossed = shape({ kind: Type.String(), communes: Type.Array(Type.String()) });
/** The communes routes cross on a day: asked by every verdict, so it is prepared. */
export const readCrossed = (tx: Tx, on: string): Promise<Static<typeof Crossed>[]> => tx.rows(Crossed, prepared('classification-crossed', sql`
  select kind, communes from classification.key_route where listed_on <= ${on}::date and (delisted_on is null or delisted_on > ${on}::date)`));
/** Routes on the list on a day; `null`: all there ever were. */
export const readRoutes = (tx: Tx, province: string | null, on: string | null): Promise<KeyRoute[]> => tx.rows(KeyRoute, sql`
  select id, kind, province, name, communes, decision, listed_on, delisted_on, delist_decision, office from classification.key_route
   where (${province}::text is null or province = ${province}) and (${on}::date is null or (listed_on <= ${on}::date and (delisted_on is null or delisted_on > ${on}::date)))
   order by province, listed_on desc, name limit 1000`);
export const lockRoute = (tx: Tx, province: string, id: string): Promise<KeyRoute | undefined> => tx.maybe(KeyRoute, sql`
  select id, kind, province, name, communes, decision, listed_on, delisted_on, delist_decision, office from classification.key_route where province = ${province} and id = ${id}::uuid for update`);
export const insertRoute = (tx: Tx, one: KeyRoute, account: string): Promise<number> => tx.run(sql`
  insert into classification.key_route (province, id, kind, name, communes, decision, listed_on, office, by)
  values (${one.province}, ${one.id}::uuid, ${one.kind}, ${one.name}, ${one.communes}::text[], ${one.decision}, ${one.listedOn}::date, ${one.office}, ${account}::uuid)
  on conflict do nothing`);
export const delist = (tx: Tx, { province, id, on, decision }: { readonly province: string; readonly id: string; readonly on: string; readonly decision: string }): Promise<number> => tx.run(sql`
  update classification.key_route set delisted_on = ${on}::date, delist_decision = ${decision} where province = ${province} and id = ${id}::uuid`);

/** Boxes of what communes revised after a day, for signs: how many returns of the period were sent again after the cut-off. */
const Late = shape({ orgUnit: Type.String(), period: Type.String(), rev: Type.Integer(), at: Nullable(Type.String()) });
export const readLateRevisions = (tx: Tx, months: readonly string[], dataSet: string, after: string, units: readonly string[] | null): Promise<Static<typeof Late>[]> => tx.rows(Late, sql`
  select org_unit, period, rev, at from returns_pub.packed
   where period = any(${months}::text[]) and data_set = ${dataSet} and attribute = '' and rev > 1 and at > ${after}::timestamptz and (${units === null}::boolean or org_unit = any(${units ?? []}::text[]))
   order by org_unit, period`);
