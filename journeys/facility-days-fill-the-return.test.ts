import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addDays } from '#kernel/day.ts';
import { actorWith, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { providePrefills } from '#app/prefills.ts';
import { builtInProgramme, loadProgramme } from '#modules/definitions/index.ts';
import { definitions } from '#modules/definitions/module.ts';
import { directives } from '#modules/directives/module.ts';
import { facilities } from '#modules/facilities/module.ts';
import { identity } from '#modules/identity/module.ts';
import { editionOfFiles, loadUnits } from '#modules/org-units/load.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { returns } from '#modules/returns/module.ts';
import type { ReturnForm } from '#modules/returns/schema.ts';

const police = actorWith(atProvince('province-police', '01', 'CA:01'));
const manager = actorWith(atProvince('facility-manager', '01', 'CA:01'));
let site: TestServer;
before(async () => {
  site = await testServer([orgUnits, identity, definitions, directives, returns, facilities], {
    name: `fj${editionOfFiles().slice(0, 6)}`,
    fill: async (db) => {
      await loadUnits(db);
      const loaded = await loadProgramme(db, await builtInProgramme(), { note: 'thử', by: 'test', on: '2026-11-01' });
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem));
    },
  });
  providePrefills();
});
after(async () => { await site.close(); });

async function done<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}
const none = { admitted: 0, received: 0, completed: 0, moved: 0, away: 0, left: 0, died: 0 };
const formOf = () => done(site.call<ReturnForm>(manager, 'GET', '/returns/form/01/01/2026-11/co-so-thang'));
/** What the register says of a box of the form, by element and cell. */
const told = (form: ReturnForm, element: string, cell = ''): number | undefined => {
  const slot = form.sections.flatMap((section) => section.elements).find((one) => one.id === element)?.cells.find((one) => one.cell === cell)?.slot;
  return form.prefill.find((one) => one.slot === slot)?.value;
};

test('a facility writes its days, and the monthly return of the province has its figures; another figure needs a reason', async () => {
  await done(site.call(police, 'POST', '/facilities', {
    province: '01', code: 'CS1', ownership: 'public', openedOn: '2020-01-01', managerOffice: 'CA:01', book: { from: '2026-10-15', voluntary: 20, compulsory: 80 },
    profile: { validFrom: '2020-01-01', nameVi: 'Cơ sở mẫu', nameEn: 'Sample', terrain: 'rural', commune: null, landM2: 9000, places: 90, beds: 95, decision: '' },
  }));
  let opening = { voluntary: 20, compulsory: 80 };
  for (let day = '2026-10-15'; day <= '2026-11-14'; day = addDays(day, 1)) {
    if (day === '2026-11-14') assert.deepEqual([told(await formOf(), 'vao-co-so', 'tu-nguyen'), told(await formOf(), 'cho-thiet-ke')], [undefined, 90], 'a day is missing: movements are not told, places are');
    const some = day === '2026-11-02';
    const figures = { voluntary: { ...none, admitted: some ? 3 : 0 }, compulsory: { ...none, completed: some ? 5 : 0 }, firstEver: some ? 1 : 0, waitedDays: some ? 12 : 0, waiting: 2, absent: 1, present: (day < '2026-11-02' ? 100 : 98) - 1 };
    await done(site.call(manager, 'PUT', `/facilities/01/CS1/days/${day}`, { opening, figures }));
    if (some) opening = { voluntary: 23, compulsory: 75 };
  }
  const form = await formOf();
  const figures = [['co-mat', 'tu-nguyen'], ['co-mat', 'bat-buoc'], ['vao-co-so', 'tu-nguyen'], ['vao-co-so', 'bat-buoc'], ['ra-co-so', 'hoan-thanh'], ['ra-co-so', 'tu-vong'], ['ngay-cho', ''], ['vao-lan-dau', ''], ['dang-cho-co-so', '']] as const;
  assert.deepEqual(figures.map(([element, cell]) => told(form, element, cell)), [23, 75, 3, 0, 5, 0, 12, 1, 2]);
  const slot = form.prefill.find((one) => one.value === 23)?.slot ?? 0;
  const submit = (values: [number, number][]) => site.call<{ code?: string }>(manager, 'POST', '/returns/form/01/01/2026-11/co-so-thang/submission', { attribute: '', baseRev: 0, values, notes: [], explanations: [], prefillReasons: [], filledAt: null });
  const refused = await submit(form.prefill.map((one) => [one.slot, one.slot === slot ? 24 : one.value]));
  assert.deepEqual([refused.status, refused.body.code], [422, 'prefill-reason-missing']);
});
