/** The engine as the procedure hears it: one status, its criteria, and a digest of what they stand on. */
import { hash } from 'node:crypto';
import { vietnamDay } from '#kernel/day.ts';
import type { Actor } from '#kernel/actor.ts';
import { asId } from '#kernel/id.ts';
import { RefusalError } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Services } from '#platform/services.ts';
import { numberIn } from '#modules/indicators/schema.ts';
import type { BesideFigure, Criterion, CriterionNoted, Proposal, Threshold } from '../schema.ts';
import { besideFigures, besideFor, besideOf } from './beside.ts';
import { frameOf } from './frame.ts';
import { nationOf } from './nation.ts';
import { look, materialOf, type Found } from './verdict.ts';

export type Proposed = { readonly approved: Proposal; readonly reported: Proposal };
export type Asking = { readonly db: Database; readonly period: string; readonly units: readonly string[]; readonly at: string };

const thresholdText = (threshold: Threshold | null): string => {
  if (threshold === null) return '';
  if (threshold.equals !== null) return `= ${threshold.equals}`;
  return [threshold.atLeast === null ? '' : `≥ ${threshold.atLeast}`, threshold.below === null ? '' : `< ${threshold.below}`].filter((part) => part !== '').join(', ');
};

/** A criterion of several parts is noted by the one that keeps it from being met, or by its first. */
function noted(criterion: Criterion): CriterionNoted {
  const part = criterion.parts.find((one) => one.verdict === criterion.verdict && one.verdict !== 'met') ?? criterion.parts[0];
  return { id: criterion.id, article: criterion.article, quantity: part?.quantity ?? criterion.quantity, verdict: criterion.verdict, value: part?.value ?? { missing: true }, threshold: thresholdText(part?.threshold ?? null) };
}

/** The answer and every value it stands on, whatever the readings: equal digests mean that nothing a person concluded from has moved. */
const digestOf = (found: Found): string => hash('sha256', JSON.stringify([found.outcome, found.groups.map((group) => group.criteria.map((one) => [one.id, one.verdict, one.parts.map((part) => [part.quantity, numberIn(part.value), part.inPeriod === null ? null : numberIn(part.inPeriod), part.verdict])]))]));

const proposalOf = (found: Found, standing: 'approved' | 'reported', at: string): Proposal => ({ status: found.outcome, standing, digest: digestOf(found), at, criteria: found.groups.flatMap((group) => group.criteria.map(noted)) });

/** Proposals for some units of a period, read as the machinery: what a reader gets of them is decided above. A period without criteria has none. */
export async function propose({ db, period, units, at }: Asking): Promise<ReadonlyMap<string, Proposed>> {
  try {
    return await db.read('system', async (tx) => {
      const frame = await frameOf(tx, period, vietnamDay(new Date(at)));
      const { source } = nationOf(db);
      const found = new Map<string, Proposed>();
      for (const code of units) {
        const unit = frame.places.byCode.get(code);
        if (unit === undefined || (unit.depth !== 2 && unit.depth !== 3)) continue;
        const material = await materialOf(tx, frame, unit, source);
        found.set(code, { approved: proposalOf(look(material, { standing: 'approved', hidden: false }), 'approved', at), reported: proposalOf(look(material, { standing: 'reported', hidden: false }), 'reported', at) });
      }
      return found;
    });
  } catch (error) {
    if (error instanceof RefusalError) return new Map(); // no criteria in force then, or no programme: nothing can be judged
    throw error;
  }
}

/** As anybody reads figures: nobody's unit, so that small protected counts are hidden (SECURITY E4, E13). */
export const publicReader: Actor = {
  account: asId<'Account'>('00000000-0000-4000-8000-000000000000'), session: asId<'Session'>('00000000-0000-4000-8000-000000000000'), name: 'public', language: 'vi', grants: [{ role: 'national-analyst', office: 'PUBLIC', post: 'reader', reach: { level: 'nation' } }],
};

/** The figures of E13 of a province and period, as the public may see them; none when the programme names none. */
export async function beside({ services, period, province, at }: { readonly services: Services; readonly period: string; readonly province: string; readonly at: string }): Promise<readonly BesideFigure[]> {
  const use = { actor: publicReader, now: { at, today: vietnamDay(new Date(at)) }, services, language: 'vi' as const };
  try {
    const frame = await services.db.read('system', (tx) => frameOf(tx, period, use.now.today));
    return besideFigures(await besideFor(use, frame, province, 'self'), province, besideOf(frame, 'vi'));
  } catch (error) {
    if (error instanceof RefusalError) return [];
    throw error;
  }
}
