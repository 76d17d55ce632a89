/** The bulk statements of the demonstration: what tasks have lived through, with the entries and evidence that their states ask for. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { TaskNew } from '../store/tasks.ts';
import type { Lived } from './states.ts';

export type LivedTask = TaskNew & Lived & { readonly dueOn: PlainDate };

export type PlacedTask = LivedTask & { readonly province: string };

/** The issued directive and its lines in every province at once, marked as synthetic; and that each has been reached. */
export async function placeEverywhere(tx: Tx, directive: string, at: string, counts: ReadonlyMap<string, number>): Promise<void> {
  const provinces = [...counts.keys()];
  await tx.run(sql`update directives.directive set demonstration = true, state = 'issued', issued_at = ${at} where province = '00' and id = ${directive}`);
  await tx.run(sql`update directives.assignment set drafting = false where province = '00' and directive = ${directive}`);
  await tx.run(sql`
    insert into directives.directive (province, id, origin, state, version, kind, title, number, issued_on, signer, signer_post, legal_basis, secrecy, tags, issuer_office, created_by, created_at,
      updated_at, issued_at, assignment_count, clear_cells, next_due_on, demonstration)
    select p, id, origin, 'issued', version, kind, title, number, issued_on, signer, signer_post, legal_basis, secrecy, tags, issuer_office, created_by, created_at,
      ${at}, issued_at, assignment_count, clear_cells, next_due_on, true
      from directives.directive, unnest(${provinces}::text[]) p where province = '00' and id = ${directive} and p <> '00'`);
  await tx.run(sql`
    insert into directives.assignment (province, directive, id, position, ordinal, version, clears, verdicts, read_verdicts, quote, due_on, recurrence, awaited_event, coordinating, drafting)
    select p, directive, id, position, ordinal, version, clears, verdicts, read_verdicts, quote, due_on, recurrence, awaited_event, coordinating, false
      from directives.assignment, unnest(${provinces}::text[]) p where province = '00' and directive = ${directive} and p <> '00'`);
  await tx.run(sql`
    insert into directives.reach (province, directive, target, tasks, reached_at)
    select '00', ${directive}, r.target, r.tasks, ${at} from unnest(${provinces}::text[], ${[...counts.values()]}::int[]) as r(target, tasks)`);
}

/** Communes that have no seat yet get the places given. */
export const insertSeats = (tx: Tx, seats: readonly { readonly province: string; readonly commune: string; readonly seat: number }[]) => tx.run(sql`
  insert into directives.seat (province, commune, seat)
  select * from unnest(${seats.map((s) => s.province)}::text[], ${seats.map((s) => s.commune)}::text[], ${seats.map((s) => s.seat)}::int[]) on conflict do nothing`);

/** How many entries a state has behind it (the first, "assigned", follows from the task itself) and whether evidence stands. */
const behind: Readonly<Record<Lived['state'], readonly string[]>> = {
  assigned: [], acknowledged: ['acknowledge'], 'clarification-asked': ['acknowledge', 'ask-clarification'], 'authority-declined': ['decline-authority'], 'in-progress': ['acknowledge', 'report'],
  'evidence-submitted': ['acknowledge', 'evidence-added', 'submit-evidence'], verified: ['acknowledge', 'evidence-added', 'submit-evidence', 'verify'],
  accepted: ['acknowledge', 'evidence-added', 'submit-evidence', 'verify', 'accept'], returned: ['acknowledge', 'evidence-added', 'submit-evidence', 'return'], withdrawn: [],
};
const stateAfter: Readonly<Record<string, Lived['state']>> = {
  acknowledge: 'acknowledged', 'ask-clarification': 'clarification-asked', 'decline-authority': 'authority-declined', report: 'in-progress', 'submit-evidence': 'evidence-submitted', verify: 'verified', accept: 'accepted',
  return: 'returned',
};
const holderMoves = new Set(['acknowledge', 'ask-clarification', 'decline-authority', 'report', 'evidence-added', 'submit-evidence']);

/** All tasks of a directive in the states they have come to. */
export const insertLived = (tx: Tx, directive: string, at: string, tasks: readonly PlacedTask[]) => tx.run(sql`
  insert into directives.task (province, id, commune, directive, assignment, parent, depth, holder_office, holder_post, assigned_by, period, due_first, due_on, extension_asked_for, result_measure, state,
    version, percent, submitted_on, assigned_at, updated_at, entry_count, evidence_count, coordinating)
  select n.province, n.id, n.commune, ${directive}, n.assignment, n.parent, n.depth, n.holder_office, n.holder_post, n.assigned_by, '', n.due_on, n.due_on, n.asked, n.result_measure, n.state,
         n.entries + 1, n.percent, n.submitted_on, ${at}, ${at}, n.entries, n.evidence, a.coordinating
    from unnest(${tasks.map((t) => t.province)}::text[], ${tasks.map((t) => t.id)}::uuid[], ${tasks.map((t) => t.commune)}::text[], ${tasks.map((t) => t.assignment)}::uuid[],
           ${tasks.map((t) => t.parent)}::uuid[], ${tasks.map((t) => t.depth)}::smallint[], ${tasks.map((t) => t.holderOffice)}::text[], ${tasks.map((t) => t.holderPost)}::text[],
           ${tasks.map((t) => t.assignedBy)}::text[], ${tasks.map((t) => t.dueOn)}::date[], ${tasks.map((t) => t.extensionAskedFor)}::date[], ${tasks.map((t) => t.resultMeasure)}::text[],
           ${tasks.map((t) => t.state)}::text[], ${tasks.map((t) => t.percent)}::smallint[], ${tasks.map((t) => t.submittedOn)}::date[], ${tasks.map((t) => movesOf(t).length)}::int[],
           ${tasks.map((t) => (behind[t.state].includes('evidence-added') ? 1 : 0))}::int[])
           as n(province, id, commune, assignment, parent, depth, holder_office, holder_post, assigned_by, due_on, asked, result_measure, state, percent, submitted_on, entries, evidence)
    join directives.assignment a on a.province = n.province and a.id = n.assignment`);

/** Tasks above the communes and those of some provinces have their whole story; of the others the deciding steps are kept, to load in a moment. */
const wholeStories = new Set(['01', '04', '48', '79']);
const deciding = new Set(['submit-evidence', 'accept', 'ask-clarification', 'decline-authority', 'return']);
const movesOf = (task: PlacedTask): readonly string[] =>
  task.commune === null || wholeStories.has(task.province) ? behind[task.state] : behind[task.state].filter((move) => deciding.has(move));

type Told = { province: string; task: string; seq: number; at: string; office: string; kind: string; from: string; to: string; payload: string };

function storyOf(task: PlacedTask, issuedOn: PlainDate): Told[] {
  const submitted = task.submittedOn ?? addDays(issuedOn, 20);
  let state: string = 'assigned';
  return movesOf(task).map((kind, i) => {
    const from = state;
    state = stateAfter[kind] ?? state;
    const day = kind === 'acknowledge' || kind === 'decline-authority' ? addDays(issuedOn, 2) : kind === 'verify' || kind === 'return' ? addDays(submitted, 2) : kind === 'accept' ? addDays(submitted, 4) : submitted;
    const payload = kind === 'report' ? { percent: task.percent, text: 'Báo cáo tiến độ (dữ liệu mẫu)' } : kind === 'ask-clarification' || kind === 'decline-authority' || kind === 'return' ? { text: 'Nội dung mẫu' } : {};
    return { province: task.province, task: task.id, seq: i + 1, at: `${day}T03:00:00.000Z`, office: holderMoves.has(kind) ? task.holderOffice : task.assignedBy, kind, from, to: state, payload: JSON.stringify(payload) };
  });
}

/** Two statements a directive: all entries, and one document for each task whose state rests on evidence. */
export async function insertStory(tx: Tx, tasks: readonly PlacedTask[], issuedOn: PlainDate): Promise<void> {
  const told = tasks.flatMap((task) => storyOf(task, issuedOn));
  await tx.run(sql`
    insert into directives.entry (province, task, seq, at, office, kind, from_state, to_state, payload)
    select * from unnest(${told.map((e) => e.province)}::text[], ${told.map((e) => e.task)}::uuid[], ${told.map((e) => e.seq)}::int[], ${told.map((e) => e.at)}::timestamptz[],
      ${told.map((e) => e.office)}::text[], ${told.map((e) => e.kind)}::text[], ${told.map((e) => e.from)}::text[], ${told.map((e) => e.to)}::text[], ${told.map((e) => e.payload)}::jsonb[])`);
  const proven = tasks.filter((task) => behind[task.state].includes('evidence-added'));
  await tx.run(sql`
    insert into directives.evidence (province, task, id, kind, at, document_number, document_date, note)
    select e.province, e.task, e.task, 'document', e.on_day::timestamptz, e.number, e.on_day, 'Dữ liệu mẫu'
      from unnest(${proven.map((t) => t.province)}::text[], ${proven.map((t) => t.id)}::uuid[], ${proven.map((t) => t.submittedOn ?? addDays(issuedOn, 20))}::date[],
             ${proven.map((_, i) => `${i + 1}/BC-MAU`)}::text[]) as e(province, task, on_day, number)`);
}
