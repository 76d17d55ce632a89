import assert from 'node:assert/strict';
import { type Formula, type MissingStrategy, type Outcome, type Value, type ValueSource, compileOutcome, parse } from '../index.ts';

/** A source over canonical item texts; what is not named is not reported. Unit tests answer true when named. */
export function sourceOf(values: Readonly<Record<string, Value>>, samplePeriods?: readonly number[]): ValueSource {
  const read: ValueSource['read'] = (reference, shift) => values[shift === 0 ? reference.key : `${reference.key}@${shift}`] ?? null;
  return samplePeriods ? { read, samplePeriods } : { read };
}

export function formulaOf(text: string): Formula {
  const parsed = parse(text);
  assert.ok(parsed.ok, parsed.ok ? '' : `${text}\n${parsed.problem.code}\n${parsed.problem.caret}`);
  return parsed.value;
}

export const outcomeOf = (text: string, values: Readonly<Record<string, Value>> = {}, missing?: MissingStrategy): Outcome => compileOutcome(formulaOf(text), missing)(sourceOf(values));
export const computedOf = (text: string, values: Readonly<Record<string, Value>> = {}, missing?: MissingStrategy): Value => outcomeOf(text, values, missing).value;
