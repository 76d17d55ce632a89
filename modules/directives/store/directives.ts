/** Rows of directives: drafts, heads, states, copies in the provinces, how far each has come. */
import { Day, List, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { seesDirective, type By } from './visible.ts';
import { DirectiveKind, DirectiveState, ProgrammeTag, Reading, Secrecy, type DirectiveHead } from '../schema.ts';

export const DirectiveStored = shape({
  province: Type.String(), id: Type.String(), origin: Type.String(), state: DirectiveState, version: Type.Integer(), kind: DirectiveKind, title: Type.String(), number: Nullable(Type.String()),
  issuedOn: Nullable(Day), signer: Nullable(Type.String()), signerPost: Nullable(Type.String()), legalBasis: Type.String(), secrecy: Secrecy, tags: List(ProgrammeTag, 6),
  issuerOffice: Type.String(), createdAt: Type.String(), updatedAt: Type.String(), issuedAt: Nullable(Type.String()), reading: Nullable(Reading), originalName: Nullable(Type.String()),
  originalSha256: Nullable(Type.String()), originalBytes: Nullable(Type.Integer()), assignmentCount: Type.Integer(), clearCells: Type.Integer(), nextDueOn: Nullable(Day),
  demonstration: Type.Boolean(),
});
export type DirectiveStored = Static<typeof DirectiveStored>;

const columns = sql`province, id, origin, state, version, kind, title, number, issued_on, signer, signer_post, legal_basis, secrecy, tags, issuer_office, created_at, updated_at, issued_at, reading,
  original_name, original_sha256, original_bytes, assignment_count, clear_cells, next_due_on, demonstration`;

export type Draft = {
  readonly province: string; readonly id: string; readonly issuerOffice: string; readonly account: string; readonly at: string; readonly head: DirectiveHead; readonly text: string;
  readonly reading: Static<typeof Reading>; readonly original: { readonly name: string | null; readonly sha256: string; readonly bytes: number } | null;
};
export const insertDraft = (tx: Tx, draft: Draft) => tx.run(sql`
  insert into directives.directive (province, id, origin, state, kind, title, number, issued_on, signer, signer_post, legal_basis, secrecy, tags, issuer_office, created_by, created_at, updated_at,
    reading, original_name, original_sha256, original_bytes, source_text)
  values (${draft.province}, ${draft.id}, ${draft.province}, 'drafting', ${draft.head.kind}, ${draft.head.title}, ${draft.head.number}, ${draft.head.issuedOn}, ${draft.head.signer},
    ${draft.head.signerPost}, ${draft.head.legalBasis}, ${draft.head.secrecy}, ${draft.head.tags}, ${draft.issuerOffice}, ${draft.account}, ${draft.at}, ${draft.at},
    ${JSON.stringify(draft.reading)}::jsonb, ${draft.original?.name ?? null}, ${draft.original?.sha256 ?? null}, ${draft.original?.bytes ?? null}, ${draft.text})`);

export const findDirective = ({ tx, scope }: By, province: string, id: string) =>
  tx.maybe(DirectiveStored, sql`select ${columns} from directives.directive d where province = ${province} and id = ${id} and ${seesDirective(scope)}`);

/** The directive, kept from other writers until the transaction ends. */
export const lockDirective = ({ tx, scope }: By, province: string, id: string) =>
  tx.maybe(DirectiveStored, sql`select ${columns} from directives.directive d where province = ${province} and id = ${id} and ${seesDirective(scope)} for update`);

export const findSource = (tx: Tx, province: string, id: string) =>
  tx.maybe(shape({ text: Nullable(Type.String()) }), sql`select source_text as text from directives.directive where province = ${province} and id = ${id}`);

export const saveHead = (tx: Tx, key: { province: string; id: string }, head: DirectiveHead, at: string) => tx.run(sql`
  update directives.directive set kind = ${head.kind}, title = ${head.title}, number = ${head.number}, issued_on = ${head.issuedOn}, signer = ${head.signer}, signer_post = ${head.signerPost},
    legal_basis = ${head.legalBasis}, secrecy = ${head.secrecy}, tags = ${head.tags}, version = version + 1, updated_at = ${at}
   where province = ${key.province} and id = ${key.id}`);

/** Counts of a draft's lines and the mark of a change; lines are removed and put back, so they are counted again. */
export const touchDraft = (tx: Tx, province: string, id: string, at: string) => tx.run(sql`
  update directives.directive d set version = d.version + 1, updated_at = ${at}, assignment_count = a.lines, clear_cells = a.clear_cells, next_due_on = a.due_on
    from (select count(*)::int as lines, min(due_on) as due_on,
                 coalesce(sum((select count(*) from jsonb_array_elements(verdicts) v where v ->> 'verdict' <> 'missing')), 0)::int as clear_cells
            from directives.assignment where province = ${province} and directive = ${id} and removed_at is null) a
   where d.province = ${province} and d.id = ${id}`);

export async function deleteDraft(tx: Tx, province: string, id: string): Promise<number> {
  await tx.run(sql`delete from directives.assignment where province = ${province} and directive = ${id}`);
  return tx.run(sql`delete from directives.directive where province = ${province} and id = ${id} and state = 'drafting'`);
}

export const setState = (tx: Tx, key: { province: string; id: string }, state: DirectiveState, at: string) => tx.run(sql`
  update directives.directive set state = ${state}, version = version + 1, updated_at = ${at}, issued_at = case when ${state} = 'issuing' then ${at}::timestamptz else issued_at end
   where province = ${key.province} and id = ${key.id}`);

export const isNumberTaken = async (tx: Tx, row: Pick<DirectiveStored, 'province' | 'id' | 'issuerOffice' | 'number' | 'issuedOn'>): Promise<boolean> =>
  (await tx.maybe(shape({ one: Type.Integer() }), sql`
    select 1 as one from directives.directive where province = ${row.province} and id <> ${row.id} and issuer_office = ${row.issuerOffice} and number = ${row.number}
       and issued_on = ${row.issuedOn} and state in ('issuing', 'issued') and origin = province`)) !== undefined;

/** The issued directive with its lines written into a province that receives it, in one statement. Repeating does no harm. */
export const copyDirective = (tx: Tx, origin: string, id: string, target: string, at: string) => tx.run(prepared('directives.copy-directive', sql`
  with lines as (
    insert into directives.assignment (province, directive, id, position, ordinal, version, clears, verdicts, read_verdicts, quote, due_on, recurrence, awaited_event, coordinating, drafting)
    select ${target}, directive, id, position, ordinal, version, clears, verdicts, read_verdicts, quote, due_on, recurrence, awaited_event, coordinating, false
      from directives.assignment where province = ${origin} and directive = ${id} and removed_at is null and parent_task is null
    on conflict (province, id) do nothing)
  insert into directives.directive (province, id, origin, state, version, kind, title, number, issued_on, signer, signer_post, legal_basis, secrecy, tags, issuer_office, created_by, created_at,
    updated_at, issued_at, assignment_count, clear_cells, next_due_on, demonstration)
  select ${target}, id, origin, 'issued', version, kind, title, number, issued_on, signer, signer_post, legal_basis, secrecy, tags, issuer_office, created_by, created_at,
    ${at}, issued_at, assignment_count, clear_cells, next_due_on, demonstration
    from directives.directive where province = ${origin} and id = ${id}
  on conflict (province, id) do nothing`));

export const planReach = (tx: Tx, origin: string, id: string, targets: readonly string[]) => tx.run(sql`
  insert into directives.reach (province, directive, target) select ${origin}, ${id}, t from unnest(${targets}::text[]) t on conflict (province, directive, target) do nothing`);

export type Reached = { readonly origin: string; readonly directive: string; readonly reached: readonly { readonly target: string; readonly tasks: number }[]; readonly at: string };
export const noteReach = (tx: Tx, row: Reached) => tx.run(sql`
  update directives.reach r set tasks = n.tasks, reached_at = ${row.at}
    from unnest(${row.reached.map((one) => one.target)}::text[], ${row.reached.map((one) => one.tasks)}::int[]) as n(target, tasks)
   where r.province = ${row.origin} and r.directive = ${row.directive} and r.target = n.target and r.reached_at is null`);

export const ReachStored = shape({ target: Type.String(), tasks: Nullable(Type.Integer()), reachedAt: Nullable(Type.String()) });
export const listReach = (tx: Tx, origin: string, id: string) =>
  tx.rows(ReachStored, sql`select target, tasks, reached_at from directives.reach where province = ${origin} and directive = ${id} order by target`);

export type DirectiveSearch = {
  readonly q: string | null; readonly state: string | null; readonly kind: string | null; readonly province: string | null; readonly limit: number; readonly offset: number;
};
/**
 * Directives the reader may see, each once: the original where it can be seen, else a copy in a province of the reader.
 * `q` is folded text, matched anywhere in number and title by the caller's pattern.
 */
export const listDirectives = ({ tx, scope }: By, search: DirectiveSearch) => tx.rows(Type.Object({ ...DirectiveStored.properties, total: Type.Integer() }), sql`
  select ${columns}, count(*) over ()::int as total from (
    select distinct on (id) * from directives.directive d
     where ${seesDirective(scope)} and (${search.state}::text is null or state = ${search.state}) and (${search.kind}::text is null or kind = ${search.kind})
       and (${search.province}::text is null or province = ${search.province})
       and (${search.q}::text is null or title ilike ${search.q} or number ilike ${search.q})
     order by id, (province = origin) desc, province) seen
   order by coalesce(issued_at, updated_at) desc, id limit ${search.limit} offset ${search.offset}`);
