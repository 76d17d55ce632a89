/**
 * Evidence goes on moving after a person has concluded. Nothing that was decided changes by itself: the case says that its evidence moved, and where a
 * recognised area breaks a criterion a review is opened, once, for persons to decide. Listens to returns and to the register of places.
 */
import { hash } from 'node:crypto';
import type { Now } from '#kernel/clock.ts';
import type { StoredEvent } from '#platform/events/publish.ts';
import { publish } from '#platform/events/publish.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Services } from '#platform/services.ts';
import { getUnit } from '#modules/org-units/index.ts';
import { periodRunningOn } from '../rules/procedure-days.ts';
import type { CriterionNoted, Proposal, ReviewCause } from '../schema.ts';
import { appendEntry } from '../store/acts.ts';
import { findOpenReview, insertCase, touchCase, watchedOf, type CaseStored } from '../store/cases.ts';
import { newCase } from './open-case.ts';
import { proposing, type Proposed } from './proposing.ts';
import { logCase } from './scene.ts';

type Watched = Awaited<ReturnType<typeof watchedOf>>[number];
type Machine = { readonly tx: Tx; readonly now: Now; readonly services: Services };

/** Units an event speaks of, by province: keys of returns, or a place of the register. Anything else says nothing. */
function unitsIn(events: readonly StoredEvent[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const note = (province: string, unit: unknown): void => {
    if (typeof unit !== 'string') return;
    const own = found.get(province) ?? new Set<string>();
    found.set(province, own.add(unit));
  };
  for (const { province, payload } of events) {
    for (const key of Array.isArray(payload['keys']) ? payload['keys'] : []) if (typeof key === 'object' && key !== null && 'unit' in key) note(province, key.unit);
    note(province, payload['commune']);
    for (const commune of Array.isArray(payload['communes']) ? payload['communes'] : []) note(province, commune);
  }
  return found;
}

/** Told of every return received or decided and every place that moved; most concern areas without a status and end at the first question. */
export async function watchEvidence(tx: Tx, events: readonly StoredEvent[], now: Now, services: Services): Promise<void> {
  const machine = { tx, now, services };
  for (const [province, units] of unitsIn(events)) {
    const watched = await watchedOf(tx, province, [...units, province]);
    if (watched.length === 0) continue;
    const running = periodRunningOn(now.today);
    const proposals = new Map<string, ReadonlyMap<string, Proposed>>();
    for (const period of new Set([running, ...watched.map((row) => row.period)])) {
      proposals.set(period, await proposing().propose({ db: services.db, period, units: [...new Set(watched.map((row) => row.unit))], at: now.at }));
    }
    for (const row of watched) await look(machine, row, { own: proposals.get(row.period)?.get(row.unit), running: proposals.get(running)?.get(row.unit) });
  }
}

async function look(machine: Machine, row: Watched, { own, running }: { readonly own: Proposed | undefined; readonly running: Proposed | undefined }): Promise<void> {
  const signed = row.conclusion?.proposal;
  if (signed?.digest === '') return lookOnward(machine, row, running); // taken over without the trace it was decided from
  if (own !== undefined && signed !== undefined && own.approved.digest !== (row.seenDigest ?? signed.digest)) await noteMoved(machine, row, own.approved, signed);
  if (row.held === null) return;
  if (own !== undefined && signed !== undefined && own.approved.status !== signed.status && own.approved.digest !== signed.digest) await openReview(machine, row, { period: row.period, cause: 'evidence-changed', proposal: own.approved });
  else await lookOnward(machine, row, running);
}

/** A recognised area that breaks a criterion in the period that runs. */
async function lookOnward(machine: Machine, row: Watched, running: Proposed | undefined): Promise<void> {
  if (row.held === 'drug-free' && running !== undefined && broken(running.reported).length > 0) await openReview(machine, row, { period: periodRunningOn(machine.now.today), cause: 'criterion-broken', proposal: running.reported });
}

/** Tests of Article 6 that are certainly not met; what cannot be judged breaks nothing. */
const broken = (proposal: Proposal): CriterionNoted[] => proposal.criteria.filter((one) => one.id.startsWith('drug-free.') && one.verdict === 'not-met');

/** Said once for each state of the evidence; the decision and what it stood on stay as they were signed. */
async function noteMoved({ tx, now }: Machine, row: Watched, proposal: Proposal, signed: Proposal): Promise<void> {
  await touchCase(tx, row.province, row.id, proposal.digest, now.at);
  await appendEntry(tx, { province: row.province, caseId: row.id }, { move: 'evidence-changed', fromState: row.state, toState: row.state, status: null, text: '', account: null, office: null, post: null, at: now.at });
  await logCase({ tx, now, actor: 'system' }, row, { action: 'classification.evidence-changed', before: signed, after: proposal, facts: { back: proposal.digest === signed.digest } });
}

type Cause = { readonly period: string; readonly cause: ReviewCause; readonly proposal: Proposal };
async function openReview({ tx, now }: Machine, row: Watched, { period, cause, proposal }: Cause): Promise<void> {
  const unit = await getUnit(tx, row.unit, now.today);
  if (!unit.ok || unit.value.unitId !== row.unitId || (await findOpenReview(tx, row.province, row.unitId)) !== undefined) return;
  const criteria = broken(proposal).map((one) => one.id).join(', ');
  const opened: CaseStored = { ...newCase(unit.value, { period, kind: 'review', cause, causeText: criteria }, now.at), proposed: proposal.status, seenDigest: hash('sha256', proposal.digest) };
  if ((await insertCase(tx, opened)) === 0) return;
  await appendEntry(tx, { province: row.province, caseId: opened.id }, { move: 'opened', fromState: null, toState: 'preparing', status: null, text: criteria, account: null, office: null, post: null, at: now.at });
  await logCase({ tx, now, actor: 'system' }, opened, { action: 'classification.review-opened', after: proposal, facts: { cause, of: row.id } });
  await publish(tx, now.at, [{ province: row.province, type: 'classification.review-opened', payload: { case: opened.id, unit: row.unit, level: row.level, period, cause } }]);
}
