import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formulaInWords, type FormulaNames } from './formula-words.ts';

const names: FormulaNames = {
  element: (id, cell) => `«${id}${cell === '' ? '' : `: ${cell}`}»`, other: (kind, id) => `${kind} ${id}`, rate: (dataSet, rate) => `${rate} of ${dataSet}`,
  yearToDate: 'year to date', shifted: (count) => `${-count} before`,
};

test('a formula reads in names and signs, with its periods', () => {
  const words = (formula: string) => formulaInWords(formula, names);
  assert.equal(words('#{a-b.c-d} / #{a-b}'), '«a-b: c-d» ÷ «a-b»');
  assert.equal(words('#{a}.yearToDate() - #{a}.periodOffset(-12).yearToDate()'), '«a» (year to date) − «a» (year to date, 12 before)');
  assert.equal(words('if(#{a} >= 2 && #{b} != 0, 1, 0)'), 'if(«a» ≥ 2 ∧ «b» ≠ 0, 1, 0)');
  assert.equal(words('R{xa-thang.EXPECTED_REPORTS} * C{rate} + N{other}'), 'EXPECTED_REPORTS of xa-thang × constant rate + indicator other');
});
