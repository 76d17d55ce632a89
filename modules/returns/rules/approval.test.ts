/** The state table of approval: every order of steps, every standing, every decision of every step, by a maker or by another. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideApproval, sectionsApproved, type DecisionCase, type PastApproval } from './approval.ts';
import { standings, verdicts, type Step, type Verdict } from '../schema.ts';

const steps = ['head', 'province', 'ministry'] as const;
const sections = ['one', 'two'];
/** The content of each section as a letter; a hash is the letters it covers. */
const hashOver = (content: Readonly<Record<string, string>>) => (ids: readonly string[] | null): string => (ids ?? sections).map((id) => `${id}:${content[id] ?? ''}`).join(' ');
const content = hashOver({ one: 'a', two: 'b' });
/** Whole approvals by each step up to a standing. */
const approvedUpTo = (order: readonly Step[], standing: number): PastApproval[] => order.filter((step) => standings[step] <= standing)
  .map((step, i) => ({ seq: i + 1, step, verdict: step === 'ministry' ? 'accept' : 'approve', sections: null, contentHash: content(null), standingAfter: standings[step] }));
const caseOf = (more: Partial<DecisionCase>): DecisionCase => {
  const [order, standing] = [more.steps ?? steps, more.standing ?? 0];
  return { standing, steps: order, allSections: sections, history: approvedUpTo(order, standing), step: 'head', verdict: 'approve', sections: null, reason: 'vì', hashOf: content, own: false, ...more };
};
/** Where it leads, or why not. */
function outcome(more: Partial<DecisionCase>): number | string {
  const decided = decideApproval(caseOf(more));
  return decided.ok ? decided.value.standing : decided.problem.code;
}

describe('the state table of approval', () => {
  const [no, before, already, later] = ['not-approved', 'step-before-missing', 'already-approved', 'later-step-approved'];
  //                               given back, sent, head, province, ministry
  const table: readonly (readonly [Step, Verdict, readonly (number | string)[]])[] = [
    ['head', 'approve', [before, 1, already, already, already]],
    ['province', 'approve', [before, before, 2, already, already]],
    ['ministry', 'accept', [before, before, before, 3, already]],
    ['head', 'return', [no, -1, -1, later, later]],
    ['province', 'return', [no, -1, -1, -1, later]],
    ['ministry', 'return', [no, -1, -1, -1, -1]],
    ['head', 'unapprove', [no, no, 0, later, later]],
    ['province', 'unapprove', [no, no, no, 1, later]],
    ['ministry', 'unapprove', [no, no, no, no, 2]],
  ];
  for (const [step, verdict, expected] of table) {
    test(`three steps: ${step} ${verdict}`, () => assert.deepEqual([-1, 0, 1, 2, 3].map((standing) => outcome({ standing, step, verdict })), expected));
  }

  /** Every order that leaves out some steps, against the same table read again: places in the order instead of standings. */
  const orders = Array.from({ length: 8 }, (_, bits) => steps.filter((_step, i) => (bits >> i) % 2 === 1));
  function naive(order: readonly Step[], place: number, step: Step, verdict: Verdict, own: boolean): number | string {
    const at = order.indexOf(step) + 1; // places: -1 given back, 0 sent, 1 the first step …
    const standingOf = (n: number): number => { const found = order[n - 1]; return n <= 0 || found === undefined ? Math.min(n, 0) : standings[found]; };
    if (at === 0) return 'step-not-in-data-set';
    if (verdict === 'return') return place > at ? later : place < 0 ? no : -1;
    if (verdict === 'unapprove') return place > at ? later : place < at ? no : standingOf(at - 1);
    if (own) return 'own-return';
    return place >= at ? already : place < at - 1 ? before : standingOf(at);
  }
  for (const order of orders) {
    test(`R16: steps ${order.join(', ') || 'none'}: every standing, step, verdict, by a maker or another`, () => {
      for (let place = -1; place <= order.length; place += 1) for (const step of steps) for (const verdict of verdicts) for (const own of [false, true]) {
        const reached = order[place - 1];
        const standing = place <= 0 || reached === undefined ? Math.min(place, 0) : standings[reached];
        assert.equal(outcome({ steps: order, standing, step, verdict, own }), naive(order, place, step, verdict, own), `${place} ${step} ${verdict} ${own ? 'own' : ''}`);
      }
    });
  }

  test('giving back and un-approving need a reason; approving needs none', () => {
    for (const verdict of ['return', 'unapprove'] as const) for (const reason of ['', '   ']) assert.equal(outcome({ standing: 2, step: 'province', verdict, reason }), 'reason-missing');
    assert.equal(outcome({ standing: 1, step: 'province', reason: '' }), 2);
  });
  test('a section that the form does not have is told', () => assert.equal(outcome({ sections: ['one', 'three'] }), 'section-unknown'));
});

describe('approving a part', () => {
  const past = (more: Partial<PastApproval>): PastApproval => ({ seq: 1, step: 'province', verdict: 'approve', sections: ['one'], contentHash: content(['one']), standingAfter: 1, ...more });
  const second = (history: readonly PastApproval[], hashOf = content, ids: readonly string[] | null = ['two']): unknown => {
    const decided = decideApproval(caseOf({ standing: 1, step: 'province', sections: ids, history: [...approvedUpTo(steps, 1), ...history], hashOf }));
    return decided.ok ? [decided.value.standing, decided.value.complete, decided.value.contentHash] : decided.problem.code;
  };
  test('one of two sections leaves the standing; the other completes it; each signs what it covers', () => {
    assert.deepEqual(second([], content, ['one']), [1, false, 'one:a']);
    assert.deepEqual(second([past({})]), [2, true, 'two:b']);
  });
  test('a section that changed since is not approved any more, the unchanged one still is', () => {
    const changed = hashOver({ one: 'A', two: 'b' });
    assert.deepEqual(second([past({})], changed), [1, false, 'two:b']);
    assert.deepEqual([...sectionsApproved({ history: [past({}), past({ sections: ['two'], contentHash: content(['two']) })], allSections: sections, hashOf: changed }, 'province')], ['two']);
  });
  test('what was given back since, or un-approved at this step, begins anew; un-approving another step leaves it', () => {
    assert.deepEqual(second([past({}), past({ verdict: 'return', step: 'head', sections: null })]), [1, false, 'two:b']);
    assert.deepEqual(second([past({}), past({ verdict: 'unapprove', sections: null })]), [1, false, 'two:b']);
    assert.deepEqual(second([past({}), past({ verdict: 'unapprove', step: 'ministry', sections: null })]), [2, true, 'two:b']);
  });
  test('un-approving falls back to the last step whose approval still covers what stands there', () => {
    const changed = hashOver({ one: 'A', two: 'b' });
    assert.equal(outcome({ standing: 3, step: 'ministry', verdict: 'unapprove' }), 2);
    assert.equal(outcome({ standing: 3, step: 'ministry', verdict: 'unapprove', hashOf: changed }), 0);
  });
});
