import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dueDayOf } from './schema.ts';
import type { ProgrammeHead } from './schema.ts';

// The head as it is delivered.
const { calendar } = JSON.parse(readFileSync(new URL('../../programme/phong-chong-ma-tuy-2030/programme.json', import.meta.url), 'utf8')) as ProgrammeHead;

test('working days until a return is due leave out weekends and the days on which every office rests', () => {
  const due = (period: string, dueWorkingDays: number) => dueDayOf({ dueWorkingDays }, period, calendar);
  assert.equal(due('2026-11', 2), '2026-11-17');
  assert.equal(due('2026-02', 2), '2026-02-24', 'Tết 2026 lasts from 16 to 20 February');
  assert.equal(due('2026-04', 11), '2026-05-04', '27 April stands in for the Hùng Kings’ day, a Sunday; 30 April and 1 May are off');
  assert.equal(dueDayOf({ dueWorkingDays: 2 }, '2026-02', { startDay: 15 }), '2026-02-17', 'a programme without holidays knows weekends only');
  assert.equal(dueDayOf({ dueWorkingDays: 1 }, '2026-11', calendar, (day) => day === '2026-11-16'), '2026-11-17', 'an office may rest on further days');
});
