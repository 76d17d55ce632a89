import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { valueTypes } from '#modules/definitions/schema.ts';
import type { CellValue, FormRule, Submission } from '../schema.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { checkValue } from '../rules/values.ts';
import { baseToSend, conflictsIn, fieldsOfSubmission, keyOfSubject, overlaid, resolved, subjectOf, submissionOf } from './answers.ts';
import { currentOf, missingIn, outlineOf, progressOf, stateOfProgress } from './boxes.ts';
import { afterStep, applied, noHistory, nothingToReport, redo, reverted, stepOf, undo } from './history.ts';
import { commandOf, type Pressed } from './keys.ts';
import { findingOf, liveRulesOf, monthsOfBox, rulesBySlot, unusualOf } from './live-rules.ts';
import { brokenRules } from '../rules/validation.ts';
import { aForm, anElement, aRule, serverForm } from './testing/form.ts';
import { editText, marksOf, problemOfValue, readTyped } from './typed.ts';

const values = (...pairs: readonly (readonly [number, CellValue])[]): Map<number, CellValue> => new Map(pairs);
const read = (text: string, type: Parameters<typeof readTyped>[1] = 'count', marks?: Parameters<typeof readTyped>[2]) => readTyped(text, type, marks);

describe('what a person types into a box', () => {
  test('nothing, zero and "no data" are three answers', () => {
    assert.deepEqual([read(''), read('0'), read('k'), read('không có số liệu'), read('Không')].map((typed) => typed.kind === 'value' && typed.value), [null, 0, 'no-data', 'no-data', 'no-data']);
  });
  test('1.234,5 and 1,234.5 say themselves which mark is which', () => {
    assert.deepEqual([read('1.234,5', 'number'), read('1,234.5', 'number')].map((typed) => typed.kind === 'value' && typed.value), [1234.5, 1234.5]);
    assert.deepEqual([marksOf('1.234,5'), marksOf('1,234.5'), marksOf('1.234.567'), marksOf('1.234'), marksOf('12')], ['comma-decimal', 'point-decimal', 'comma-decimal', 'unknown', 'none']);
  });
  test('1.234 in a count is one thousand two hundred and thirty-four; in a figure with decimals it is asked', () => {
    assert.deepEqual(read('1.234'), { kind: 'value', value: 1234, as: 'whole-only' });
    assert.deepEqual(read('1,234'), { kind: 'value', value: 1234, as: 'whole-only' });
    assert.deepEqual(read('1.234', 'number'), { kind: 'ask', whole: 1234, decimal: 1.234 });
    assert.deepEqual(read('1.234', 'number', 'comma-decimal'), { kind: 'value', value: 1234, as: 'like-the-others' });
    assert.deepEqual(read('1,234', 'number', 'comma-decimal'), { kind: 'value', value: 1.234, as: 'like-the-others' });
  });
  test('NaN, 1e309, -0, 2^53+1, a formula, a dash and words each have their own verdict', () => {
    assert.deepEqual([read('NaN'), read('1e309'), read('9007199254740993'), read('=A1+B1'), read('-'), read('ba mươi')].map((typed) => typed.kind === 'wrong' && typed.code),
      ['value-not-finite', 'value-not-finite', 'value-too-large', 'number-is-formula', 'number-dash', 'number-not-read']);
    const minusZero = read('-0');
    assert.ok(minusZero.kind === 'value' && Object.is(minusZero.value, 0) && minusZero.as === 'minus-zero');
  });
  test('a half in a count, a minus in a count, 101 percent and four decimals are refused', () => {
    assert.deepEqual([read('1,5'), read('-1'), read('101', 'percent'), read('0,1234', 'number')].map((typed) => typed.kind === 'wrong' && typed.code), ['value-not-whole', 'value-negative', 'value-out-of-range', 'value-too-precise']);
  });
  test('the box decides as the server does, for every kind of value', () => {
    const element = anElement('a', [1]);
    for (const valueType of valueTypes.filter((type) => type !== 'text')) {
      for (const number of [0, 1, 2, -1, 0.5, 0.0005, 1e-9, 100, 100.5, 2 ** 53 - 1, 2 ** 53, 2 ** 53 / 1000 + 0.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY]) {
        const server = checkValue({ slot: 1, cell: '', element: { ...element, disaggregation: null, validFrom: '2025-01-01', validTo: null, aggregation: 'sum', valueType } }, number);
        assert.equal(problemOfValue(number, valueType), server.ok ? undefined : server.problem.code, `${valueType} ${number}`);
      }
    }
  });
  test('what a box shows while it is edited reads back as itself', () => {
    for (const value of [0, 7, 1234, 1234567, 1.5, 1234.5, 0.125]) {
      const back = readTyped(editText(value, ','), 'number');
      assert.equal(back.kind === 'value' && back.value, value);
    }
  });
});

describe('the form as boxes', () => {
  const outline = outlineOf(aForm());
  test('boxes stand in the order of the form, with the number people say', () => {
    assert.deepEqual(outline.boxes.map((box) => `${box.number}=${box.slot}`), ['1.1=1', '1.2.1=2', '1.2.2=3', '1.3=4', '2.1=5', '2.2=6']);
    assert.equal(outline.sections[0]?.lines.length, 5, 'the element in parts has a heading');
  });
  test('zero and "no data" fill a box, a blank does not', () => {
    const progress = progressOf(outline.boxes, values([1, 0], [2, 'no-data'], [3, null]));
    assert.deepEqual(progress, { filled: 2, of: 6 });
    assert.deepEqual([stateOfProgress({ filled: 0, of: 2 }), stateOfProgress(progress), stateOfProgress({ filled: 6, of: 6 })], ['empty', 'begun', 'complete']);
  });
  test('a compulsory box without an answer is named; "no data" is an answer', () => {
    assert.deepEqual(missingIn(outline, values()).map((box) => box.element.id), ['a']);
    assert.deepEqual(missingIn(outline, values([1, 'no-data'])), []);
  });
});

describe('steps and the way back', () => {
  const outline = outlineOf(aForm());
  test('"không phát sinh" writes 0 into the empty boxes of the section only, and one undo takes it back', () => {
    const before = values([1, 5]);
    const step = stepOf('nothing-to-report', before, nothingToReport(outline.sections[0]?.boxes ?? [], before));
    assert.ok(step);
    assert.deepEqual(applied(step), [[2, 0], [3, 0], [4, 0]]);
    const back = undo(afterStep(noHistory, step));
    assert.ok(back);
    assert.deepEqual(reverted(back.step), [[2, null], [3, null], [4, null]]);
    assert.deepEqual(redo(back.history)?.step, step);
  });
  test('a new step after an undo ends the redo; a step that changes nothing is none', () => {
    const one = stepOf('typed', values(), [[1, 5]]);
    const two = stepOf('typed', values(), [[1, 6]]);
    assert.ok(one && two);
    const back = undo(afterStep(noHistory, one));
    assert.ok(back);
    assert.equal(redo(afterStep(back.history, two)), undefined);
    assert.equal(stepOf('typed', values([1, 5]), [[1, 5]]), undefined);
    assert.equal(undo(noHistory), undefined);
  });
});

describe('keys of the grid', () => {
  const press = (key: string, more: Partial<Pressed> = {}) => commandOf({ key, ctrl: false, shift: false, alt: false, composing: false, ...more });
  test('Enter and arrows move, = takes last month, Ctrl Z, Ctrl Y and Ctrl Enter do what they say', () => {
    assert.deepEqual([press('Enter'), press('Enter', { shift: true }), press('ArrowUp'), press('=')], [{ do: 'move', by: 1 }, { do: 'move', by: -1 }, { do: 'move', by: -1 }, { do: 'last-month' }]);
    assert.deepEqual([press('z', { ctrl: true }), press('Z', { ctrl: true, shift: true }), press('y', { ctrl: true }), press('Enter', { ctrl: true })].map((command) => command?.do), ['undo', 'redo', 'redo', 'review']);
  });
  test('while Telex or VNI composes a letter no key is ours; Tab, digits and Ctrl V are the browser\'s', () => {
    assert.deepEqual([press('Enter', { composing: true }), press('Tab'), press('7'), press('v', { ctrl: true })], [undefined, undefined, undefined, undefined]);
  });
});

describe('rules while typing', () => {
  const form = aForm({ rules: [aRule('c-within-a', '#{c}', '<=', '#{a}'), aRule('b-total', '#{b}', '<=', '#{a}'), aRule('part', '#{b.part1}', '<=', '#{b.part2}', { severity: 'soft' }), aRule('growth', '#{e}', '<=', '2 * #{e}.periodOffset(-1)'), aRule('rate', '#{a}', '<=', 'A{residents}')] });
  const live = liveRulesOf(form);
  const broken = (filled: Map<number, CellValue>, whole = false) => live.flatMap((rule) => findingOf(rule, filled, whole)?.rule ?? []);
  test('a broken rule is told with both sides, at the last of its boxes', () => {
    const rule = live.find((one) => one.rule.id === 'c-within-a');
    assert.ok(rule);
    assert.deepEqual(findingOf(rule, values([1, 4], [4, 6]), false), { rule: 'c-within-a', kind: 'rule', severity: 'hard', slots: [1, 4], slot: 4, words: rule.rule.instruction, left: 6, right: 4 });
  });
  test('a rule whose boxes are still empty is not yet broken; the total of a breakdown adds its parts', () => {
    assert.deepEqual(broken(values([4, 6])), []);
    assert.deepEqual(broken(values([1, 10], [2, 6], [3, 5])), ['b-total', 'part']);
  });
  test('last month and the unit\'s own numbers take part', () => {
    assert.deepEqual(broken(values([6, 700])), [], 'the month before is not among the months of this form');
    assert.deepEqual(broken(values([1, 1001])), ['rate']);
  });
  test('the device and the server find the same rules broken, whatever is filled', () => {
    const texts: readonly [string, Parameters<typeof aRule>[2], string][] = [
      ['#{c}', '<=', '#{a}'], ['#{b}', '==', '#{a}'], ['#{b.part1} + 1', '>', '#{b.part2}'], ['#{e}', '<=', '2 * #{e}.periodOffset(-1)'], ['#{a}', '<', 'A{residents}'], ['#{d}', '!=', 'C{limit}'],
      ['#{c}', 'compulsory_pair', '#{d}'], ['#{c}', 'exclusive_pair', '#{e}'], ['#{a}', '<=', 'avg(#{a})'], ['#{e}.yearToDate()', '>=', '#{e}'],
    ];
    const missing = ['never-skip', 'skip-if-any-missing', 'skip-if-all-missing'] as const;
    const rules = texts.flatMap(([left, operator, right], at) => missing.map((strategy): FormRule => ({ ...aRule(`r${at}-${strategy}`, left, operator, right), left: { formula: left, missing: strategy }, right: { formula: right, missing: strategy } })));
    const shown = aForm({ rules, constants: { limit: 3 }, months: [{ period: '2026-01', values: [3, 1, 2, 4, 1.5, 9], before: null }, { period: '2026-02', values: [2, null, 1, 0, null, 7], before: null }] });
    const device = liveRulesOf(shown);
    assert.equal(device.length, rules.length);
    const form = serverForm(shown, rules);
    const history = new Map(shown.months.map((month) => [month.period, month.values.map((value) => (typeof value === 'number' ? value : null))]));
    let state = 7;
    const draw = (below: number): number => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor(state / 65536) % below; };
    let found = 0;
    for (let round = 0; round < 500; round += 1) {
      const vals = shown.slots.map(() => (draw(3) === 0 ? null : draw(12)));
      const server = brokenRules(form, vals, { attributes: shown.unitAttributes, ancestors: [], groups: [] }, history).map((one) => one.rule.id).sort();
      const here = device.flatMap((rule) => findingOf(rule, new Map(shown.slots.map((slot, at) => [slot, vals[at] ?? null])), true)?.rule ?? []).sort();
      assert.deepEqual(here, server, JSON.stringify(vals));
      found += here.length;
    }
    assert.ok(found > 1000, 'the rules are really broken in many rounds');
  });
  test('one changed box asks only its own rules', () => {
    assert.deepEqual(rulesBySlot(live).get(4)?.map((rule) => rule.rule.id), ['c-within-a']);
    assert.equal(rulesBySlot(live).get(5), undefined);
  });
  test('a value far from the months before is unusual; the figures of the months are shown with their gaps', () => {
    const outline = outlineOf(form);
    const box = outline.boxes[5];
    assert.ok(box);
    assert.equal(unusualOf(form, box, 3100)?.right, 310);
    assert.equal(unusualOf(form, box, 311), undefined);
    assert.equal(unusualOf(form, box, 'no-data'), undefined);
    assert.equal(monthsOfBox(form, box).length, 4);
  });
});

describe('from the device to the server', () => {
  const fields = { base: 2, v1: 5, v2: null, v3: 'no-data', n1: 'đã kiểm tra', 'e:outlier:6': ' đợt cao điểm ', p4: 'sổ thiếu một điểm', junk: 1, v9: Number.NaN };
  const body = submissionOf(fields, { attribute: '', rev: 7, filledAt: null });
  test('fields become a submission on the revision first shown, and back', () => {
    assert.deepEqual(body, { attribute: '', baseRev: 2, values: [[1, 5], [2, null], [3, 'no-data']], notes: [{ slot: 1, text: 'đã kiểm tra' }], explanations: [{ rule: 'outlier', slot: 6, text: 'đợt cao điểm' }], prefillReasons: [{ slot: 4, text: 'sổ thiếu một điểm' }], filledAt: null } satisfies Submission);
    assert.deepEqual(submissionOf(fieldsOfSubmission(body), { attribute: '', rev: 0, filledAt: null }), body);
  });
  test('the subject names the return and is read back', () => {
    const key = aForm().key;
    assert.deepEqual(keyOfSubject(subjectOf(key)), key);
    assert.equal(keyOfSubject('draft:1'), undefined);
  });
  test('what is typed stands over what is queued, and that over what the server has', () => {
    const current = currentOf(aForm({ current: [1, 1, 1, 1, 1, 1] }));
    assert.deepEqual([...overlaid(current, [{ values: [[1, 2], [2, 2]] }], { v2: 3 })].slice(0, 3), [[1, 2], [2, 3], [3, 1]]);
  });
  test('the base moves over our own submission, but not over others\' changes that were merged unseen', () => {
    assert.equal(baseToSend(body, { rev: 3, merged: false, base: 2 }), 3);
    assert.equal(baseToSend(body, { rev: 5, merged: true, base: 2 }), 2);
    assert.equal(baseToSend(body, undefined), 2);
  });
  test('a conflict shows both values and is sent again only where ours was chosen', () => {
    const conflicts = conflictsIn({ code: 'revision-stale', rev: 4, conflicts: [{ slot: 1, theirs: 9, yours: 5 }, { slot: 'x' }] });
    assert.deepEqual(conflicts, [{ slot: 1, theirs: 9, yours: 5 }]);
    assert.deepEqual(resolved(body, 4, new Set([1])).values, [[2, null], [3, 'no-data']]);
  });
  test('E1: a note with an identity or telephone number is warned of before it leaves the device', () => {
    assert.ok(looksPersonal('CCCD 001099012345'));
    assert.ok(!looksPersonal('đã kiểm tra lại với công an xã'));
  });
});
