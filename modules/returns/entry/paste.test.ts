import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outlineOf } from './boxes.ts';
import { cellsOf, pastedValues, planPaste } from './paste.ts';
import { aForm } from './testing/form.ts';

const { boxes } = outlineOf(aForm());
const plan = (text: string, from = 0, more: Partial<Parameters<typeof planPaste>[1]> = {}) => planPaste(text, { boxes, values: new Map(), from, ...more });
const verdicts = (text: string, from = 0) => plan(text, from).rows.map((row) => row.verdict);

describe('a column or block from a spreadsheet', () => {
  test('a column of six fills six boxes from the one with the focus, as one step', () => {
    assert.deepEqual(pastedValues(plan('1\n2\n3\n4\n1,5\n6\n')), [[1, 1], [2, 2], [3, 3], [4, 4], [5, 1.5], [6, 6]]);
    assert.deepEqual(pastedValues(plan('7\r\n8', 4)), [[5, 7], [6, 8]]);
  });
  test('rows below the last box are told, the rest is kept', () => assert.deepEqual(verdicts('1\n2\n3', 4), ['set', 'set', 'beyond-end']));
  test('an empty of a merged cell wipes nothing out', () => assert.deepEqual(verdicts('5\n\n7'), ['set', 'blank', 'set']));
  test('formulas, words, NaN, too large and minus are each told in their row', () => {
    assert.deepEqual(verdicts('1\n=SUM(A1:A3)\nnhiều\nNaN\n1e309\n-3'), ['set', 'number-is-formula', 'number-not-read', 'value-not-finite', 'value-not-finite', 'value-negative']);
  });
  test('a heading above the figures takes no box', () => assert.deepEqual(verdicts('Tháng 3\n1\n2'), ['heading', 'set', 'set']));
  test('one certain figure decides how the uncertain ones are read; two that contradict decide nothing', () => {
    const certain = plan('2\n1.234,5\n3\n4\n1.234\n6', 0);
    assert.equal(certain.marks, 'comma-decimal');
    assert.deepEqual([certain.rows[4]?.after, certain.rows[4]?.as], [1234, 'like-the-others']);
    assert.deepEqual([certain.rows[1]?.verdict], ['value-not-whole']);
    const torn = plan('1.234,5\n1,234.5\n3\n4\n1.234\n6');
    assert.equal(torn.marks, 'unknown');
    assert.deepEqual([torn.rows[4]?.verdict, torn.rows[4]?.ask], ['ask', { whole: 1234, decimal: 1.234 }]);
  });
  test('a block finds its column of figures and its boxes by name, in any order; a foreign row is told', () => {
    const block = plan('STT\tChỉ tiêu\tTháng 2\tTháng 3\n1\tSố e\t310\t320\n2\tSo A\t34\t35\n3\tSố lạ\t1\t2');
    assert.equal(block.by, 'names');
    assert.deepEqual(pastedValues(block), [[6, 320], [1, 35]]);
    assert.deepEqual(block.rows.map((row) => row.verdict), ['heading', 'set', 'set', 'no-box']);
    assert.deepEqual(pastedValues(plan('STT\tChỉ tiêu\tTháng 2\tTháng 3\n1\tSố e\t310\t320\n2\tSố a\t34\t35', 0, { column: 2 })), [[6, 310], [1, 34]]);
  });
  test('cells with line ends or tabs inside quotes stay whole', () => assert.deepEqual(cellsOf('"a\nb"\t1\n"c ""d"""\t2\n'), [['a\nb', '1'], ['c "d"', '2']]));
  test('a value that is there already is not counted as a change', () => {
    const same = planPaste('1\n2', { boxes, values: new Map([[1, 1]]), from: 0 });
    assert.deepEqual([same.sets, same.left, same.rows.map((row) => row.verdict)], [1, 0, ['same', 'set']]);
  });
});
