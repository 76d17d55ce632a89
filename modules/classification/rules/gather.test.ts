import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { box, boxCount, boxes } from './boxes.ts';
import { gather, gatherProvince, seeBox, type Answers } from './gather.ts';
import { readMonthText } from './month-text.ts';
import { evidenceWith, nothing } from '../testing/places.ts';

/** Months of a place by box; a box left out of a month was not answered. */
function months(...list: readonly Partial<Record<keyof typeof box, number>>[]): Answers {
  const values = new Float64Array(list.length * boxCount).fill(Number.NaN);
  list.forEach((month, at) => { for (const [name, value] of Object.entries(month)) values[at * boxCount + (box[name as keyof typeof box])] = value; }); // keys of the record above
  return { values, start: 0, stride: boxCount };
}
const due = (n: number, of = n): boolean[] => Array.from({ length: of }, (_, at) => at < n);

describe('stocks and events of a period', () => {
  test('a stock is read on the closing day and as its largest; an event is added', () => {
    const seen = gather(months({ outside: 4, violations: 1 }, { outside: 7, violations: 0 }, { outside: 0, violations: 2 }), due(3), null, 0);
    assert.deepEqual([seen.using.closing, seen.using.period, seen.violations], [{ value: 0, complete: true }, { value: 7, complete: true }, { value: 3, complete: true }]);
  });
  test('a month without an answer makes a sum a lower bound; the closing value of another month is not taken for the last one’s', () => {
    const seen = gather(months({ outside: 4, violations: 1 }, { outside: 0, violations: 1 }, {}), due(3), null, 0);
    assert.deepEqual([seen.violations, seen.using.closing], [{ value: 2, complete: false }, nothing]);
  });
  test('in a running period only months that are due are awaited; a later one counts when it is there', () => {
    const running = months({ outside: 1 }, { outside: 2 }, { outside: 3 }, {});
    assert.deepEqual(gather(running, due(2, 4), null, 0).using.closing, { value: 3, complete: true });
    assert.deepEqual(seeBox(running, due(2, 4), box.outside).missing, []);
    assert.deepEqual(gather(months({}, {}), due(0, 2), null, 0).using.closing, nothing, 'nothing is due yet, so nothing is known');
  });
  test('people counted and not counted in criterion a are both kept', () => {
    const seen = gather(months({ addicted: 30, using: 10, outside: 5 }), due(1), null, 0);
    assert.deepEqual([seen.managed.counted.value, seen.managed.notCounted.value], [40, 5]);
    assert.deepEqual(gather(months({ addicted: 30, outside: 5 }), due(1), null, 0).managed.counted, { value: 30, complete: false }, 'half an answer is a lower bound');
  });
});

describe('points by two accounts', () => {
  const quiet = { points: 0, found: 0, removed: 0 };
  test('a point found and removed within one month was there in the period', () => assert.deepEqual(gather(months(quiet, { points: 0, found: 1, removed: 1 }), due(2), null, 0).points, { closing: { value: 0, complete: true }, period: { value: 1, complete: true } }));
  test('a point from before the period, removed in its first month, was there too', () => assert.equal(gather(months({ points: 0, found: 0, removed: 1 }, quiet), due(2), null, 0).points.period.value, 1));
  test('the larger of return and register counts', () => {
    assert.equal(gather(months(quiet), due(1), { closing: 2, period: 3 }, 0).points.closing.value, 2);
    assert.equal(gather(months({ points: 4, found: 4, removed: 0 }), due(1), { closing: 2, period: 2 }, 0).points.closing.value, 4);
  });
  test('an empty register does not stand in for a return that is missing', () => assert.deepEqual(gather(months({}), due(1), { closing: 0, period: 0 }, 0).points.closing, { value: 0, complete: false }));
  test('a register with points does, as a lower bound', () => assert.deepEqual(gather(months({}), due(1), { closing: 2, period: 2 }, 0).points.closing, { value: 2, complete: false }));
});

describe('a province', () => {
  test('is its communes added up; a silent one leaves every sum a lower bound', () => {
    const silent = gather(months({}), due(1), null, 0);
    const sum = gatherProvince([evidenceWith({ points: 2, violations: 1 }), silent], { certain: 1, open: 1 }, null);
    assert.deepEqual([sum.points.closing, sum.violations, sum.residents.complete, sum.classed?.of], [{ value: 2, complete: false }, { value: 1, complete: false }, false, { value: 1, complete: false }]);
  });
  test('lies on a route when the list, its own report or one commune says so', () => {
    assert.equal(gatherProvince([evidenceWith({ route: 2 }), evidenceWith()], { certain: 0, open: 0 }, null).route.value, 2);
    assert.equal(gatherProvince([evidenceWith()], { certain: 0, open: 0 }, 2).route.value, 2);
  });
});

test('the text of a month is read into its places: blanks are blanks, decimals and minus signs are kept, unknown units are passed over', () => {
  const line = (...head: string[]): string => [...head, ...Array.from({ length: boxCount - head.length }, () => '')].join(',');
  const into = new Float64Array(2 * boxCount).fill(-1);
  const seen: string[] = [];
  readMonthText(`00004 3 1 ${line('12', '', '0.5')};99999 1 0 ${line('7')};00008 12 0 ${line('', '-4')}`, into, ({ unit, rev, approved }) => { seen.push(`${unit} ${rev} ${approved}`); return unit === '00004' ? 0 : unit === '00008' ? boxCount : -1; });
  assert.deepEqual(seen, ['00004 3 true', '99999 1 false', '00008 12 false']);
  assert.deepEqual([into[0], into[1], into[2], into[boxCount], into[boxCount + 1]], [12, Number.NaN, 0.5, Number.NaN, -4]);
});
test('every box has a place of its own', () => { assert.equal(new Set(boxes.map((one) => `${one.element}.${one.cell}`)).size, boxCount); assert.deepEqual(Object.values(box).sort((a, b) => a - b), boxes.map((_, at) => at)); });
