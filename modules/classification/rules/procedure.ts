/**
 * The state table of the yearly procedure: which step leads from which state to which, whose step it is, and what stands in its way. Drawn as buttons by
 * the screens, refused by the same words on the server. The engine proposes; every status here is a person's act (Decision 28/2025/QĐ-TTg, Articles 7, 9).
 */
import type { PlainDate } from '#kernel/day.ts';
import type { AreaStatus, CaseKind, AreaCaseMove, CaseState, MoveInput, Outcome } from '../schema.ts';
import { caseMoves } from '../schema.ts';

/** Whose step: the unit's head; the office of the level that decides; a member of its council; its chair; one of the two who sign; its head; who objects; anybody who acts in the case. */
export type Party = 'unit-head' | 'office' | 'seat' | 'chair' | 'signer' | 'head' | 'objector' | 'involved';
type Step = { readonly from: Partial<Record<CaseState, CaseState | 'same'>>; readonly party: Party; readonly kind?: CaseKind };

export const procedure = {
  submit: { from: { preparing: 'submitted', returned: 'submitted' }, party: 'unit-head' },
  return: { from: { submitted: 'returned', 'in-council': 'returned' }, party: 'office' },
  convene: { from: { preparing: 'in-council', returned: 'in-council', submitted: 'in-council' }, party: 'office' },
  opine: { from: { 'in-council': 'same' }, party: 'seat' },
  conclude: { from: { 'in-council': 'concluded' }, party: 'chair' },
  reconsider: { from: { concluded: 'in-council', 'signed-once': 'in-council' }, party: 'office' },
  sign: { from: { concluded: 'signed-once', 'signed-once': 'decided' }, party: 'signer' },
  publish: { from: { decided: 'published' }, party: 'office' },
  object: { from: { published: 'same' }, party: 'objector' },
  'answer-objection': { from: { published: 'same' }, party: 'office' },
  enlist: { from: { published: 'in-force' }, party: 'office' },
  drop: { from: { preparing: 'dropped', submitted: 'dropped', returned: 'dropped', 'in-council': 'dropped' }, party: 'head', kind: 'review' },
  comment: {
    from: { preparing: 'same', submitted: 'same', returned: 'same', 'in-council': 'same', concluded: 'same', 'signed-once': 'same', decided: 'same', published: 'same', 'in-force': 'same', dropped: 'same' }, party: 'involved',
  },
} as const satisfies Record<AreaCaseMove, Step>;

/** States in which a case waits for somebody. */
export const openStates: readonly CaseState[] = ['preparing', 'submitted', 'returned', 'in-council', 'concluded', 'signed-once', 'decided', 'published'];
export const decidedStates: readonly CaseState[] = ['decided', 'published', 'in-force'];
/** States in which a person has concluded something from evidence, so that evidence that moves is worth saying. */
export const concludedStates: readonly CaseState[] = ['concluded', 'signed-once', ...decidedStates];

/** What the acting person is to the case. `seat`: of the council, by post. */
export type Stance = {
  readonly account: string; readonly unitHead: boolean; readonly unit: boolean; readonly office: boolean; readonly adviser: boolean; readonly head: boolean;
  readonly seat: string | null; readonly chair: boolean; readonly objects: 'unit' | 'office' | null;
};

export type CaseFacts = {
  readonly kind: CaseKind; readonly level: 'commune' | 'province'; readonly state: CaseState; readonly version: number; readonly periodLast: PlainDate;
  /** False when the area was merged or renamed away: it is another area now. */
  readonly unitStands: boolean;
  readonly assessed: AreaStatus | null; readonly submittedBy: string | null;
  readonly seats: readonly { readonly id: string }[]; readonly quorum: number;
  /** Of the round that runs. `account` null: recorded from the minutes. */
  readonly opinions: readonly { readonly seat: string; readonly account: string | null; readonly status: AreaStatus }[];
  readonly proposal: { readonly status: Outcome; readonly digest: string };
  readonly conclusion: { readonly digest: string; readonly on: PlainDate } | null;
  readonly signatures: readonly { readonly part: 'adviser' | 'head'; readonly account: string }[];
  readonly objectionsUntil: PlainDate | null;
  readonly objections: readonly { readonly id: string; readonly account: string; readonly answered: boolean }[];
  readonly earlierOpen: boolean; readonly laterDecided: boolean; readonly rightsReady: boolean;
};

/** Least length of a reason, in characters: shorter ones give none. */
export const leastReason = 20;
export type Obstacle = { readonly code: string; readonly [fact: string]: string | number | boolean };

const nextOf = (move: AreaCaseMove, facts: CaseFacts): CaseState | 'same' | undefined => {
  const step: Step = procedure[move];
  if (step.kind !== undefined && step.kind !== facts.kind) return undefined;
  // a review goes to the council with or without the unit's own word; a yearly case never without it
  if (move === 'convene' && facts.kind === 'yearly' && facts.state !== 'submitted') return undefined;
  return step.from[facts.state];
};

/** The state a move leads to; undefined when it is not open in this state. An upheld objection leads back to the council. */
export function stateAfter(move: AreaCaseMove, facts: CaseFacts, upheld = false): CaseState | undefined {
  const next = nextOf(move, facts);
  if (next === undefined) return undefined;
  if (move === 'answer-objection' && upheld) return 'in-council';
  return next === 'same' ? facts.state : next;
}

function isParty(move: AreaCaseMove, stance: Stance): boolean {
  const { party } = procedure[move];
  switch (party) {
    case 'unit-head': return stance.unitHead;
    case 'office': return stance.office;
    case 'seat': return stance.seat !== null || stance.office;
    case 'chair': return stance.chair || stance.head;
    case 'signer': return stance.adviser || stance.head;
    case 'head': return stance.head;
    case 'objector': return stance.objects !== null || stance.office;
    case 'involved': return stance.unit || stance.office || stance.seat !== null || stance.objects !== null;
  }
}

/** Yearly cases move only after the period has ended; a review moves within one. */
const tooEarly = (facts: CaseFacts, today: PlainDate): Obstacle | undefined => (facts.kind === 'yearly' && today <= facts.periodLast ? { code: 'period-not-over', last: facts.periodLast } : undefined);
const outOfOrder = (facts: CaseFacts): Obstacle | undefined =>
  facts.kind === 'review' ? undefined : facts.laterDecided ? { code: 'later-period-decided' } : facts.earlierOpen ? { code: 'earlier-period-open' } : undefined;

function signingObstacle(facts: CaseFacts, stance: Stance): Obstacle | undefined {
  if (!facts.unitStands) return { code: 'unit-gone' };
  if (facts.submittedBy === stance.account) return { code: 'maker-never-signs' };
  if (facts.signatures.some((one) => one.account === stance.account)) return { code: 'signed-already' };
  if (facts.state === 'concluded' && !stance.adviser) return { code: 'adviser-signs-first' };
  if (facts.state === 'signed-once' && !stance.head) return { code: 'head-signs-last' };
  if (facts.conclusion !== null && facts.conclusion.digest !== facts.proposal.digest) return { code: 'evidence-changed' };
  return outOfOrder(facts);
}

/** What stands in the way of a move whatever is typed; undefined when nothing does. */
export function obstacleOf(move: AreaCaseMove, facts: CaseFacts, stance: Stance, today: PlainDate): Obstacle | undefined {
  switch (move) {
    case 'submit': return tooEarly(facts, today) ?? (facts.assessed === null ? { code: 'assessment-missing' } : undefined);
    case 'convene': return tooEarly(facts, today) ?? (!facts.unitStands ? { code: 'unit-gone' } : facts.seats.length === 0 ? { code: 'council-empty' } : outOfOrder(facts));
    case 'opine': return !stance.office && facts.opinions.some((one) => one.account === stance.account || one.seat === stance.seat) ? { code: 'opinion-given' } : undefined;
    case 'conclude': return facts.opinions.length < facts.quorum ? { code: 'quorum-missing', given: facts.opinions.length, needed: facts.quorum } : outOfOrder(facts);
    case 'sign': return signingObstacle(facts, stance);
    case 'publish': return facts.rightsReady ? undefined : { code: 'rights-figures-missing' };
    case 'object': return facts.objectionsUntil !== null && today > facts.objectionsUntil ? { code: 'objection-late', until: facts.objectionsUntil } : undefined;
    case 'answer-objection': return facts.objections.some((one) => !one.answered) ? undefined : { code: 'objection-not-found' };
    case 'enlist':
      if (facts.objections.some((one) => !one.answered)) return { code: 'objections-open', count: facts.objections.filter((one) => !one.answered).length };
      if (facts.objectionsUntil !== null && today <= facts.objectionsUntil) return { code: 'window-open', until: facts.objectionsUntil };
      return facts.unitStands ? undefined : { code: 'unit-gone' };
    case 'return': case 'reconsider': case 'drop': case 'comment': return undefined;
  }
}

/** The moves open to this person now, in the order of buttons, and those the table would allow but for an obstacle. */
export function movesOf(facts: CaseFacts, stance: Stance, today: PlainDate): { readonly moves: AreaCaseMove[]; readonly blocked: { move: AreaCaseMove; code: string }[] } {
  const due = caseMoves.filter((move) => nextOf(move, facts) !== undefined && isParty(move, stance));
  const seen = due.map((move) => ({ move, obstacle: obstacleOf(move, facts, stance, today) }));
  return { moves: seen.filter((one) => one.obstacle === undefined).map((one) => one.move), blocked: seen.flatMap(({ move, obstacle }) => (obstacle === undefined ? [] : [{ move, code: obstacle.code }])) };
}

/** May this person take this step now, whatever is typed? */
export function refusalOf(move: AreaCaseMove, facts: CaseFacts, stance: Stance, today: PlainDate): Obstacle | undefined {
  if (nextOf(move, facts) === undefined) return { code: 'move-not-open', state: facts.state };
  if (!isParty(move, stance)) return { code: 'move-not-yours' };
  return obstacleOf(move, facts, stance, today);
}

const statusesOf: Readonly<Record<'commune' | 'province', readonly AreaStatus[]>> = { commune: ['drug-free', 'I', 'II', 'III', 'not-classified'], province: ['drug-free', 'key-complex', 'not-key-complex'] };
/** A commune is never "key-complex", a province never "type II" (Articles 4 and 5). */
export const isStatusOf = (level: 'commune' | 'province', status: AreaStatus): boolean => statusesOf[level].includes(status);

/** The status most opinions are for; null when two have as many. */
export function majorityOf(opinions: CaseFacts['opinions']): AreaStatus | null {
  const counts = [...Map.groupBy(opinions, (one) => one.status)].map(([status, own]) => ({ status, count: own.length })).sort((a, b) => b.count - a.count);
  return counts[0] === undefined || counts[0].count === counts[1]?.count ? null : counts[0].status;
}

/** Another status than the engine proposed; where it proposes none (`cannot-judge`, `to-conclude`), any status is one, and is reasoned. */
export const isAgainst = (status: AreaStatus, proposed: Outcome): boolean => status !== proposed;

const tooShort = (text: string | undefined): boolean => [...(text ?? '').trim()].length < leastReason;
const blank = (text: string | undefined): boolean => (text ?? '').trim() === '';

function statusFault(facts: CaseFacts, status: AreaStatus | undefined): Obstacle | undefined {
  if (status === undefined) return { code: 'status-missing' };
  return isStatusOf(facts.level, status) ? undefined : { code: 'status-not-of-level', level: facts.level };
}

function conclusionFault(facts: CaseFacts, { status, minutes, reason }: MoveInput): Obstacle | undefined {
  const fault = statusFault(facts, status);
  if (fault !== undefined || status === undefined) return fault;
  if (blank(minutes)) return { code: 'minutes-missing' };
  if (isAgainst(status, facts.proposal.status) && tooShort(reason)) return { code: 'reason-against-proposal', least: leastReason, proposed: facts.proposal.status };
  if (majorityOf(facts.opinions) !== status && tooShort(reason)) return { code: 'reason-against-council', least: leastReason };
  return undefined;
}

function signatureFault(facts: CaseFacts, { number, decidedOn }: MoveInput, today: PlainDate): Obstacle | undefined {
  if (facts.state !== 'concluded') return undefined; // number and day are written with the first signature; the second signs the same
  if (blank(number) || decidedOn === undefined) return { code: 'number-missing' };
  if (decidedOn > today) return { code: 'decided-in-future' };
  return facts.conclusion !== null && decidedOn < facts.conclusion.on ? { code: 'decided-before-conclusion', concluded: facts.conclusion.on } : undefined;
}

function opinionFault(facts: CaseFacts, stance: Stance, { status, seat, minutes }: MoveInput): Obstacle | undefined {
  const fault = statusFault(facts, status);
  if (fault !== undefined) return fault;
  const at = seat ?? stance.seat;
  const recorded = at !== stance.seat;
  if (at === null || !facts.seats.some((one) => one.id === at) || (recorded && !stance.office)) return { code: 'seat-not-yours' };
  if (recorded && blank(minutes)) return { code: 'minutes-missing' };
  return facts.opinions.some((one) => one.seat === at || (!recorded && one.account === stance.account)) ? { code: 'opinion-given' } : undefined;
}

function answerFault(facts: CaseFacts, stance: Stance, { objection, upheld, text }: MoveInput): Obstacle | undefined {
  const found = facts.objections.find((one) => one.id === objection);
  if (found === undefined || upheld === undefined) return { code: 'objection-not-found' };
  if (found.answered) return { code: 'objection-answered' };
  if (found.account === stance.account) return { code: 'objection-own' };
  return tooShort(text) ? { code: 'reason-needs-words', least: leastReason } : undefined;
}

/** What is wrong with what was typed for a move; undefined when nothing is. */
export function inputFault(facts: CaseFacts, stance: Stance, input: MoveInput, today: PlainDate): Obstacle | undefined {
  switch (input.move) {
    case 'return': case 'reconsider': case 'drop': return tooShort(input.text) ? { code: 'reason-needs-words', least: leastReason } : undefined;
    case 'comment': return blank(input.text) ? { code: 'reason-needs-words', least: 1 } : undefined;
    case 'opine': return opinionFault(facts, stance, input);
    case 'conclude': return conclusionFault(facts, input);
    case 'sign': return signatureFault(facts, input, today);
    case 'object':
      if (tooShort(input.text)) return { code: 'reason-needs-words', least: leastReason };
      return input.source !== undefined && input.source !== 'unit' && blank(input.reference) ? { code: 'reference-missing' } : undefined;
    case 'answer-objection': return answerFault(facts, stance, input);
    case 'submit': case 'convene': case 'publish': case 'enlist': return undefined;
  }
}
