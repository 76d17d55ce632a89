/** One step for many cases of a province: a sitting of the council, a decision with its list, one notice. */
import type { Refusal } from '#kernel/result.ts';
import type { AreaStatus, CaseState, MoveInput, Outcome } from '../schema.ts';
import { areaStatuses } from '../schema.ts';
import { findCase } from '../store/cases.ts';
import { moveOne } from './move-case.ts';
import { proposing } from './proposing.ts';
import type { UseCase } from './scene.ts';

export type Many = { readonly cases: readonly { readonly id: string; readonly version: number }[]; readonly input: Omit<MoveInput, 'version'> & { readonly version?: number }; readonly asProposed?: boolean };
export type Answered = { readonly id: string; readonly ok: boolean; readonly code: string | null; readonly state: CaseState | null; readonly version: number | null };

const isStatus = (outcome: Outcome | undefined): outcome is AreaStatus => areaStatuses.some((one) => one === outcome);

/**
 * Each case gets its own answer; a refused one does not hold up the others, because a refusal is found before anything is written. In order of ids, so that two
 * who move the same cases lock them in the same order.
 */
export async function moveMany(use: UseCase, province: string, { cases, input, asProposed }: Many): Promise<{ done: number; answers: Answered[] }> {
  const proposed = asProposed === true ? await proposedOf(use, province, cases.map((one) => one.id)) : new Map<string, Outcome>();
  const answers: Answered[] = [];
  for (const one of [...cases].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const status = proposed.get(one.id);
    const own: MoveInput = { ...input, version: one.version, ...(asProposed === true && isStatus(status) ? { status } : {}) };
    const moved = asProposed === true && !isStatus(status) ? refusedAs({ code: 'status-missing' }) : await moveOne(use, { province, case: one.id }, own);
    answers.push(moved.ok ? { id: one.id, ok: true, code: null, state: moved.value.state, version: moved.value.version } : { id: one.id, ok: false, code: moved.problem.code, state: null, version: null });
  }
  return { done: answers.filter((one) => one.ok).length, answers };
}

const refusedAs = (problem: Refusal) => ({ ok: false as const, problem });

async function proposedOf({ tx, services, now }: UseCase, province: string, ids: readonly string[]): Promise<Map<string, Outcome>> {
  const rows = (await Promise.all(ids.map((id) => findCase(tx, province, id)))).filter((row) => row !== undefined);
  const statuses = new Map<string, Outcome>();
  for (const [period, own] of Map.groupBy(rows, (row) => row.period)) {
    const found = await proposing().propose({ db: services.db, period, units: own.map((row) => row.unit), at: now.at });
    for (const row of own) statuses.set(row.id, found.get(row.unit)?.approved.status ?? 'cannot-judge');
  }
  return statuses;
}
