/** Cases of the procedure: one row a case, locked before it is decided about; lists and counts. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { Instant } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { AreaStatus, Assessment, CaseKind, CaseState, Conclusion, Outcome, ReviewCause } from '../schema.ts';

export const CaseStored = shape({
  province: Type.String(), id: Type.String(), unit: Type.String(), unitId: Type.String(), unitName: Type.String(), level: Type.Union([Type.Literal('commune'), Type.Literal('province')]), period: Type.String(),
  kind: CaseKind, state: CaseState, version: Type.Integer(), round: Type.Integer(), cause: Nullable(ReviewCause), causeText: Type.String(), assessment: Nullable(Assessment), submittedBy: Nullable(Type.String()),
  proposed: Nullable(Outcome), conclusion: Nullable(Conclusion), concludedBy: Nullable(Type.String()), decided: Nullable(AreaStatus), against: Type.Boolean(), objectionsUntil: Nullable(Type.String()),
  seenDigest: Nullable(Type.String()), openedAt: Type.String(), updatedAt: Type.String(),
});
export type CaseStored = Static<typeof CaseStored>;

const columns = sql`c.province, c.id, c.unit, c.unit_id, c.unit_name, c.level, c.period, c.kind, c.state, c.version, c.round, c.cause, c.cause_text, c.assessment, c.submitted_by, c.proposed, c.conclusion,
  c.concluded_by, c.decided, c.against, c.objections_until, c.seen_digest, c.opened_at, c.updated_at`;

export const findCase = (tx: Tx, province: string, id: string) => tx.maybe(CaseStored, sql`select ${columns} from classification.assessed_case c where c.province = ${province} and c.id = ${id}`);
/** Locked before the decision about it: two who act at once come one after the other, and the second sees what the first did. */
export const lockCase = (tx: Tx, province: string, id: string) => tx.maybe(CaseStored, sql`
  select ${columns} from classification.assessed_case c where c.province = ${province} and c.id = ${id} for no key update`);
export const findYearly = (tx: Tx, province: string, unitId: string, period: string) => tx.maybe(CaseStored, sql`
  select ${columns} from classification.assessed_case c where c.province = ${province} and c.unit_id = ${unitId} and c.period = ${period} and c.kind = 'yearly'`);
export const findOpenReview = (tx: Tx, province: string, unitId: string) => tx.maybe(CaseStored, sql`
  select ${columns} from classification.assessed_case c where c.province = ${province} and c.unit_id = ${unitId} and c.kind = 'review' and c.state not in ('in-force', 'dropped')`);

/** @returns 0 when the area has that case already: another request made it at the same moment */
export const insertCase = (tx: Tx, c: CaseStored) => tx.run(sql`
  insert into classification.assessed_case (province, id, unit, unit_id, unit_name, level, period, kind, state, version, round, cause, cause_text, assessment, submitted_by, proposed, conclusion, concluded_by, decided,
         against, objections_until, seen_digest, opened_at, updated_at)
  values (${c.province}, ${c.id}, ${c.unit}, ${c.unitId}, ${c.unitName}, ${c.level}, ${c.period}, ${c.kind}, ${c.state}, ${c.version}, ${c.round}, ${c.cause}, ${c.causeText},
         ${c.assessment === null ? null : JSON.stringify(c.assessment)}::jsonb, ${c.submittedBy}, ${c.proposed}, ${c.conclusion === null ? null : JSON.stringify(c.conclusion)}::jsonb, ${c.concludedBy}, ${c.decided},
         ${c.against}, ${c.objectionsUntil}::date, ${c.seenDigest}, ${c.openedAt}::timestamptz, ${c.updatedAt}::timestamptz)
  on conflict do nothing`);

export const saveCase = (tx: Tx, c: CaseStored) => tx.run(sql`
  update classification.assessed_case set state = ${c.state}, version = ${c.version}, round = ${c.round}, assessment = ${c.assessment === null ? null : JSON.stringify(c.assessment)}::jsonb, submitted_by = ${c.submittedBy},
         proposed = ${c.proposed}, conclusion = ${c.conclusion === null ? null : JSON.stringify(c.conclusion)}::jsonb, concluded_by = ${c.concludedBy}, decided = ${c.decided}, against = ${c.against},
         objections_until = ${c.objectionsUntil}::date, seen_digest = ${c.seenDigest}, updated_at = ${c.updatedAt}::timestamptz
   where province = ${c.province} and id = ${c.id}`);

const Neighbours = shape({ earlierOpen: Type.Boolean(), laterDecided: Type.Boolean() });
/** Whether an earlier period of the same area is still open, and whether a later one is decided already. */
export const neighboursOf = (tx: Tx, c: Pick<CaseStored, 'province' | 'unitId' | 'period' | 'id'>) => tx.one(Neighbours, sql`
  select coalesce(bool_or(period < ${c.period} and state not in ('in-force', 'dropped')), false) as earlier_open,
         coalesce(bool_or(period > ${c.period} and state in ('decided', 'published', 'in-force')), false) as later_decided
    from classification.assessed_case where province = ${c.province} and unit_id = ${c.unitId} and kind = 'yearly' and id <> ${c.id}`);

const Listed = shape({ ...CaseStored.properties, opinions: Type.Integer(), openObjections: Type.Integer() });
export type Listed = Static<typeof Listed>;
export type Asked = {
  readonly province: string | null; readonly unit: string | null; readonly period: string | null; readonly kind: string | null; readonly state: string | null; readonly against: boolean | null; readonly states: readonly string[] | null;
  readonly containing: string | null; readonly offset: number; readonly limit: number;
  /** Null: the whole nation. */
  readonly within: { readonly provinces: readonly string[]; readonly communes: readonly string[] } | null;
};
const wanted = (a: Asked) => sql`(${a.province}::text is null or c.province = ${a.province}) and (${a.unit}::text is null or c.unit = ${a.unit}) and (${a.period}::text is null or c.period = ${a.period})
  and (${a.kind}::text is null or c.kind = ${a.kind}) and (${a.state}::text is null or c.state = ${a.state}) and (${a.against}::boolean is null or c.against = ${a.against})
  and (${a.states}::text[] is null or c.state = any (${a.states}::text[])) and (${a.containing}::text is null or c.unit_name ilike ${a.containing})
  and (${a.within === null} or c.province = any (${a.within?.provinces ?? []}::text[]) or (c.province || '/' || c.unit) = any (${a.within?.communes ?? []}::text[]))`;

/** Those that wait for somebody first, then by place. */
export const listCases = (tx: Tx, a: Asked) => tx.rows(Listed, sql`
  select ${columns},
         (select count(*)::int from classification.opinion o where o.province = c.province and o.case_id = c.id and o.round = c.round) as opinions,
         (select count(*)::int from classification.objection o where o.province = c.province and o.case_id = c.id and o.answered_at is null) as open_objections
    from classification.assessed_case c where ${wanted(a)}
   order by c.state in ('in-force', 'dropped'), c.period desc, c.province, c.unit, c.opened_at limit ${a.limit} offset ${a.offset}`);
export const countCases = (tx: Tx, a: Asked) => tx.one(shape({ total: Type.Integer() }), sql`select count(*)::int as total from classification.assessed_case c where ${wanted(a)}`);

const BoardCount = shape({ province: Type.String(), level: Type.String(), kind: CaseKind, state: CaseState, cases: Type.Integer(), against: Type.Integer() });
export const countBoard = (tx: Tx, period: string, province: string | null) => tx.rows(BoardCount, sql`
  select province, level, kind, state, count(*)::int as cases, (count(*) filter (where against))::int as against
    from classification.assessed_case where period = ${period} and (${province}::text is null or province = ${province}) group by province, level, kind, state`);
export const listPeriods = (tx: Tx) => tx.rows(shape({ period: Type.String() }), sql`select distinct period from classification.assessed_case order by period desc`);

/** Of these units: open cases in which a person has concluded, those in force, and the status they hold; what evidence that moves may bear on. */
const Watched = shape({ ...CaseStored.properties, held: Nullable(AreaStatus) });
export const watchedOf = (tx: Tx, province: string, units: readonly string[]) => tx.rows(Watched, sql`
  select ${columns}, h.status as held
    from classification.assessed_case c
    left join classification.status_held h on h.province = c.province and h.case_id = c.id and h.until_day is null
   where c.province = ${province} and c.unit = any (${units}::text[]) and (c.state in ('concluded', 'signed-once', 'decided', 'published') or h.case_id is not null)
   order by c.unit, c.period`);
export const touchCase = (tx: Tx, province: string, id: string, digest: string, at: Instant) => tx.run(sql`
  update classification.assessed_case set seen_digest = ${digest}, version = version + 1, updated_at = ${at}::timestamptz where province = ${province} and id = ${id}`);
