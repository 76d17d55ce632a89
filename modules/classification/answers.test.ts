/** A commune that was others for a part of the period: what they reported is its own, as far as the whole of them became it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { YearAnswers } from './actions/answers.ts';
import { box, boxCount } from './rules/boxes.ts';
import { gather, valueAt } from './rules/gather.ts';

const line = (unit: string, approved: 0 | 1, figures: Partial<Record<keyof typeof box, number>>): string => {
  const values: string[] = Array.from({ length: boxCount }, () => '');
  for (const [name, value] of Object.entries(figures)) values[box[name as keyof typeof box]] = String(value); // keys of the record above
  return `${unit} 1 ${approved} ${values.join(',')}`;
};
const rowOf = new Map([['new', 0], ['kept', 1]]);

describe('two communes became one within the period', () => {
  const merged = new Map<string, readonly string[] | null>([['new', ['a', 'b']], ['kept', ['kept']]]);
  test('events and stocks are added, a route stays a route, the months after are its own', () => {
    const answers = new YearAnswers(2, 2);
    answers.putMonth(0, [line('a', 1, { residents: 4000, violations: 1, points: 1, routeInside: 1, routeBetween: 0 }), line('b', 1, { residents: 6000, violations: 2, points: 0, routeInside: 0, routeBetween: 0 }), line('kept', 1, { violations: 5 })].join(';'), rowOf, merged);
    answers.putMonth(1, [line('new', 1, { residents: 10_000, violations: 0, points: 0, routeInside: 1, routeBetween: 0 }), line('kept', 0, { violations: 1 })].join(';'), rowOf, undefined);
    const evidence = gather(answers.reported(0), [true, true], null, 0);
    assert.deepEqual([evidence.violations, evidence.residents, evidence.route], [{ value: 3, complete: true }, { value: 10_000, complete: true }, { value: 1, complete: true }]);
    assert.equal(valueAt(answers.reported(1), 0, box.violations), 5);
  });
  test('one of them did not report: the month is missing, not half', () => {
    const answers = new YearAnswers(2, 1);
    answers.putMonth(0, line('a', 1, { violations: 0 }), rowOf, merged);
    assert.deepEqual(gather(answers.reported(0), [true], null, 0).violations, { value: null, complete: false });
  });
  test('one of them left a box blank: the sum is not known', () => {
    const answers = new YearAnswers(2, 1);
    answers.putMonth(0, [line('a', 1, { violations: 0 }), line('b', 1, { residents: 1 })].join(';'), rowOf, merged);
    assert.equal(gather(answers.reported(0), [true], null, 0).violations.value, null);
  });
  test('it is approved when both were', () => {
    const answers = new YearAnswers(2, 1);
    answers.putMonth(0, [line('a', 1, { violations: 0 }), line('b', 0, { violations: 0 })].join(';'), rowOf, merged);
    assert.deepEqual([answers.allApproved(0), gather(answers.approvedOnly(0), [true], null, 0).violations.value], [false, null]);
  });
});

test('a commune into which a part of another went: months before cannot be counted for it, and are missing', () => {
  const answers = new YearAnswers(2, 1);
  answers.putMonth(0, line('a', 1, { violations: 0 }), rowOf, new Map([['new', null]]));
  assert.equal(gather(answers.reported(0), [true], null, 0).violations.value, null);
});

test('a month that is read again replaces what stood', () => {
  const answers = new YearAnswers(2, 1);
  answers.putMonth(0, line('new', 1, { violations: 3 }), rowOf, undefined);
  answers.clearMonth(0);
  answers.putMonth(0, line('kept', 1, { violations: 1 }), rowOf, undefined);
  assert.deepEqual([gather(answers.reported(0), [true], null, 0).violations.value, gather(answers.reported(1), [true], null, 0).violations.value], [null, 1]);
});
