import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { messageFolders, readMessages, sentenceOf } from '#platform/messages.ts';
import { routes } from './routes.ts';
import * as schema from './schema.ts';

const root = join(import.meta.dirname, '..', '..');
const said = readMessages(messageFolders(root));
const languages = ['vi', 'en'] as const;
const lists = {
  kind: schema.kinds, setting: schema.settings, source: schema.sources, basis: schema.bases, activity: schema.activities, state: schema.states, move: schema.moves, step: schema.steps, measure: schema.measures, dismissal: schema.dismissalReasons,
  'check-result': schema.checkResults, purpose: schema.purposes, substance: schema.substances, stage: schema.photographStages, 'photo-removal': schema.removalReasons,
};

test('every word of every closed list is said in both languages', () => {
  for (const language of languages) for (const [list, words] of Object.entries(lists)) for (const word of words) assert.ok(said[language][`hotspots.${list}.${word}`], `${language} hotspots.${list}.${word}`);
});
test('every refusal a contract names has its sentence in both languages', () => {
  for (const { contract } of routes) for (const code of Object.keys(contract.problems)) for (const language of languages) assert.ok(said[language][`problem.${code}`], `${language} problem.${code}`);
});
test('a refusal speaks with the facts it is given', () => {
  const say = sentenceOf(said);
  assert.equal(say('day-in-future', { day: '2026-11-19', today: '2026-11-18' }, 'vi'), 'Ngày 2026-11-19 chưa tới; hôm nay là 2026-11-18.');
  assert.doesNotMatch(say('check-already-made', { day: 30, on: '2026-12-18' }, 'en'), /[{}]/);
});
test('each step that is logged has its word in the timeline of the log', () => {
  const words: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(join(import.meta.dirname, 'messages.vi.json'), 'utf8')) as Record<string, unknown>; // our own file, flat
  for (const step of schema.steps) assert.ok(words[`audit.action.hotspots.${step === 'check' ? 'checked' : `step-${step}`}`], step);
});
