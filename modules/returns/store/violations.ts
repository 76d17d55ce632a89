/** Work items of validation. */
import { Day, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql, type Sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { violationStates, type ReturnKey } from '../schema.ts';

/** `across`: a rule over several returns, judged after they came; on screens it is a rule like the others. */
const violationKinds = ['rule', 'outlier', 'across'] as const;
type ViolationKind = (typeof violationKinds)[number];
const Row = shape({
  province: Type.String(), id: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), kind: oneOf(violationKinds), rule: Type.String(), slot: Type.Integer(), rev: Type.Integer(),
  value: Nullable(Type.Number()), usual: Nullable(Type.Number()), leftValue: Nullable(Type.Number()), rightValue: Nullable(Type.Number()), state: oneOf(violationStates), explanation: Type.String(), owner: Type.String(), due: Day,
  openedAt: Type.String(), closedAt: Nullable(Type.String()), reason: Type.String(),
});
export type StoredViolation = Static<typeof Row>;
const fields: Sql = sql`v.province, v.id, v.org_unit, v.period, v.data_set, v.attribute, v.kind, v.rule, v.slot, v.rev, v.value, v.usual, v.left_value, v.right_value, v.state, v.explanation, v.owner, v.due, v.opened_at, v.closed_at, v.reason`;
export const keyOfViolation = ({ province, orgUnit, period, dataSet, attribute }: StoredViolation): ReturnKey => ({ province, unit: orgUnit, period, dataSet, attribute });

export type NewViolation = {
  readonly key: ReturnKey; readonly kind: ViolationKind; readonly rule: string; readonly slot: number; readonly rev: number; readonly value: number | null; readonly usual: number | null; readonly left: number | null;
  readonly right: number | null; readonly explanation: string; readonly due: string; readonly at: string; readonly id: string;
};

/**
 * What these returns break now: new items are opened, known ones follow the values, and items that no longer hold are closed.
 *
 * @param checked returns whose items of this kind were looked at; those not among `found` are closed
 */
export async function replaceViolations(tx: Tx, kind: ViolationKind, checked: readonly ReturnKey[], found: readonly NewViolation[], at: string): Promise<void> {
  if (checked.length === 0) return;
  const rows = found.map(({ key, ...one }) => ({
    province: key.province, id: one.id, org_unit: key.unit, period: key.period, data_set: key.dataSet, attribute: key.attribute, rule: one.rule, slot: one.slot, rev: one.rev, value: one.value, usual: one.usual,
    left_value: one.left, right_value: one.right, explanation: one.explanation, due: one.due,
  }));
  const given = JSON.stringify(rows);
  // Sent together, before anything is awaited: a batch may commit with them.
  const closing = tx.run(prepared('returns.close-violations', sql`
    update returns.violation v set state = 'closed', closed_at = ${at}::timestamptz, reason = 'values-changed'
      from unnest(${checked.map((key) => key.province)}::text[], ${checked.map((key) => key.unit)}::text[], ${checked.map((key) => key.period)}::text[], ${checked.map((key) => key.dataSet)}::text[], ${checked.map((key) => key.attribute)}::text[])
        as k(province, org_unit, period, data_set, attribute)
     where v.province = k.province and v.org_unit = k.org_unit and v.period = k.period and v.data_set = k.data_set and v.attribute = k.attribute and v.kind = ${kind} and v.state <> 'closed'
       and not exists (select 1 from jsonb_to_recordset(${given}::jsonb) as n(province text, org_unit text, period text, data_set text, attribute text, rule text, slot int)
                        where n.province = v.province and n.org_unit = v.org_unit and n.period = v.period and n.data_set = v.data_set and n.attribute = v.attribute and n.rule = v.rule and n.slot = v.slot)`));
  const opening = found.length === 0 ? undefined : tx.run(prepared('returns.open-violations', sql`
    insert into returns.violation as v (province, id, org_unit, period, data_set, attribute, kind, rule, slot, rev, value, usual, left_value, right_value, state, explanation, owner, due, opened_at)
    select n.province, n.id, n.org_unit, n.period, n.data_set, n.attribute, ${kind}, n.rule, n.slot, n.rev, n.value, n.usual, n.left_value, n.right_value, case when n.explanation = '' then 'open' else 'explained' end, n.explanation,
           n.org_unit, n.due, ${at}::timestamptz
      from jsonb_to_recordset(${given}::jsonb) as n(province text, id uuid, org_unit text, period text, data_set text, attribute text, rule text, slot int, rev int, value float8, usual float8, left_value float8, right_value float8,
             explanation text, due date)
    on conflict (province, org_unit, period, data_set, attribute, kind, rule, slot) do update set
      rev = excluded.rev, value = excluded.value, usual = excluded.usual, left_value = excluded.left_value, right_value = excluded.right_value, explanation = excluded.explanation,
      -- Closed by a person and the same figures: it stays closed.
      state = case when v.state = 'closed' and v.closed_by is not null and v.value is not distinct from excluded.value and v.left_value is not distinct from excluded.left_value
                    and v.right_value is not distinct from excluded.right_value then 'closed' else excluded.state end,
      closed_at = case when v.state = 'closed' and v.closed_by is not null then v.closed_at end`));
  await Promise.all([closing, opening]);
}

export type ViolationScope = { readonly state?: string; readonly unit?: string; readonly province?: string; readonly period?: string; readonly dataSet?: string; readonly limit: number };
export const listViolations = (tx: Tx, { state, unit, province, period, dataSet, limit }: ViolationScope): Promise<StoredViolation[]> => tx.rows(Row, sql`
  select ${fields} from returns.violation v
   where (${state ?? null}::text is null or v.state = ${state ?? ''}) and (${unit ?? null}::text is null or v.org_unit = ${unit ?? ''}) and (${province ?? null}::text is null or v.province = ${province ?? ''})
     and (${period ?? null}::text is null or v.period = ${period ?? ''}) and (${dataSet ?? null}::text is null or v.data_set = ${dataSet ?? ''})
   order by v.due, v.province, v.org_unit, v.rule, v.slot limit ${limit}`);
const Count = shape({ open: Type.Integer() });
export const countOpen = async (tx: Tx, { unit, province, period, dataSet }: Omit<ViolationScope, 'limit' | 'state'>): Promise<number> => (await tx.one(Count, sql`
  select count(*)::int as open from returns.violation v
   where v.state = 'open' and (${unit ?? null}::text is null or v.org_unit = ${unit ?? ''}) and (${province ?? null}::text is null or v.province = ${province ?? ''})
     and (${period ?? null}::text is null or v.period = ${period ?? ''}) and (${dataSet ?? null}::text is null or v.data_set = ${dataSet ?? ''})`)).open;

/** Open and explained items of the returns of a period and data set, or of one unit. */
export const violationsOf = (tx: Tx, scope: { readonly periods: readonly string[]; readonly dataSets: readonly string[]; readonly units: readonly string[] | null }): Promise<StoredViolation[]> => tx.rows(Row, sql`
  select ${fields} from returns.violation v
   where v.period = any(${scope.periods}::text[]) and v.data_set = any(${scope.dataSets}::text[]) and (${scope.units === null}::boolean or v.org_unit = any(${scope.units ?? []}::text[])) and v.state <> 'closed' order by v.due, v.rule, v.slot`);

export const findViolation = (tx: Tx, province: string, id: string): Promise<StoredViolation | undefined> => tx.maybe(Row, sql`
  select ${fields} from returns.violation v where v.province = ${province} and v.id = ${id}`);
/** @returns false when it was closed already */
export const markClosed = async (tx: Tx, one: { readonly province: string; readonly id: string; readonly by: string; readonly at: string; readonly reason: string }): Promise<boolean> => (await tx.run(sql`
  update returns.violation set state = 'closed', closed_at = ${one.at}::timestamptz, closed_by = ${one.by}, reason = ${one.reason} where province = ${one.province} and id = ${one.id} and state <> 'closed'`)) === 1;
