/**
 * The national classification on the returns of the demonstration (3,321 communes, twelve months of a year): cold, after one return, warm, and one
 * commune alone, against one statement of plain SQL that reads the same boxes and reaches the same outcomes. The outcomes of both are compared.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { nowOf } from '#kernel/clock.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { serverModules } from '#app/server-modules.ts';
import { builtInProgramme, loadProgramme, slotsOf } from '#modules/definitions/index.ts';
import { loadSyntheticResidents, loadUnits } from '#modules/org-units/index.ts';
import { seedReturns } from '#modules/returns/index.ts';
import { look, materialOf } from '#modules/classification/actions/verdict.ts';
import { frameOf } from '#modules/classification/actions/frame.ts';
import { Nation } from '#modules/classification/actions/nation.ts';
import { hotspotRegister } from '#modules/classification/actions/register.ts';
import { median, say } from './lib-measure.ts';

const now = nowOf(new Date('2026-03-02T03:00:00.000Z'));
const period = '2025';
const f = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 2 }).padStart(10);

async function openSite(): Promise<TestServer> {
  const site = await testServer(serverModules);
  await loadUnits(site.db);
  const loaded = await loadProgramme(site.db, await builtInProgramme(), { note: 'bench', by: 'bench', on: '2024-11-15' });
  if (!loaded.ok) throw new Error('the programme was refused');
  await site.db.write('system', async (tx) => { await loadSyntheticResidents(tx, now.today); await seedReturns(tx, now, () => undefined); });
  return site;
}

type Took = { readonly ms: number; readonly cpu: number };
/** Ticks of 10 ms of this database's server processes, and this process: what holds when the machine has other work, as waiting times do not. */
async function cpuOf(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity where datname = current_database()');
  const own = process.cpuUsage();
  return (own.user + own.system) / 1000 + rows.reduce((sum, { pid }) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return sum; // ended meanwhile, or a system without /proc
    }
  }, 0);
}
async function took(owner: pg.Client, rounds: number, work: (round: number) => Promise<unknown>): Promise<Took> {
  const before = await cpuOf(owner);
  const list = await times(rounds, work);
  return { ms: median(list), cpu: ((await cpuOf(owner)) - before) / rounds };
}

async function times(rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const list: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await work(round);
    list.push(performance.now() - from);
  }
  return list;
}

/** The first reading of the decision as one statement: what a report written by hand would be. */
async function plainSql(tx: Tx): Promise<Map<string, string>> {
  const slots = await slotsOf(tx);
  const s = (element: string, cell = ''): number => slots.homeOf(element, cell)?.slot ?? 0;
  const rows = await tx.arrays(sql`
    with months as (
      select org_unit, period, vals[${s('nhan-khau')}::int] as residents, vals[${s('ngoai-ba-dien')}::int] as outside, vals[${s('diem')}::int] as points, vals[${s('diem-phat-hien')}::int] as found, vals[${s('diem-triet-xoa')}::int] as removed,
             vals[${s('nguoi-bi-bat')}::int] as arrested, vals[${s('cay')}::int] as plants, vals[${s('dien-tich-cay')}::int] as area, vals[${s('vi-pham-cu-tru')}::int] as violations, vals[${s('truy-na')}::int] as fugitives,
             vals[${s('tuyen-trong-diem', 'noi-tinh')}::int] as inside, vals[${s('tuyen-trong-diem', 'lien-tinh')}::int] as between_
        from returns_pub.packed where data_set = 'xa-thang' and attribute = '' and period between ${`${period}-01`} and ${`${period}-12`}
    ), year as (
      select org_unit, count(violations) = 12 and count(fugitives) = 12 and count(outside) = 12 and count(points) = 12 and count(found) = 12 and count(arrested) = 12 and count(plants) = 12 and count(area) = 12 as whole,
             max(residents) filter (where period like '%-12') as residents, max(outside) filter (where period like '%-12') as outside, max(outside) as outside_most, max(points) filter (where period like '%-12') as points,
             greatest(max(points), max(points + removed - found) filter (where period like '%-01') + sum(found)) as points_seen, sum(arrested) as arrested, sum(plants) as plants, sum(area) as area, sum(violations) as violations,
             max(fugitives) filter (where period like '%-12') as fugitives, max(fugitives) as fugitives_most, max(greatest(inside, between_)) filter (where period like '%-12') as route
        from months group by org_unit
    ), letters as (
      select *, (outside * 100 >= 0.5 * residents)::int as a1, (points >= 2)::int as b1, (arrested * 100 >= 0.1 * residents)::int as c1, (plants >= 3000 or area >= 750)::int as d1,
             (outside * 100 >= 0.1 * residents and outside * 100 < 0.5 * residents)::int as a2, (points = 1)::int as b2, (arrested * 100 >= 0.05 * residents and arrested * 100 < 0.1 * residents)::int as c2,
             ((plants >= 500 and plants < 3000) or (area >= 125 and area < 750))::int as d2,
             (outside * 100 < 0.1 * residents)::int as a3, (arrested * 100 < 0.05 * residents)::int as c3, (plants < 500 or area < 125)::int as d3
        from year
    )
    select org_unit, case when not whole then 'open'
        when outside = 0 and outside_most = 0 and violations = 0 and fugitives = 0 and fugitives_most = 0 and points = 0 and points_seen = 0 then 'drug-free'
        when outside = 0 and violations = 0 and fugitives = 0 and points = 0 then 'to-conclude'
        when a1 + b1 + c1 + d1 + (route = 1 and greatest(a1, a2) + greatest(b1, b2) + greatest(c1, c2) + greatest(d1, d2) >= 2)::int >= 3 then 'I'
        when a2 + b2 + c2 + d2 + (route = 1 and greatest(a1, a2, a3) + greatest(b1, b2) + greatest(c1, c2, c3) + greatest(d1, d2, d3) >= 2)::int >= 3 then 'II'
        when a3 + c3 + d3 >= 1 then 'III' else 'not-classified' end
      from letters`);
  return new Map(rows.map(([unit, outcome]) => [String(unit), String(outcome)]));
}

/** One return of one commune, as a commit would leave it. */
const changeOne = (site: TestServer, unit: string, round: number): Promise<unknown> => site.db.write('system', async (tx) => {
  const slot = (await slotsOf(tx)).homeOf('vi-pham-cu-tru', '')?.slot ?? 0;
  await tx.run(sql`update returns.packed set rev = rev + 1, vals[${slot}::int] = ${round % 2} where org_unit = ${unit} and period = ${`${period}-06`} and data_set = 'xa-thang'`);
  await tx.run(sql`update returns.version set version = version + 1 where period = ${`${period}-06`} and data_set = 'xa-thang'`);
});

/** @returns how many of the goals were missed */
export async function measure(): Promise<number> {
  const site = await openSite();
  let missed = 0;
  const line = (what: string, { ms, cpu }: Took, goal: number): void => {
    if (Math.min(ms, cpu) > goal) missed += 1;
    say(`  ${what.padEnd(58)} ${f(ms)} ms   CPU ${f(cpu).trim()} ms   goal ${goal} ms: ${ms <= goal ? 'reached' : cpu <= goal ? 'reached in CPU, the machine was busy' : 'MISSED'}`);
  };
  const owner = new pg.Client(site.ownerUrl);
  await owner.connect();
  try {
    const year = (nation: Nation) => site.db.read('system', (tx) => nation.year(tx, period, now.today));
    await year(new Nation(hotspotRegister)); // definitions, units and plans are warm; the year is not
    const cold = await took(owner, 5, () => year(new Nation(hotspotRegister)));
    const nation = new Nation(hotspotRegister);
    const whole = await year(nation);
    const units = whole.frame.places.communes.map((row) => row.code);
    const change = await took(owner, 10, (round) => changeOne(site, units[round * 300] ?? '', round));
    await year(nation);
    const both = await took(owner, 10, async (round) => { await changeOne(site, units[round * 300] ?? '', round + 1); await year(nation); });
    const after = { ms: both.ms - change.ms, cpu: both.cpu - change.cpu };
    const warm = await took(owner, 50, () => year(nation));
    const one = await took(owner, 200, (round) => site.db.read('system', async (tx) => {
      const frame = await frameOf(tx, period, now.today);
      const unit = frame.places.communes[(round * 17) % units.length];
      return unit === undefined ? undefined : look(await materialOf(tx, frame, unit, hotspotRegister), { standing: 'reported', hidden: false });
    }));
    const plain = await took(owner, 5, () => site.db.read('system', plainSql));
    const [found, expected] = [await year(nation), await site.db.read('system', plainSql)];
    let compared = 0;
    found.frame.places.communes.forEach(({ code }, at) => {
      const outcome = expected.get(code);
      if (outcome === undefined || outcome === 'open') return;
      assert.equal(found.rows[at]?.reported.outcome, outcome, code);
      compared += 1;
    });
    say(`classification: ${units.length} communes, twelve months, both standings, eight readings; ${compared} outcomes agree with plain SQL`);
    line('nation, cold (nothing kept of the year)', cold, 1000);
    line('nation, after one return was committed', after, 1000);
    line('nation, nothing moved', warm, 20);
    line('one commune, every criterion with its sources', one, 5);
    const ratio = (ours: Took): string => `${f(plain.ms / ours.ms).trim()} × (CPU ${f(plain.cpu / ours.cpu).trim()} ×)`;
    say(`  ${'plain SQL, one reading, no sources, each time it is asked'.padEnd(58)} ${f(plain.ms)} ms   CPU ${f(plain.cpu).trim()} ms; SQL over ours: cold ${ratio(cold)}, after one return ${ratio(after)}, one commune ${ratio(one)}`);
  } finally {
    await owner.end();
    await site.close();
  }
  return missed;
}
