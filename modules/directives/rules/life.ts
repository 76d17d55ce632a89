/** The life of a task: one table that draws the buttons and refuses on the server. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { MoveInput, TaskMove, TaskState } from '../schema.ts';

/** Who takes a move: the office that holds the task, whoever stands above it, or a checker who is not the reporter. */
export type Party = 'holder' | 'parent' | 'verifier' | 'either';

export const partyOf = {
  acknowledge: 'holder', 'ask-clarification': 'holder', 'answer-clarification': 'parent', 'decline-authority': 'holder', uphold: 'parent', report: 'holder', 'submit-evidence': 'holder',
  verify: 'verifier', return: 'verifier', accept: 'parent', 'ask-extension': 'holder', 'grant-extension': 'parent', 'refuse-extension': 'parent', amend: 'parent', withdraw: 'parent',
  comment: 'either',
} as const satisfies Record<TaskMove, Party>;

const extending = { 'ask-extension': 'same', 'grant-extension': 'same', 'refuse-extension': 'same' } as const;
const running = { ...extending, amend: 'same', withdraw: 'withdrawn', comment: 'same' } as const;

/** State × move -> next state; what is not here is not allowed. */
export const life = {
  assigned: { ...running, acknowledge: 'acknowledged', 'ask-clarification': 'clarification-asked', 'decline-authority': 'authority-declined' },
  acknowledged: {
    ...running, 'ask-clarification': 'clarification-asked', 'decline-authority': 'authority-declined', report: 'in-progress', 'submit-evidence': 'evidence-submitted',
  },
  'clarification-asked': { ...running, 'answer-clarification': 'acknowledged' },
  'authority-declined': { amend: 'same', withdraw: 'withdrawn', comment: 'same', uphold: 'assigned' },
  'in-progress': { ...running, 'ask-clarification': 'clarification-asked', report: 'in-progress', 'submit-evidence': 'evidence-submitted' },
  'evidence-submitted': { comment: 'same', verify: 'verified', return: 'returned', withdraw: 'withdrawn' },
  verified: { comment: 'same', accept: 'accepted', return: 'returned', withdraw: 'withdrawn' },
  accepted: { comment: 'same' },
  returned: { ...running, 'ask-clarification': 'clarification-asked', report: 'in-progress', 'submit-evidence': 'evidence-submitted' },
  withdrawn: { comment: 'same' },
} as const satisfies Record<TaskState, Partial<Record<TaskMove, TaskState | 'same'>>>;

/** What the actor is to the task (rules/standing.ts). `isReporter`: the account that submitted the evidence that stands. */
export type Stance = { readonly holder: boolean; readonly parent: boolean; readonly verifier: boolean; readonly isReporter: boolean };

/** What a move is decided from. `parentDueOn`: the due day of the task above, if there is one. */
export type TaskFacts = {
  readonly state: TaskState; readonly dueOn: PlainDate | null; readonly extensionAskedFor: PlainDate | null; readonly evidenceCount: number; readonly openChildren: number;
  readonly parentDueOn: PlainDate | null;
};

const nextOf = (state: TaskState, move: TaskMove): TaskState | 'same' | undefined => {
  const moves: Partial<Record<TaskMove, TaskState | 'same'>> = life[state];
  return moves[move];
};

function isParty(move: TaskMove, stance: Stance): boolean {
  const party: Party = partyOf[move];
  switch (party) {
    case 'holder': return stance.holder;
    case 'parent': return stance.parent;
    case 'verifier': return stance.verifier && !stance.isReporter;
    case 'either': return stance.holder || stance.parent || stance.verifier;
  }
}

const pendingFits = (move: TaskMove, asked: PlainDate | null): boolean =>
  move === 'ask-extension' ? asked === null : move === 'grant-extension' || move === 'refuse-extension' ? asked !== null : true;

/** The moves open to this actor now, in the order buttons stand. */
export function movesOpen(task: TaskFacts, stance: Stance): TaskMove[] {
  const moves = Object.keys(partyOf) as TaskMove[]; // keys of the table above
  return moves.filter((move) =>
    nextOf(task.state, move) !== undefined && isParty(move, stance) && pendingFits(move, task.extensionAskedFor) &&
    (move !== 'accept' || !stance.isReporter) && (move !== 'ask-extension' || task.dueOn !== null));
}

export type MoveRefusal = {
  readonly code:
    | 'move-not-allowed' | 'not-the-holder' | 'not-the-parent' | 'verifier-is-reporter' | 'reason-missing' | 'percent-missing' | 'evidence-missing' | 'extension-missing'
    | 'extension-not-later' | 'due-after-parent' | 'children-open';
};
/** What a move changes. Left out = unchanged. */
export type MoveEffect = { readonly state: TaskState; readonly dueOn?: PlainDate; readonly extensionAskedFor?: PlainDate | null; readonly percent?: number };

const saysWhy = new Set<TaskMove>(['ask-clarification', 'answer-clarification', 'decline-authority', 'uphold', 'report', 'return', 'ask-extension', 'refuse-extension', 'amend', 'withdraw', 'comment']);

/**
 * Decides one move.
 *
 * A task with children may be submitted only when none of them is open: its progress is theirs. The evidence is checked and accepted by
 * other accounts than the one that reported (separation of duties, SECURITY R16). An extension never passes the parent's due day.
 */
export function decideMove(task: TaskFacts, stance: Stance, input: MoveInput): Result<MoveEffect, MoveRefusal> {
  const { move } = input;
  const to = nextOf(task.state, move);
  if (to === undefined || !pendingFits(move, task.extensionAskedFor)) return refuse({ code: 'move-not-allowed' });
  if ((move === 'verify' || move === 'return' || move === 'accept') && stance.isReporter) return refuse({ code: 'verifier-is-reporter' });
  if (!isParty(move, stance)) return refuse({ code: partyOf[move] === 'holder' ? 'not-the-holder' : 'not-the-parent' });
  if (saysWhy.has(move) && (input.text ?? '').trim() === '') return refuse({ code: 'reason-missing' });
  const state = to === 'same' ? task.state : to;
  switch (move) {
    case 'report': return input.percent === undefined ? refuse({ code: 'percent-missing' }) : ok({ state, percent: input.percent });
    case 'submit-evidence': return decideSubmission(task, state);
    case 'accept': return ok({ state, percent: 100, extensionAskedFor: null });
    case 'ask-extension': return decideExtension(task, input.until, (until) => ({ state, extensionAskedFor: until }));
    case 'grant-extension': return decideExtension(task, input.until ?? task.extensionAskedFor ?? undefined, (until) => ({ state, dueOn: until, extensionAskedFor: null }));
    case 'refuse-extension': return ok({ state, extensionAskedFor: null });
    case 'amend': return decideAmendment(task, state, input.dueOn);
    case 'withdraw': return ok({ state, extensionAskedFor: null });
    default: return ok({ state });
  }
}

function decideSubmission(task: TaskFacts, state: TaskState): Result<MoveEffect, MoveRefusal> {
  if (task.openChildren > 0) return refuse({ code: 'children-open' });
  return task.evidenceCount === 0 ? refuse({ code: 'evidence-missing' }) : ok({ state });
}

function decideExtension(task: TaskFacts, until: PlainDate | undefined, effect: (until: PlainDate) => MoveEffect): Result<MoveEffect, MoveRefusal> {
  if (until === undefined) return refuse({ code: 'extension-missing' });
  if (task.dueOn !== null && until <= task.dueOn) return refuse({ code: 'extension-not-later' });
  if (task.parentDueOn !== null && until > task.parentDueOn) return refuse({ code: 'due-after-parent' });
  return ok(effect(until));
}

function decideAmendment(task: TaskFacts, state: TaskState, dueOn: PlainDate | undefined): Result<MoveEffect, MoveRefusal> {
  if (dueOn !== undefined && task.parentDueOn !== null && dueOn > task.parentDueOn) return refuse({ code: 'due-after-parent' });
  return ok({ state, ...(dueOn === undefined ? {} : { dueOn }) });
}
