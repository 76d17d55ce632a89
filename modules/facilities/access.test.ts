import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { facilities } from './module.ts';
import { enter, expectOk, figures, openSite, people, profile, putDay } from './site.test.ts';

/** Who is asked about, each holding one grant. OWN and NEXT are facilities of province 01, run by the offices CA:01 and SYT:01; FAR is in 04. */
const cast = {
  'government-office': actorWith(atNation('government-office', 'VPCP')), ministry: actorWith(atNation('ministry', 'BCA')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')),
  'auditor of the nation': actorWith(atNation('auditor', 'TTCP')), 'inspector of the nation': actorWith(atNation('facility-inspector', 'TTCP')), 'inspector of the province': actorWith(atProvince('facility-inspector', '01', 'MTTQ:01')),
  'province-leader': actorWith(atProvince('province-leader', '01')), 'province-secretary': actorWith(atProvince('province-secretary', '01')), 'province-police': actorWith(atProvince('province-police', '01', 'CA:01')),
  'leader of another province': actorWith(atProvince('province-leader', '04')), 'manager of the facility': actorWith(atProvince('facility-manager', '01', 'CA:01')), 'manager of the next facility': actorWith(atProvince('facility-manager', '01', 'SYT:01')),
  'manager of the same office elsewhere': actorWith(atProvince('facility-manager', '04', 'CA:01')), 'commune-leader': actorWith(atCommune('commune-leader', '01', '00004')), 'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')),
  'social-worker': actorWith(atCommune('social-worker', '01', '00004')), administrator: actorWith(atNation('administrator', 'VPCP')), oversight: actorWith(atNation('oversight', 'UBTP')),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above
const places = ['01/OWN', '01/NEXT', '04/FAR'] as const;
type At = (typeof places)[number];
type Table = Partial<Record<Who, readonly At[]>>;
const here: readonly At[] = ['01/OWN', '01/NEXT'];

/** The policy in words; who is not named may not, anywhere. */
const reads: Table = {
  'government-office': places, ministry: places, 'national-analyst': places, 'auditor of the nation': places, 'inspector of the nation': places, 'inspector of the province': here, 'province-leader': here, 'province-secretary': here,
  'province-police': here, 'leader of another province': ['04/FAR'], 'manager of the facility': ['01/OWN'], 'manager of the next facility': ['01/NEXT'],
};
const readsBook: Table = { ...reads, 'government-office': [], ministry: [], 'national-analyst': [] };
const records: Table = { 'manager of the facility': ['01/OWN'], 'manager of the next facility': ['01/NEXT'] };
const registers: Table = { 'province-secretary': here, 'province-police': here };
const inspects: Table = { 'inspector of the nation': places, 'inspector of the province': here, 'province-police': here };
const reports: Table = { ...records, ...inspects, 'province-secretary': here };
const settles: Table = { 'inspector of the nation': places, 'inspector of the province': here, 'province-leader': here, 'province-police': here, 'leader of another province': ['04/FAR'] };
const forecasts: Partial<Record<Who, number>> = { 'government-office': 34, ministry: 34, 'national-analyst': 34, 'auditor of the nation': 34, 'province-leader': 1, 'province-secretary': 1, 'province-police': 1, 'leader of another province': 1 };

async function openWorld(): Promise<TestServer> {
  const site = await openSite();
  await enter(site, people.police(), 'OWN');
  await enter(site, people.police(), 'NEXT', { managerOffice: 'SYT:01' });
  await expectOk(site.call(people.police('04'), 'POST', '/facilities', { province: '04', code: 'FAR', ownership: 'public', openedOn: '2020-01-01', managerOffice: 'CA:04', profile, book: { from: '2026-11-01', voluntary: 20, compulsory: 80 } }));
  await expectOk(putDay(site, people.manager(), '2026-11-01', { figures: figures({}, { died: 1 }, { present: 99 }) }, 'OWN'));
  await expectOk(putDay(site, people.manager('SYT:01'), '2026-11-01', {}, 'NEXT'));
  await expectOk(site.call(people.manager('CA:04', '04'), 'PUT', '/facilities/04/FAR/days/2026-11-01', { opening: { voluntary: 20, compulsory: 80 }, figures: figures({}, {}, { present: 100 }) }));
  return site;
}

const denied = (status: number): boolean => status === 403 || status === 404;
const nobodysId = '00000000-0000-4000-8000-000000000001';
/** Each operation with a body that is refused on its merits when it is allowed at all, so that nothing changes while everybody tries. */
const operations: readonly { readonly what: string; readonly table: Table; readonly method: string; readonly path: (at: At) => string; readonly body?: unknown }[] = [
  { what: 'open the facility', table: reads, method: 'GET', path: (at) => `/facilities/${at}` },
  { what: 'read the book', table: readsBook, method: 'GET', path: (at) => `/facilities/${at}/days` },
  { what: 'read its months', table: readsBook, method: 'GET', path: (at) => `/facilities/${at}/months` },
  { what: 'read a day of it', table: readsBook, method: 'GET', path: (at) => `/facilities/${at}/days/2026-11-01/history` },
  { what: 'read its life', table: readsBook, method: 'GET', path: (at) => `/facilities/${at}/life` },
  { what: 'read inspections', table: readsBook, method: 'GET', path: (at) => `/facilities/${at}/inspections` },
  { what: 'read matters', table: readsBook, method: 'GET', path: (at) => `/facilities/${at}/matters` },
  { what: 'record a day', table: records, method: 'PUT', path: (at) => `/facilities/${at}/days/2026-12-31`, body: { opening: { voluntary: 0, compulsory: 0 }, figures: figures({}, {}, {}) } },
  { what: 'correct days', table: records, method: 'POST', path: (at) => `/facilities/${at}/corrections`, body: { reason: 'thử', days: [], shiftLater: false } },
  { what: 'record staff', table: records, method: 'PUT', path: (at) => `/facilities/${at}/staffing`, body: { day: '2026-12-31', staff: 1, healthStaff: 0 } },
  { what: 'record an activity', table: records, method: 'POST', path: (at) => `/facilities/${at}/activities`, body: { kind: 'vocational', fromDay: '2026-12-31', toDay: null, people: 1, finished: 0, sessions: 0, note: '' } },
  { what: 'change an activity', table: records, method: 'PUT', path: (at) => `/facilities/${at}/activities/${nobodysId}`, body: { rev: 1, activity: { kind: 'vocational', fromDay: '2026-12-31', toDay: null, people: 1, finished: 0, sessions: 0, note: '' } } },
  { what: 'register a version', table: registers, method: 'POST', path: (at) => `/facilities/${at}/profiles`, body: { ...profile, validFrom: '2019-01-01' } },
  { what: 'close it', table: registers, method: 'POST', path: (at) => `/facilities/${at}/closing`, body: { closedOn: '2026-12-31', decision: '' } },
  { what: 'inspect', table: inspects, method: 'POST', path: (at) => `/facilities/${at}/inspections`, body: { onDay: '2026-11-18', checklist: 'none', summary: '', answers: [] } },
  { what: 'report a matter', table: reports, method: 'POST', path: (at) => `/facilities/${at}/matters`, body: { kind: 'incident', category: 'care', channel: 'box', onDay: '2026-11-18', people: 1, text: '' } },
];
/** Refused on the merits: the door was open. */
const onMerits = (status: number): boolean => status === 200 || status === 409 || status === 422;

function matrix(name: string, world: () => TestServer): void {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} does what the table names, at the facilities it names`, async () => {
        for (const { what, table, method, path, body } of operations) for (const at of places) {
          const { status } = await world().call(cast[who], method, path(at), body);
          const allowed = table[who]?.includes(at) ?? false;
          assert.ok(allowed ? onMerits(status) : denied(status), `${what} at ${at}: ${status}`);
        }
        for (const at of places) {
          const settled = await world().call(cast[who], 'POST', `/facilities/${at}/matters/${nobodysId}/settlement`, { rev: 1, close: true, text: '' });
          assert.equal(settled.status, settles[who] === undefined ? 403 : 404, `settle at ${at}`); // the matter does not exist, so nobody gets further
          const remedied = await world().call(cast[who], 'POST', `/facilities/${at}/matters/${nobodysId}/answer`, { rev: 1, text: 'thử' });
          assert.equal(remedied.status, who.startsWith('manager') ? 404 : 403, `answer at ${at}`);
        }
      });
      test(`R8: the list shows ${who} the same facilities, and the forecast ${forecasts[who] ?? 0} provinces`, async () => {
        const list = await world().call<{ rows?: { province: string; code: string }[] }>(cast[who], 'GET', '/facilities');
        assert.deepEqual((list.body.rows ?? []).map((row) => `${row.province}/${row.code}`).sort(), [...(reads[who] ?? [])].sort());
        const forecast = await world().call<{ rows?: unknown[] }>(cast[who], 'GET', '/facility-forecast');
        assert.equal(forecast.body.rows?.length ?? 0, forecasts[who] ?? 0);
      });
      test(`R8: ${who} enters a facility only where it keeps the register`, async () => {
        for (const province of ['01', '04']) {
          const { status } = await world().call(cast[who], 'POST', '/facilities', { province, code: 'NEW', ownership: 'private', openedOn: '2027-01-01', managerOffice: 'X', profile, book: { from: '2027-01-01', voluntary: 0, compulsory: 0 } });
          assert.equal(status, registers[who] !== undefined && province === '01' ? 422 : 403, province);
        }
      });
    }
  });
}

let both: TestServer;
let withoutRowSecurity: TestServer;
before(async () => {
  both = await openWorld();
  withoutRowSecurity = await openWorld();
  const owner = new pg.Client({ connectionString: withoutRowSecurity.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(facilities.tables)) await owner.query(`alter table facilities.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await both.close(); await withoutRowSecurity.close(); });

matrix('R10: with both layers', () => both);
matrix('R10: with row security switched off, the policy function alone', () => withoutRowSecurity);

describe('R10: with the policy function out of the way, row security alone', () => {
  const Row = shape({ at: Type.String() });
  for (const who of everyone) {
    test(`${who} reads rows of the register and of books as the policy says, and writes no other`, async () => {
      const seen = await both.db.read(cast[who], (tx) => tx.rows(Row, sql`select province || '/' || code as at from facilities.facility where code <> 'NEW'`));
      assert.deepEqual(seen.map((row) => row.at).sort(), [...(reads[who] ?? [])].sort());
      for (const table of ['profile', 'standing'] as const) {
        const rows = await both.db.read(cast[who], (tx) => tx.rows(Row, table === 'profile' ? sql`select province || '/' || facility as at from facilities.profile` : sql`select province || '/' || facility as at from facilities.standing`));
        assert.deepEqual(rows.map((row) => row.at).sort(), [...(reads[who] ?? [])].sort(), table);
      }
      const days = await both.db.read(cast[who], (tx) => tx.rows(Row, sql`select province || '/' || facility as at from facilities.day`));
      assert.deepEqual(days.map((row) => row.at).sort(), [...(readsBook[who] ?? [])].sort());
      const deaths = await both.db.read(cast[who], (tx) => tx.rows(Row, sql`select province || '/' || facility as at from facilities.matter`));
      assert.deepEqual(deaths.map((row) => row.at), (readsBook[who] ?? []).filter((at) => at === '01/OWN'));
      const touched = await both.db.write(cast[who], (tx) => tx.run(sql`update facilities.day set reason = 'x'`));
      assert.equal(touched, records[who]?.length ?? 0);
      const moved = await both.db.write(cast[who], (tx) => tx.run(sql`update facilities.facility set closing_decision = 'x'`));
      assert.equal(moved, registers[who]?.length ?? 0);
      await assert.rejects(both.db.write(cast[who], (tx) => tx.run(sql`delete from facilities.day`)), /permission denied/, 'nobody takes a day out of the book');
    });
  }
});
