/** What persons did in cases: opinions, signatures, decisions, objections, the history. Appended; a decision is set aside, never changed. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { Instant, PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { AreaStatus, CaseState, CouncilPart, ObjectionSource, Outcome, Proposal } from '../schema.ts';

type Key = { readonly province: string; readonly caseId: string };

const OpinionRow = shape({ round: Type.Integer(), seat: Type.String(), part: CouncilPart, office: Type.String(), post: Type.String(), status: AreaStatus, note: Type.String(), recordedFrom: Nullable(Type.String()), account: Type.String(), at: Type.String() });
export type OpinionRow = Static<typeof OpinionRow>;
export const listOpinions = (tx: Tx, { province, caseId }: Key) => tx.rows(OpinionRow, sql`
  select round, seat, part, office, post, status, note, recorded_from, account, at from classification.opinion where province = ${province} and case_id = ${caseId} order by round, at, seat`);
export const insertOpinion = (tx: Tx, { province, caseId }: Key, o: OpinionRow) => tx.run(sql`
  insert into classification.opinion (province, case_id, round, seat, part, office, post, status, note, recorded_from, account, at)
  values (${province}, ${caseId}, ${o.round}, ${o.seat}, ${o.part}, ${o.office}, ${o.post}, ${o.status}, ${o.note}, ${o.recordedFrom}, ${o.account}, ${o.at}::timestamptz) on conflict do nothing`);

const SignatureRow = shape({ round: Type.Integer(), part: Type.Union([Type.Literal('adviser'), Type.Literal('head')]), account: Type.String(), office: Type.String(), post: Type.String(), digest: Type.String(), at: Type.String() });
export type SignatureRow = Static<typeof SignatureRow>;
export const listSignatures = (tx: Tx, { province, caseId }: Key) => tx.rows(SignatureRow, sql`
  select round, part, account, office, post, digest, at from classification.signature where province = ${province} and case_id = ${caseId} order by round, part`);
export const insertSignature = (tx: Tx, { province, caseId }: Key, s: SignatureRow) => tx.run(sql`
  insert into classification.signature (province, case_id, round, part, account, office, post, digest, at)
  values (${province}, ${caseId}, ${s.round}, ${s.part}, ${s.account}, ${s.office}, ${s.post}, ${s.digest}, ${s.at}::timestamptz) on conflict do nothing`);

const DecisionRow = shape({
  round: Type.Integer(), status: AreaStatus, proposed: Outcome, against: Type.Boolean(), reason: Type.String(), number: Type.String(), decidedOn: Type.String(), late: Type.Boolean(), proposal: Proposal,
  publishedAt: Nullable(Type.String()), inForceFrom: Nullable(Type.String()), setAsideAt: Nullable(Type.String()), setAsideWhy: Nullable(Type.Union([Type.Literal('objection-upheld'), Type.Literal('evidence-changed'), Type.Literal('reconsidered')])),
});
export type DecisionRow = Static<typeof DecisionRow>;
export const listDecisions = (tx: Tx, { province, caseId }: Key) => tx.rows(DecisionRow, sql`
  select round, status, proposed, against, reason, number, decided_on, late, proposal, published_at, in_force_from, set_aside_at, set_aside_why
    from classification.decision where province = ${province} and case_id = ${caseId} order by round`);
export const insertDecision = (tx: Tx, { province, caseId }: Key, d: DecisionRow) => tx.run(sql`
  insert into classification.decision (province, case_id, round, status, proposed, against, reason, number, decided_on, late, proposal)
  values (${province}, ${caseId}, ${d.round}, ${d.status}, ${d.proposed}, ${d.against}, ${d.reason}, ${d.number}, ${d.decidedOn}::date, ${d.late}, ${JSON.stringify(d.proposal)}::jsonb)`);
export const publishDecision = (tx: Tx, { province, caseId }: Key, round: number, at: Instant) => tx.run(sql`
  update classification.decision set published_at = ${at}::timestamptz where province = ${province} and case_id = ${caseId} and round = ${round}`);
export const enforceDecision = (tx: Tx, { province, caseId }: Key, round: number, from: PlainDate) => tx.run(sql`
  update classification.decision set in_force_from = ${from}::date where province = ${province} and case_id = ${caseId} and round = ${round}`);
export const setDecisionAside = (tx: Tx, { province, caseId }: Key, round: number, at: Instant) => tx.run(sql`
  update classification.decision set set_aside_at = ${at}::timestamptz, set_aside_why = 'objection-upheld' where province = ${province} and case_id = ${caseId} and round = ${round}`);
/** True when the province gave that number to a decision of another day: one number is one document, which may list many areas. */
export const isNumberTaken = async (tx: Tx, province: string, number: string, decidedOn: PlainDate): Promise<boolean> =>
  (await tx.maybe(shape({ number: Type.String() }), sql`select number from classification.decision where province = ${province} and number = ${number} and decided_on <> ${decidedOn}::date limit 1`)) !== undefined;

const ObjectionRow = shape({
  id: Type.String(), round: Type.Integer(), source: ObjectionSource, reference: Type.String(), text: Type.String(), account: Type.String(), office: Type.String(), post: Type.String(), at: Type.String(), upheld: Nullable(Type.Boolean()),
  answer: Nullable(Type.String()), answerOffice: Nullable(Type.String()), answerPost: Nullable(Type.String()), answeredAt: Nullable(Type.String()),
});
export type ObjectionRow = Static<typeof ObjectionRow>;
export const listObjections = (tx: Tx, { province, caseId }: Key) => tx.rows(ObjectionRow, sql`
  select id, round, source, reference, text, account, office, post, at, upheld, answer, answer_office, answer_post, answered_at
    from classification.objection where province = ${province} and case_id = ${caseId} order by at, id`);
export const insertObjection = (tx: Tx, { province, caseId }: Key, o: ObjectionRow) => tx.run(sql`
  insert into classification.objection (province, id, case_id, round, source, reference, text, account, office, post, at)
  values (${province}, ${o.id}, ${caseId}, ${o.round}, ${o.source}, ${o.reference}, ${o.text}, ${o.account}, ${o.office}, ${o.post}, ${o.at}::timestamptz)`);
export type Answer = { readonly id: string; readonly upheld: boolean; readonly text: string; readonly account: string; readonly office: string; readonly post: string; readonly at: Instant };
export const answerObjection = (tx: Tx, province: string, a: Answer) => tx.run(sql`
  update classification.objection set upheld = ${a.upheld}, answer = ${a.text}, answer_account = ${a.account}, answer_office = ${a.office}, answer_post = ${a.post}, answered_at = ${a.at}::timestamptz
   where province = ${province} and id = ${a.id} and answered_at is null`);

const EntryRow = shape({ seq: Type.Integer(), move: Type.String(), fromState: Nullable(CaseState), toState: CaseState, status: Nullable(AreaStatus), text: Type.String(), office: Nullable(Type.String()), post: Nullable(Type.String()), at: Type.String() });
export type EntryRow = Static<typeof EntryRow>;
export const listEntries = (tx: Tx, { province, caseId }: Key) => tx.rows(EntryRow, sql`
  select seq, move, from_state, to_state, status, text, office, post, at from classification.case_entry where province = ${province} and case_id = ${caseId} order by seq desc limit 1000`);
export type NewEntry = Omit<EntryRow, 'seq'> & { readonly account: string | null };
export const appendEntry = (tx: Tx, { province, caseId }: Key, e: NewEntry) => tx.run(sql`
  insert into classification.case_entry (province, case_id, seq, move, from_state, to_state, status, text, account, office, post, at)
  select ${province}, ${caseId}::uuid, coalesce(max(seq), 0) + 1, ${e.move}, ${e.fromState}, ${e.toState}, ${e.status}, ${e.text}, ${e.account}::uuid, ${e.office}, ${e.post}, ${e.at}::timestamptz
    from classification.case_entry where province = ${province} and case_id = ${caseId}`);

const SeatStored = shape({ id: Type.String(), part: CouncilPart, office: Type.String(), post: Type.String() });
export type SeatStored = Static<typeof SeatStored>;
const CouncilRow = shape({ revision: Type.Integer(), number: Type.String(), decidedOn: Type.String(), seats: Type.Array(SeatStored) });
export type CouncilRow = Static<typeof CouncilRow>;
export const findCouncil = (tx: Tx, province: string) => tx.maybe(CouncilRow, sql`
  select revision, number, decided_on, seats from classification.council where province = ${province} order by revision desc limit 1`);
export const insertCouncil = (tx: Tx, province: string, c: CouncilRow & { readonly account: string; readonly at: Instant }) => tx.run(sql`
  insert into classification.council (province, revision, number, decided_on, seats, account, at)
  values (${province}, ${c.revision}, ${c.number}, ${c.decidedOn}::date, ${JSON.stringify(c.seats)}::jsonb, ${c.account}, ${c.at}::timestamptz) on conflict do nothing`);
export const countSeats = (tx: Tx) => tx.rows(shape({ province: Type.String(), seats: Type.Integer() }), sql`
  select distinct on (province) province, jsonb_array_length(seats) as seats from classification.council order by province, revision desc`);
