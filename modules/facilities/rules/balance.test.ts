import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DayFigures, Flows } from '../schema.ts';
import { closeDay, daysMissing, noFlows, recordNewDay } from './balance.ts';
import { normPlaces, occupancy } from './capacity.ts';
import { correctBook, type Recorded } from './correct.ts';
import { checkAnswers, dueOf, moveMatter } from './follow-up.ts';
import { checklistOn } from './checklist.ts';
import { readDay, typedOf } from './day-form.ts';

const span = { openedOn: '2020-01-01', bookFrom: '2026-11-01', closedOn: null };
const opening = { voluntary: 20, compulsory: 80 };
const figures = (v: Partial<Flows>, c: Partial<Flows>, rest: Partial<DayFigures>): DayFigures =>
  ({ voluntary: { ...noFlows, ...v }, compulsory: { ...noFlows, ...c }, firstEver: 0, waitedDays: 0, waiting: 0, absent: 0, present: 0, ...rest });

describe('a day of the book', () => {
  test('opening, plus who came, less who left, is what was counted and who is absent for a reason', () => {
    assert.deepEqual(closeDay(opening, figures({ admitted: 2, left: 1 }, { completed: 3, died: 1, received: 1 }, { absent: 4, present: 94 })), { ok: true, value: { voluntary: 21, compulsory: 77 } });
  });
  test('a census that does not balance is refused with the difference, never made to fit', () => {
    assert.deepEqual(closeDay(opening, figures({ admitted: 2 }, {}, { present: 101 })), { ok: false, problem: { code: 'census-unbalanced', expected: 102, counted: 101, difference: -1 } });
  });
  test('more people cannot leave a regime than were in it', () => {
    assert.deepEqual(closeDay({ voluntary: 1, compulsory: 80 }, figures({ completed: 2 }, {}, { present: 79 })), { ok: false, problem: { code: 'more-left-than-there', regime: 'voluntary', there: 1, left: 2 } });
  });
  test('waiting days without an admission, and more first-ever than admitted, are slips that are named', () => {
    assert.equal(closeDay(opening, figures({}, {}, { waitedDays: 5, present: 100 })).ok, false);
    assert.deepEqual(closeDay(opening, figures({ admitted: 1 }, {}, { firstEver: 2, present: 101 })), { ok: false, problem: { code: 'more-first-ever-than-admitted', firstEver: 2, admitted: 1 } });
  });
  const next = { day: '2026-11-05', opening };
  const fine = figures({}, {}, { present: 100 });
  const on = (day: string, more = {}) => recordNewDay(span, next, { day, today: '2026-11-10', opening, figures: fine, ...more });
  const codeOf = (result: ReturnType<typeof on>): string => (result.ok ? 'ok' : result.problem.code);
  test('a day to come, a day before the facility opened, before its book, recorded already, or after a missing one', () => {
    assert.deepEqual(['2026-11-11', '2019-12-31', '2026-10-31', '2026-11-04', '2026-11-07', '2026-11-05'].map((day) => codeOf(on(day))), ['facility-day-in-future', 'before-opening', 'before-book', 'day-exists', 'day-before-missing', 'ok']);
    assert.deepEqual(on('2026-11-07'), { ok: false, problem: { code: 'day-before-missing', day: '2026-11-05', days: 2 } });
  });
  test('a device that opened the day with an older balance is told the one that stands', () => {
    assert.deepEqual(on('2026-11-05', { opening: { voluntary: 21, compulsory: 80 } }), { ok: false, problem: { code: 'opening-differs', voluntary: 20, compulsory: 80 } });
  });
  test('days missing are counted to yesterday, or to the day a facility closed', () => {
    assert.deepEqual([daysMissing(span, '2026-11-04', '2026-11-10'), daysMissing(span, null, '2026-11-02'), daysMissing(span, '2026-11-10', '2026-11-10'), daysMissing({ ...span, closedOn: '2026-11-06' }, '2026-11-04', '2026-11-10')], [5, 1, 0, 2]);
  });
});

describe('correcting the book', () => {
  const day = (n: number, closing: { voluntary: number; compulsory: number }, given: DayFigures): Recorded => ({ day: `2026-11-0${n}`, rev: 1, figures: given, closing });
  const three = [day(1, opening, figures({}, {}, { present: 100 })), day(2, { voluntary: 21, compulsory: 80 }, figures({ admitted: 1 }, {}, { present: 101 })), day(3, { voluntary: 21, compulsory: 80 }, figures({}, {}, { present: 101 }))];
  test('a movement written on the wrong day is moved: both days change, the chain closes, the rest stands', () => {
    const done = correctBook(three, opening, { shiftLater: false, days: [{ day: '2026-11-01', rev: 1, figures: figures({ admitted: 1 }, {}, { present: 101 }) }, { day: '2026-11-02', rev: 1, figures: figures({}, {}, { present: 101 }) }] });
    assert.ok(done.ok);
    assert.deepEqual(done.value.map((one) => [one.day, one.rev, one.closing.voluntary]), [['2026-11-01', 2, 21], ['2026-11-02', 2, 21]]);
  });
  test('a correction that leaves the next day opening with somebody else is refused by how many', () => {
    assert.deepEqual(correctBook(three, opening, { shiftLater: false, days: [{ day: '2026-11-01', rev: 1, figures: figures({ admitted: 1 }, {}, { present: 101 }) }] }),
      { ok: false, problem: { code: 'day-after-does-not-open', day: '2026-11-02', voluntary: 1, compulsory: 0 } });
  });
  test('when the count was wrong ever since, every later day moves by it, each with its revision', () => {
    const done = correctBook(three, opening, { shiftLater: true, days: [{ day: '2026-11-01', rev: 1, figures: figures({ admitted: 1 }, {}, { present: 101 }) }] });
    assert.ok(done.ok);
    assert.deepEqual(done.value.map((one) => [one.day, one.rev, one.figures.present, one.shifted]), [['2026-11-01', 2, 101, false], ['2026-11-02', 2, 102, true], ['2026-11-03', 2, 102, true]]);
  });
  test('two editors: the second is told the revision that stands', () => {
    assert.deepEqual(correctBook(three, opening, { shiftLater: false, days: [{ day: '2026-11-02', rev: 3, figures: figures({}, {}, { present: 100 }) }] }), { ok: false, problem: { code: 'revision-stale', day: '2026-11-02', rev: 1 } });
  });
  test('the same figures again, or a day that is not in the book, correct nothing', () => {
    assert.deepEqual(correctBook(three, opening, { shiftLater: false, days: [{ day: '2026-11-03', rev: 1, figures: figures({}, {}, { present: 101 }) }] }), { ok: false, problem: { code: 'nothing-to-correct' } });
    assert.deepEqual(correctBook(three, opening, { shiftLater: false, days: [{ day: '2026-11-09', rev: 1, figures: figures({}, {}, { present: 101 }) }] }), { ok: false, problem: { code: 'day-not-recorded', day: '2026-11-09' } });
  });
});

describe('places and occupancy', () => {
  test('places by norm of land: 80, 100 and 120 m² a person, a part of a place is none', () => {
    assert.deepEqual([normPlaces(8079, 'urban'), normPlaces(8079, 'rural'), normPlaces(8079, 'mountain')], [100, 80, 67]);
  });
  test('occupancy above 100 % is kept; without places it cannot be said', () => {
    assert.deepEqual([occupancy(137, 100), occupancy(137, 0)], [1.37, null]);
  });
});

describe('what must follow', () => {
  const list = checklistOn('2026-11-18');
  const answers = list.items.map((item) => ({ item: item.id, finding: 'meets' as const, note: '', dueOn: null }));
  test('an inspection answers every line, and each finding has a day by which it is put right', () => {
    assert.ok(checkAnswers(list, answers, '2026-11-18').ok);
    assert.deepEqual(checkAnswers(list, answers.slice(1), '2026-11-18'), { ok: false, problem: { code: 'checklist-incomplete', items: 'land-norm', missing: 1 } });
    assert.deepEqual(checkAnswers(list, [{ ...answers[0], item: 'land-norm', finding: 'fails', note: '', dueOn: null }, ...answers.slice(1)], '2026-11-18'), { ok: false, problem: { code: 'finding-needs-due-day', item: 'land-norm' } });
  });
  test('a complaint is due in 30 days (Law on Complaints 2011, article 28), and the one who answered never closes it', () => {
    assert.equal(dueOf('care', '2026-11-01'), '2026-12-01');
    assert.deepEqual(moveMatter('answered', 'close', { answeredBy: 'a', account: 'a' }), { ok: false, problem: { code: 'not-who-answered' } });
    assert.deepEqual([moveMatter('open', 'close', { answeredBy: null, account: 'b' }).ok, moveMatter('answered', 'return', { answeredBy: 'a', account: 'b' })], [false, { ok: true, value: 'open' }]);
  });
});

describe('a day as it is typed', () => {
  test('a blank movement is nobody, the roll-call is never assumed, and what is no count is named', () => {
    assert.deepEqual(readDay({ 'voluntary.admitted': '2', absent: '' }), { ok: false, problem: { code: 'roll-call-missing', box: 'present' } });
    assert.deepEqual(readDay({ 'voluntary.admitted': 'hai', present: '1' }), { ok: false, problem: { code: 'box-not-a-count', box: 'voluntary.admitted' } });
    assert.deepEqual(readDay({ 'compulsory.died': ' 1 ', present: '1.099' }), { ok: true, value: figures({}, { died: 1 }, { present: 1099 }) });
  });
  test('figures come back into their boxes as they were', () => {
    const given = figures({ admitted: 3 }, { moved: 2 }, { waiting: 7, present: 0 });
    assert.deepEqual(readDay(typedOf(given)), { ok: true, value: given });
  });
});
