/** Approval as a state machine: which decision is possible, and where it leads. Every decision signs the content it saw. */
import { ok, refuse, type Result } from '#kernel/result.ts';
import { standings, type Step, type Verdict } from '../schema.ts';

export type PastApproval = { readonly seq: number; readonly step: Step; readonly verdict: Verdict; readonly sections: readonly string[] | null; readonly contentHash: string; readonly standingAfter: number };
export type DecisionCase = {
  readonly standing: number; readonly steps: readonly Step[]; readonly allSections: readonly string[]; readonly history: readonly PastApproval[];
  readonly step: Step; readonly verdict: Verdict; readonly sections: readonly string[] | null; readonly reason: string;
  /** SHA-256 of the present content, whole (null) or of some sections. */
  readonly hashOf: (sections: readonly string[] | null) => string;
  /** True when the decider took part in making this return (SECURITY R16). */
  readonly own: boolean;
};
export type DecisionRefusal = {
  readonly code: 'own-return' | 'step-not-in-data-set' | 'step-before-missing' | 'already-approved' | 'not-approved' | 'later-step-approved' | 'reason-missing' | 'section-unknown';
};
/** `standing` after it; `complete` false when only some sections are approved at this step yet. */
export type Decided = { readonly standing: number; readonly complete: boolean; readonly contentHash: string };

export function decideApproval(one: DecisionCase): Result<Decided, DecisionRefusal> {
  if (!one.steps.includes(one.step)) return refuse({ code: 'step-not-in-data-set' });
  if (one.sections?.some((id) => !one.allSections.includes(id)) === true) return refuse({ code: 'section-unknown' });
  if ((one.verdict === 'return' || one.verdict === 'unapprove') && one.reason.trim() === '') return refuse({ code: 'reason-missing' });
  switch (one.verdict) {
    case 'approve': case 'accept': return approve(one);
    case 'return': return giveBack(one);
    case 'unapprove': return unapprove(one);
  }
}

function approve(one: DecisionCase): Result<Decided, DecisionRefusal> {
  const goal = standings[one.step];
  if (one.own) return refuse({ code: 'own-return' });
  if (one.standing >= goal) return refuse({ code: 'already-approved' });
  const before = one.steps.slice(0, one.steps.indexOf(one.step)).at(-1);
  // What was given back is its unit's to send again, changed or not: no step approves it meanwhile.
  if (one.standing < (before === undefined ? standings.sent : standings[before])) return refuse({ code: 'step-before-missing' });
  const covered = one.sections === null ? new Set(one.allSections) : new Set([...sectionsApproved(one, one.step), ...one.sections]);
  const complete = one.allSections.every((id) => covered.has(id));
  return ok({ standing: complete ? goal : one.standing, complete, contentHash: one.hashOf(one.sections) });
}

/** A step gives back what has not gone past it. */
function giveBack(one: DecisionCase): Result<Decided, DecisionRefusal> {
  if (one.standing > standings[one.step]) return refuse({ code: 'later-step-approved' });
  if (one.standing === standings.returned) return refuse({ code: 'not-approved' });
  return ok({ standing: standings.returned, complete: true, contentHash: one.hashOf(one.sections) });
}

/** Back to the step before, when that approval still covers the content; else to "sent". */
function unapprove(one: DecisionCase): Result<Decided, DecisionRefusal> {
  const at = standings[one.step];
  if (one.standing > at) return refuse({ code: 'later-step-approved' });
  if (one.standing < at) return refuse({ code: 'not-approved' });
  const earlier = one.steps.slice(0, one.steps.indexOf(one.step)).reverse().find((step) => {
    const covered = sectionsApproved(one, step);
    return one.allSections.every((id) => covered.has(id));
  });
  return ok({ standing: earlier === undefined ? standings.sent : standings[earlier], complete: true, contentHash: one.hashOf(null) });
}

/** Sections whose approval at a step still holds: given after the last return or un-approval of that step, and unchanged since. */
export function sectionsApproved({ history, allSections, hashOf }: Pick<DecisionCase, 'history' | 'allSections' | 'hashOf'>, step: Step): Set<string> {
  const covered = new Set<string>();
  for (const past of history) {
    if (past.verdict === 'return' || (past.verdict === 'unapprove' && past.step === step)) covered.clear();
    else if (past.step === step && past.verdict !== 'unapprove' && past.contentHash === hashOf(past.sections)) for (const id of past.sections ?? allSections) covered.add(id);
  }
  return covered;
}
