/** The bulk statements of the demonstration: what tasks have lived through, with the entries and evidence that their states ask for. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { TaskNew } from '../store/tasks.ts';
import type { Lived } from './states.ts';

export type LivedTask = TaskNew & Lived & { readonly dueOn: PlainDate };

export const markSynthetic = (tx: Tx, directive: string) => tx.run(sql`update directives.directive set demonstration = true where province = '00' and id = ${directive}`);

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

export const liveTasks = (tx: Tx, province: string, tasks: readonly LivedTask[]) => tx.run(sql`
  update directives.task t set state = n.state, percent = n.percent, submitted_on = n.submitted_on, extension_asked_for = n.asked, entry_count = n.entries, evidence_count = n.evidence, version = n.entries + 1
    from unnest(${tasks.map((t) => t.id)}::uuid[], ${tasks.map((t) => t.state)}::text[], ${tasks.map((t) => t.percent)}::smallint[], ${tasks.map((t) => t.submittedOn)}::date[],
           ${tasks.map((t) => t.extensionAskedFor)}::date[], ${tasks.map((t) => behind[t.state].length)}::int[], ${tasks.map((t) => (behind[t.state].includes('evidence-added') ? 1 : 0))}::int[])
           as n(id, state, percent, submitted_on, asked, entries, evidence)
   where t.province = ${province} and t.id = n.id`);

type Told = { task: string; seq: number; at: string; office: string; kind: string; from: string; to: string; payload: string };

function storyOf(task: LivedTask, issuedOn: PlainDate): Told[] {
  const submitted = task.submittedOn ?? addDays(issuedOn, 20);
  let state: string = 'assigned';
  return behind[task.state].map((kind, i) => {
    const from = state;
    state = stateAfter[kind] ?? state;
    const day = kind === 'acknowledge' || kind === 'decline-authority' ? addDays(issuedOn, 2) : kind === 'verify' || kind === 'return' ? addDays(submitted, 2) : kind === 'accept' ? addDays(submitted, 4) : submitted;
    const payload = kind === 'report' ? { percent: task.percent, text: 'Báo cáo tiến độ (dữ liệu mẫu)' } : kind === 'ask-clarification' || kind === 'decline-authority' || kind === 'return' ? { text: 'Nội dung mẫu' } : {};
    return { task: task.id, seq: i + 1, at: `${day}T03:00:00.000Z`, office: holderMoves.has(kind) ? task.holderOffice : task.assignedBy, kind, from, to: state, payload: JSON.stringify(payload) };
  });
}

/** Two statements a province: all entries, and one document for each task whose state rests on evidence. */
export async function insertStory(tx: Tx, province: string, tasks: readonly LivedTask[], issuedOn: PlainDate): Promise<void> {
  const told = tasks.flatMap((task) => storyOf(task, issuedOn));
  await tx.run(sql`
    insert into directives.entry (province, task, seq, at, office, kind, from_state, to_state, payload)
    select ${province}, e.task, e.seq, e.at, e.office, e.kind, e.from_state, e.to_state, e.payload
      from unnest(${told.map((e) => e.task)}::uuid[], ${told.map((e) => e.seq)}::int[], ${told.map((e) => e.at)}::timestamptz[], ${told.map((e) => e.office)}::text[], ${told.map((e) => e.kind)}::text[],
             ${told.map((e) => e.from)}::text[], ${told.map((e) => e.to)}::text[], ${told.map((e) => e.payload)}::jsonb[]) as e(task, seq, at, office, kind, from_state, to_state, payload)`);
  const proven = tasks.filter((task) => behind[task.state].includes('evidence-added'));
  await tx.run(sql`
    insert into directives.evidence (province, task, id, kind, at, document_number, document_date, note)
    select ${province}, e.task, e.task, 'document', e.on_day::timestamptz, e.number, e.on_day, 'Dữ liệu mẫu'
      from unnest(${proven.map((t) => t.id)}::uuid[], ${proven.map((t) => t.submittedOn ?? addDays(issuedOn, 20))}::date[], ${proven.map((_, i) => `${i + 1}/BC-MAU`)}::text[]) as e(task, on_day, number)`);
}
