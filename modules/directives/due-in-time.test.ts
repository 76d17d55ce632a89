import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import type { TestServer } from '#platform/testing/test-server.ts';
import { countDueInTime } from './index.ts';
import { issuedWith, openSite, people } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

test('tasks due in a quarter and those done in time are counted by place; what is withdrawn or due later is in neither', async () => {
  for (let i = 0; i < 3; i += 1) await issuedWith(site, people.vpcp(), [{}]); // each due on 31 December 2026
  const owner = new pg.Client({ connectionString: site.ownerUrl });
  await owner.connect();
  await owner.query("begin; set local sauro.system = 'on'");
  await owner.query(`with own as (select id, row_number() over (order by id) as n from directives.task where province = '01' and commune is null and parent is null)
    update directives.task t set state = case own.n when 1 then 'accepted' when 2 then 'accepted' else t.state end, submitted_on = case own.n when 1 then date '2026-12-31' when 2 then date '2027-01-02' end
      from own where t.id = own.id and t.province = '01'`);
  await owner.query('commit');
  await owner.end();
  const count = (first: string, last: string, commune: string | null = null) => site.db.read('system', (tx) => countDueInTime(tx, { province: '01', commune, first, last }));
  assert.deepEqual(await count('2026-10-01', '2026-12-31'), { due: 3, onTime: 1 });
  assert.deepEqual(await count('2027-01-01', '2027-03-31'), { due: 0, onTime: 0 });
});
