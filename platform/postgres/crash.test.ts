import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCampaign } from './crash-campaign.ts';

test('R54.6: kill -9 of node, a backend, the postmaster or all of them at seeded points loses no acknowledged command and leaves none half applied', async () => {
  const report = await runCampaign(Number(process.env['SAURO_CRASH_POINTS'] ?? 10), Number(process.env['SAURO_CRASH_SEED'] ?? 20260707));
  assert.deepEqual({ lost: report.lost, halfApplied: report.halfApplied }, { lost: [], halfApplied: [] });
  assert.ok(report.acknowledged > report.points, `only ${report.acknowledged} commands were acknowledged`);
});
