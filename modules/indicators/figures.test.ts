import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestServer } from '#platform/testing/test-server.ts';
import type { Explanation, Overview, PivotReply } from './schema.ts';
import { expectOk, openSite, people, send, slots } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const overview = (by = people.nation(), query = 'period=2026-11') => expectOk(site.call<Overview>(by, 'GET', `/figures/overview?${query}`));

test('the nation’s overview counts a return in the very next answer', async () => {
  const empty = await overview();
  assert.deepEqual(empty.bullets[1]?.value, { missing: true });
  await send(site, '00004', '2026-11', { [slots.found]: 40, [slots.resolved]: 30, [slots.beds]: 5 });
  const now = await overview();
  assert.deepEqual(now.bullets.map((one) => one.value), [{ v: 75 }, { v: 40 }]);
  assert.equal(now.source.received, 1);
  assert.equal(now.source.expected, 3321);
  assert.equal(now.label, 'provisional');
});

test('pivot over provinces and months', async () => {
  const reply = await expectOk(site.call<PivotReply>(people.nation(), 'POST', '/figures/pivot', { measures: [{ kind: 'element', id: 'found' }, { kind: 'indicator', id: 'resolved-share' }], periods: ['2026-11', '2026-Q4'], units: { of: '00', level: 'children' }, standing: 'reported', counts: true }));
  assert.equal(reply.values.length, 4 * 34 + 2 * 2 * 34);
  assert.deepEqual(reply.dimensions.map((one) => one.kind), ['measure', 'period', 'unit']);
  assert.equal(reply.values[0], 40);
});

test('a figure explains itself down to the return', async () => {
  const answer = await expectOk(site.call<Explanation>(people.nation(), 'GET', '/figures/explain?indicator=resolved-share&unit=00&period=2026-11'));
  assert.deepEqual(answer.figure, { v: 75 });
  assert.deepEqual(answer.returns[0]?.values, [{ v: 30 }, { v: 40 }]);
  assert.match(answer.hash, /^[0-9a-f]{64}$/);
});
