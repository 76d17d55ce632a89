import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRights } from './rights.ts';
import { readSources } from './sources.ts';

const sources = readSources();
const rulesFound = (extra: Record<string, string>) => checkRights(new Map([...sources, ...Object.entries(extra)])).map((fault) => fault.rule);

test('E1 E3 E7 E14 E15: the tree as it stands breaks no rule that text can show', () => {
  assert.deepEqual(checkRights(sources), []);
});
test('E1: a column for a person outside care fails the build', () => {
  assert.ok(rulesFound({ 'modules/directives/migrations/9-x.sql': 'create table directives.x (\n  suspect_name text,\n  primary key (province)\n);' }).includes('E1'));
});
test('E1: a schema key for a person outside care fails the build', () => {
  assert.ok(rulesFound({ 'modules/directives/schema.ts': 'export const X = shape({ citizenId: Line(12) });' }).includes('E1'));
});
test('E15: a field for one pupil fails the build', () => {
  assert.ok(rulesFound({ 'modules/directives/schema.ts': 'export const X = shape({ pupilName: Line(50) });' }).includes('E1'));
});
test('E3: a score of people fails the build, whatever it is called', () => {
  assert.ok(rulesFound({ 'modules/directives/rules/x.ts': 'export const riskScore = 1;' }).includes('E3'));
});
test('E7: a reply with a list of persons fails the build', () => {
  assert.ok(rulesFound({ 'modules/directives/schema.ts': 'export const r = List(Person);' }).includes('E7'));
});
test('E14: stigmatising words in either language fail the build', () => {
  assert.ok(rulesFound({ 'web/messages.vi.json': '{"a.b": "con nghiện"}' }).includes('E14'));
  assert.ok(rulesFound({ 'web/messages.en.json': '{"a.b": "drug addicts"}' }).includes('E14'));
});
