import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { openDatabase, type Database } from '#platform/db/database.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { cellsOf, eachPart, readLines, readWhole } from './actions/matrix-cells.ts';
import { matrixOf } from './actions/matrix.ts';
import { byOf } from './actions/use-case.ts';
import { packCell } from './rules/cell.ts';
import { everything } from './rules/scope.ts';
import type { Matrix, TaskState } from './schema.ts';
import { insertVectors, replaceVector, setCell } from './store/vectors.ts';
import { expectOk, issuedWith, move, openSite, people, taskOf } from './site.test.ts';

const communes = (province: string) => ({ person: { offices: [], classes: [{ officeClass: 'UBND-XA', provinces: [province] }], post: null, text: '' } });
const both = { person: { offices: [], classes: [{ officeClass: 'UBND-XA', provinces: ['01', '04'] }], post: null, text: '' } };

let site: TestServer;
/** Another process on the same database: its memory is its own. */
let other: Database;
let issued: string[];
before(async () => {
  site = await openSite();
  other = openDatabase(site.db.url, { max: 2 });
  issued = [];
  for (const lines of [[both, both], [both], [communes('04')]]) issued.push((await issuedWith(site, people.vpcp(), lines)).id);
});
after(async () => {
  await other.close();
  await site.close();
});

const day = (today: string): Now => ({ at: `${today}T03:00:00.000Z`, today });
const readBy = (db: Database, actor: Actor, query: Parameters<typeof matrixOf>[1] = {}, today = '2026-11-18'): Promise<Matrix> =>
  db.read(actor, (tx) => matrixOf({ tx, actor, now: day(today), services: { ...site.services, db }, language: 'vi', may: () => true }, query));
/** Read by a process that has seen nothing yet. */
async function readAfresh(...[actor, query, today]: [Actor, Parameters<typeof matrixOf>[1], string]): Promise<Matrix> {
  const db = openDatabase(site.db.url, { max: 1 });
  return readBy(db, actor, query, today).finally(() => db.close());
}

describe('the matrix from memory', () => {
  test('a cell that another process changed shows in the next answer', async () => {
    const office = people.vpcp();
    const letterIn = async (matrix: Promise<Matrix>): Promise<string | undefined> => (await matrix).rows.find((row) => row.directive === issued[1])?.cells.charAt(0);
    assert.equal(await letterIn(readBy(other, office)), 'a');
    const officer = people.officer();
    const task = await taskOf(site, officer, issued[1] ?? '');
    await expectOk(move(site, officer, task, 'acknowledge'));
    assert.equal(await letterIn(readBy(other, office)), 'k');
    assert.equal(await letterIn(readBy(site.db, office)), 'k');
  });

  test('R9: a reader of one province sees its own only, whatever the process remembers of others', async () => {
    const whole = await readBy(site.db, people.vpcp());
    assert.deepEqual(whole.columns.map((column) => column.province), ['01', '04']);
    assert.equal(whole.rows.length, 3);
    const own = await readBy(site.db, people.leader('01'));
    assert.deepEqual(own.columns.map((column) => column.province), ['01']);
    assert.deepEqual(own.rows.map((row) => row.cells.length), [126, 126]);
    assert.deepEqual((await readBy(site.db, people.officer())).rows, []);
  });

  test('R10: row security alone names no vector of another province, so that memory gives none', async () => {
    await readBy(site.db, people.vpcp());
    const provinces = new Set<string>();
    for (const line of await site.db.read(people.leader('04'), (tx) => readLines({ tx, scope: everything }, { directive: null, province: null }))) eachPart(line, (province) => provinces.add(province));
    assert.deepEqual([...provinces], ['04']);
    assert.deepEqual(await site.db.read(people.officer(), (tx) => readLines({ tx, scope: everything }, { directive: null, province: null })), []);
  });

  test('a vector written between its name and its cells is read whole, and as written', async () => {
    const fresh = openDatabase(site.db.url, { max: 1 });
    const actor = people.vpcp();
    await fresh.read(actor, async (tx) => {
      const search = { directive: issued[2] ?? '', province: null };
      const lines = await readLines(byOf({ tx, actor }), search);
      await site.db.write('system', (writer) => setCell(writer, { province: '04', directive: issued[2] ?? '', assignment: lines[0]?.root ?? '', commune: '01273', bytes: packCell({ state: 'in-progress', dueOn: null, submittedOn: null }) }));
      assert.equal(await cellsOf(byOf({ tx, actor }), fresh, lines), undefined);
      const whole = await readWhole(byOf({ tx, actor }), fresh, search);
      assert.notEqual(whole.lines[0]?.name, lines[0]?.name);
      assert.equal(whole.cells.size, 1);
    }).finally(() => fresh.close());
  });

  test('after any steps of any process the answer from memory is the answer without one', async () => {
    const seats = (await readBy(site.db, people.vpcp())).columns;
    const lines = (await Promise.all(issued.map((directive) => readBy(site.db, people.vpcp(), { directive })))).flatMap((matrix) => matrix.rows);
    const readers = [people.vpcp(), people.leader('01'), people.leader('04'), people.communeLeader()];
    const states: TaskState[] = ['assigned', 'acknowledged', 'in-progress', 'evidence-submitted', 'accepted', 'withdrawn'];
    const standing = fc.record({ state: fc.constantFrom(...states), dueOn: fc.constantFrom(null, '2026-11-17', '2026-12-31'), submittedOn: fc.constantFrom(null, '2026-11-18') });
    const step = fc.record({ kind: fc.constantFrom('cell', 'cell', 'whole', 'new'), line: fc.nat(lines.length - 1), province: fc.nat(1), commune: fc.nat(50), standing, reader: fc.nat(readers.length - 1), narrow: fc.constantFrom('', 'directive', 'province'), late: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      for (const one of steps) {
        const [line, place] = [lines[one.line], seats[one.province]];
        const directive = line?.directive ?? '';
        const province = place?.province ?? '';
        const assignment = line?.assignment ?? '';
        const cells = Uint8Array.from((place?.communes ?? []).flatMap(() => packCell(one.standing)));
        await other.write('system', async (tx) => {
          if (one.kind === 'cell') await setCell(tx, { province, directive, assignment, commune: place?.communes[one.commune] ?? '', bytes: packCell(one.standing) });
          if (one.kind === 'whole') await replaceVector(tx, { province, directive, assignment, root: assignment, cells });
          if (one.kind === 'new') await insertVectors(tx, [{ province, directive, assignment: newId(), root: assignment, cells }]); // a split under the same line
        });
        const reader = readers[one.reader] ?? people.vpcp();
        const query = one.narrow === 'directive' ? { directive } : one.narrow === 'province' ? { province } : {};
        const today = one.late ? '2027-01-05' : '2026-11-18';
        assert.deepEqual(await readBy(site.db, reader, query, today), await readAfresh(reader, query, today));
      }
    }), { numRuns: 15, seed: 2 });
  });
});
