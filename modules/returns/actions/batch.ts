/**
 * One batch: every waiting command in one transaction and one commit. Lock, decide each, save all, add to the sums, log, publish.
 *
 * It runs as `system`, because row security knows one actor a transaction and a batch has many. So nothing here may be shown or written
 * for a sender before the code has asked that sender's own grants: `decideSubmit` and `decideDecision` begin with it, what they answer
 * goes to that sender only, and access.test.ts proves that a batch of mixed senders lets none through (SECURITY R12).
 */
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { append } from '#platform/events/append.ts';
import { record } from '#platform/log/record.ts';
import { refuse, type Result } from '#kernel/result.ts';
import { keyText, type Committed, type ReturnKey } from '../schema.ts';
import { decodeChanges } from '../rules/delta.ts';
import type { FormRefusal } from '../rules/form.ts';
import { addDelta, nodeText, type NodeDelta } from '../rules/roll-up.ts';
import { periodsNeeded, type History } from '../rules/validation.ts';
import { insertActs, insertApprovals, listApprovals, listMakers, type StoredApproval } from '../store/approvals.ts';
import {
  changesAfter, findGiven, insertReceipts, insertReturns, insertRevisions, lockNodes, lockReturns, makeNodes, moveKnownNodes, planByKey, refuseGiven, saveNodes, stepVersions, updateKnownReturns, updateReturns, updateStandings, type Given, type Locked, type NodeVector, type Transaction,
} from '../store/batch.ts';
import { replaceViolations } from '../store/violations.ts';
import type { Answer, Command, Decide, Submit } from './command.ts';
import { decideDecision } from './decide-decision.ts';
import { decideSubmit } from './decide-submission.ts';
import type { Contents } from './contents.ts';
import type { FormOn, Forms } from './forms.ts';
import type { KeptSums } from './kept-sums.ts';
import { historiesOf } from './past.ts';
import { Plan } from './plan.ts';

export type BatchDone = { readonly answers: readonly Answer[]; readonly committed: readonly Committed[]; readonly told: boolean };

/** What a process brings to its batches. */
export type BatchSite = { readonly db: Database; readonly forms: Forms; readonly contents: Contents; readonly sums: KeptSums; readonly server: { started: string | null } };

/** @param commands one a return at most */
export async function runBatch(site: BatchSite, commands: readonly Command[]): Promise<BatchDone> {
  const { db, contents } = site;
  const plan = new Plan();
  const ordered = commands.map((command, place) => ({ command, place, text: keyText(command.key) })).sort((a, b) => (a.text < b.text ? -1 : 1));
  const answers = new Array<Answer>(commands.length);
  const saving = new Saving(site);
  let leaves: readonly string[] = [];
  try {
    await db.batch(async (tx) => {
      const facts = await readFacts(tx, site, ordered.map((one) => one.command));
      ordered.forEach(({ command, place }, at) => { answers[place] = decide(plan, facts, command, place, at); });
      if (facts.numbers !== undefined && plan.inserts.length + plan.updates.length < commands.length) throw new LookAgain();
      ({ leaves } = tx);
      saving.transaction = facts.transaction;
      await save(tx, plan, saving, facts.numbers);
    });
    await saving.committed(plan);
  } catch (error) {
    saving.failed(error);
    contents.clear();
    contents.doubt(commands.map((command) => command.key));
    throw error;
  } finally {
    saving.ended();
  }
  plan.leaves.forEach(({ command }, i) => {
    const [answer, leaf] = [answers[command], leaves[i]];
    if (answer !== undefined && leaf !== undefined) answers[command] = { ...answer, leaf };
  });
  return { answers, committed: plan.committed, told: plan.received.length > 0 || plan.decided.length > 0 };
}

/** Nobody is refused, and nobody told that nothing changed, by what the process remembers: the rows are locked and looked at. */
class LookAgain extends Error {
  readonly code = '40001';
}

/** Everything the decisions look at. The rows are locked, or the server writes them only as they were believed: it is true at the commit. */
type Facts = {
  readonly transaction: Promise<Transaction>;
  /** Of believed returns the transactions that wrote them, by key; undefined: the rows are locked. */
  readonly numbers?: ReadonlyMap<string, string>;
  readonly locked: ReadonlyMap<number, Locked>; readonly given: ReadonlyMap<string, Given>; readonly forms: ReadonlyMap<string, Result<FormOn, FormRefusal>>;
  readonly changedSince: ReadonlyMap<number, ReadonlySet<number>>; readonly histories: ReadonlyMap<string, History>;
  readonly approvals: ReadonlyMap<string, readonly StoredApproval[]>; readonly makers: ReadonlyMap<string, ReadonlySet<string>>;
};
const nothing: ReadonlySet<number> = new Set();
const noHistory: History = new Map();
const formKey = ({ dataSet, period }: ReturnKey): string => `${dataSet}/${period}`;

const provincesOf = (submits: readonly Submit[]): string[] => [...new Set(submits.map((one) => one.key.province))];
async function read(tx: Tx, { contents, server }: BatchSite, commands: readonly Command[]): Promise<[Transaction, Map<number, Locked>, Given[]]> {
  const keys = commands.map((command) => command.key);
  const submits = commands.filter((command): command is Submit => command.kind === 'submit');
  return Promise.all([
    planByKey(tx, server.started), lockReturns(tx, keys, keys.map((key) => contents.of(key))),
    submits.length === 0 ? [] : findGiven(tx, provincesOf(submits), submits.map((one) => one.commandId)),
  ]);
}

async function readFacts(tx: Tx, site: BatchSite, commands: readonly Command[]): Promise<Facts> {
  const keys = commands.map((command) => command.key);
  const submits = commands.filter((command): command is Submit => command.kind === 'submit');
  const decides = commands.filter((command): command is Decide => command.kind === 'decide');
  const { forms, contents, server } = site;
  const found = new Map<string, Result<FormOn, FormRefusal>>();
  const believed = contents.believed(commands);
  const reading = believed === undefined ? read(tx, site, commands) : undefined;
  reading?.catch(() => undefined); // awaited below; a fault before then must not count as nobody's
  for (const key of keys) if (!found.has(formKey(key))) found.set(formKey(key), await forms.on(tx, key.dataSet, key.period));
  if (believed !== undefined && [...found.values()].every((on) => on.ok && periodsNeeded(on.value.form).length === 0)) {
    const transaction = planByKey(tx, server.started);
    tx.last(transaction, refuseGiven(tx, provincesOf(submits), submits.map((one) => one.commandId)));
    return {
      transaction, numbers: new Map(keys.flatMap((key, at) => { const held = believed.get(at); return held === undefined ? [] : [[keyText(key), held.number]]; })), locked: believed, forms: found,
      given: new Map(), changedSince: new Map(), histories: new Map(), approvals: new Map(), makers: new Map(),
    };
  }
  const [transaction, locked, given] = await (reading ?? read(tx, site, commands));
  const changedSince = new Map<number, ReadonlySet<number>>();
  for (const [at, command] of commands.entries()) {
    const rev = locked.get(at)?.rev ?? 0;
    if (command.kind !== 'submit' || command.submission.baseRev >= rev) continue;
    const later = await changesAfter(tx, command.key, command.submission.baseRev);
    changedSince.set(at, new Set(later.flatMap((bytes) => decodeChanges(bytes).map(([slot]) => slot))));
  }
  const asking = submits.flatMap(({ key }) => { const on = found.get(formKey(key)); return on?.ok === true && periodsNeeded(on.value.form).length > 0 ? [{ key, on: on.value, periods: periodsNeeded(on.value.form) }] : []; });
  const decideKeys = decides.map((one) => one.key);
  return {
    transaction: Promise.resolve(transaction), locked, forms: found, changedSince, given: new Map(given.map((one) => [`${one.by}/${one.command}`, one])),
    histories: asking.length === 0 ? new Map() : await historiesOf(tx, forms, asking), approvals: await listApprovals(tx, decideKeys), makers: await listMakers(tx, decideKeys),
  };
}

function decide(plan: Plan, facts: Facts, command: Command, place: number, at: number): Answer {
  const text = keyText(command.key);
  const on = facts.forms.get(formKey(command.key));
  const locked = facts.locked.get(at);
  if (command.kind === 'decide') return { kind: 'decide', verdict: decideDecision(plan, {
    command, place, locked, on: on?.ok === true ? on.value : undefined, history: facts.approvals.get(text) ?? [], makers: facts.makers.get(text) ?? new Set(),
  }) };
  if (on === undefined) return { kind: 'submit', result: refuse({ code: 'data-set-unknown' }) };
  if (!on.ok) return { kind: 'submit', result: on };
  return { kind: 'submit', result: decideSubmit(plan, {
    command, place, on: on.value, locked, given: facts.given.get(`${command.actor.account}/${command.commandId}`), changedSince: facts.changedSince.get(at) ?? nothing, history: facts.histories.get(text) ?? noHistory,
  }) };
}

/** What a batch does to the sums kept here, and when: in its turn, believed after the commit only. */
class Saving {
  readonly sums: KeptSums;
  readonly #site: BatchSite;
  deltas: readonly NodeDelta[] = [];
  vectors: readonly NodeVector[] = [];
  transaction: Promise<Transaction> | undefined;
  /** Ends the turn. */
  ended: () => void = () => undefined;
  constructor(site: BatchSite) {
    this.#site = site;
    this.sums = site.sums;
  }
  async committed(plan: Plan): Promise<void> {
    const { contents, server } = this.#site;
    const transaction = await this.transaction;
    if (transaction === undefined) return;
    const { number, started } = transaction;
    if (server.started !== null && server.started !== started) return; // learnt by a neighbour from another server
    server.started = started;
    this.sums.keep(this.vectors, number);
    for (const one of [...plan.inserts, ...plan.updates]) contents.keep(one, number);
    for (const one of plan.standings) contents.forget(one.key);
  }
  failed(error: unknown): void {
    this.#site.server.started = null;
    this.sums.distrust(this.deltas.length > 0 && typeof error === 'object' && error !== null && 'code' in error && error.code === '40001');
  }
}

/** Packed rows and revisions first, sums last: the vectors of the nation and of provinces are what batches wait for each other at. */
async function save(tx: Tx, plan: Plan, saving: Saving, numbers: ReadonlyMap<string, string> | undefined): Promise<void> {
  const at = plan.revisions[0]?.at ?? plan.approvals[0]?.at ?? [...plan.acts.values()][0]?.at;
  if (at === undefined) return insertReceipts(tx, plan.receipts);
  const deltas = plan.deltas.sorted();
  saving.deltas = deltas;
  saving.ended = await saving.sums.turn(plan.touched());
  const known = saving.sums.of(deltas, addDelta);
  // Sent together: none waits for the answer of the one before.
  const writing = [
    insertReturns(tx, plan.inserts), numbers === undefined ? updateReturns(tx, plan.updates) : updateKnownReturns(tx, plan.updates, plan.updates.map((one) => numbers.get(keyText(one.key)) ?? '0')), updateStandings(tx, plan.standings), insertRevisions(tx, plan.revisions), insertReceipts(tx, plan.receipts), insertApprovals(tx, plan.approvals), insertActs(tx, [...plan.acts.values()]),
    record(tx, plan.leaves.map((one) => one.leaf)), append(tx, at, eventsOf(plan)), replaceViolations(tx, 'rule', plan.checked, plan.violations, at),
  ];
  if (known !== undefined) {
    saving.vectors = known.vectors;
    tx.last(...writing, moveKnownNodes(tx, known.vectors, known.numbers), stepVersions(tx, plan.touched(), at));
    return;
  }
  const [nodes] = await Promise.all([lockNodes(tx, deltas), ...writing]);
  const missing = deltas.filter((delta) => !nodes.has(nodeText(delta.key)));
  if (missing.length > 0) { // the first return of a period makes its nodes; a batch beside ours may be making the same ones
    await makeNodes(tx, missing);
    for (const [text, state] of await lockNodes(tx, missing)) nodes.set(text, state);
  }
  const vectors = deltas.map((delta) => ({ delta, state: addDelta(nodes.get(nodeText(delta.key)), delta) }));
  saving.vectors = vectors;
  tx.last(saveNodes(tx, vectors), stepVersions(tx, plan.touched(), at));
}

/** One event a province and kind: consumers are idempotent by key and revision, so they may be told together. */
function eventsOf(plan: Plan): { province: string; type: string; payload: { keys: readonly ReturnKey[] } }[] {
  const of = (type: string, keys: readonly ReturnKey[]) => [...Map.groupBy(keys, (key) => key.province)].map(([province, own]) => ({ province, type, payload: { keys: own } }));
  return [...of('returns.received', plan.received), ...of('returns.decided', plan.decided)];
}
