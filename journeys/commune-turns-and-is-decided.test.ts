/**
 * A commune on the list of drug-free communes. A point is reported, resolved, removed, and recurs on day 60: the proposal turns each time, reviews open by
 * themselves, the council decides, the public notice shows it, and the log proves each step.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bytesOfBase64, bytesOfHex } from '#kernel/bytes.ts';
import { checkNote, isSigned } from '#kernel/checkpoint.ts';
import { addDays, type PlainDate } from '#kernel/day.ts';
import { entryBytes } from '#kernel/entry.ts';
import { hashing, leafHash, verifyInclusion } from '#kernel/merkle.ts';
import { logKeyOf, nodeCrypto } from '#platform/log/checkpoint.ts';
import { loadLogKeys, type LogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import { sequenceAll } from '#platform/log/sequencer.ts';
import { signDue } from '#platform/log/sign.ts';
import { sha256 } from '#platform/log/sha256.ts';
import { fileWitness } from '#platform/log/witness.ts';
import { actorWith, atNation, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { serverModules } from '#app/server-modules.ts';
import type { Inclusion, PlacedEntry } from '#modules/audit/schema.ts';
import { caseAt, castOf, expectOk, move, read, why } from '#modules/classification/site.test.ts';
import type { AreaCaseRow, CaseView, Notice, UnitStanding, UnitVerdict } from '#modules/classification/schema.ts';
import { loadAtStart } from '#modules/definitions/index.ts';
import { check, crew, reported, step } from '#modules/hotspots/site.test.ts';
import { editionOfFiles, loadUnits } from '#modules/org-units/load.ts';
import type { ReturnForm } from '#modules/returns/schema.ts';

const unit = '00004';
const cast = castOf('01', unit);
let site: TestServer;
let keys: LogKeys;
before(async () => {
  site = await testServer(serverModules, { name: `jd1${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); await loadAtStart(db, undefined); } });
  keys = await loadLogKeys(site.services.keysDir);
  useLogKeys(keys);
});
after(() => site.close());

let today: PlainDate = '2025-12-17';
const on = (day: PlainDate): void => { today = day; site.setClock(`${day}T03:00:00.000Z`); };

/** A month in which nothing was found among 12,000 residents, sent by the commune and approved by its head and its province. */
async function reportMonth(period: string): Promise<void> {
  const path = `/returns/form/01/${unit}/${period}/xa-thang`;
  const form = await expectOk(site.call<ReturnForm>(cast.officer, 'GET', path));
  const slotOf = (id: string, cell: string): number | undefined => form.sections.flatMap((section) => section.elements).find((element) => element.id === id)?.cells.find((one) => one.cell === cell)?.slot;
  const known = new Map([[slotOf('nhan-khau', ''), 12_000], [slotOf('ba-dieu-kien', 'dat'), 1]]);
  const sent = await expectOk(site.call<{ rev: number }>(cast.officer, 'POST', `${path}/submission`, {
    attribute: '', baseRev: form.rev, values: form.slots.map((slot) => [slot, known.get(slot) ?? 0]), notes: [], explanations: [], prefillReasons: form.prefill.map(({ slot }) => ({ slot, text: 'Đối chiếu với sổ của xã.' })), filledAt: null,
  }));
  for (const [by, stepName] of [[cast.head, 'head'], [cast.secretary, 'province']] as const) {
    const decided = await expectOk(site.call<{ decided: number }>(by, 'POST', '/returns/decisions', { items: [{ key: { province: '01', unit, period, dataSet: 'xa-thang', attribute: '' }, rev: sent.rev }], step: stepName, verdict: 'approve' }));
    assert.equal(decided.decided, 1, period);
  }
}
const proposal = async (): Promise<UnitVerdict> => expectOk(site.call<UnitVerdict>(cast.secretary, 'GET', `/classification/verdict/${unit}?period=2026`));
const testThree = (verdict: UnitVerdict): string | undefined => verdict.groups.find((group) => group.group === 'drug-free')?.criteria.find((one) => one.id === 'drug-free.3')?.verdict;
const standing = (): Promise<UnitStanding> => expectOk(site.call<UnitStanding>(cast.officer, 'GET', `/classification/units/01/${unit}/standing`));
async function reviewOpen(): Promise<CaseView> {
  await site.deliver();
  const { rows } = await expectOk(site.call<{ rows: AreaCaseRow[] }>(cast.secretary, 'GET', `/classification/cases?unit=${unit}&kind=review`));
  const open = rows.find((row) => row.state === 'preparing') ?? assert.fail('no review is open');
  return expectOk(site.call<CaseView>(cast.secretary, 'GET', `/classification/cases/01/${open.id}`));
}

test('R25, R27: a point recurs on day 60, the commune’s proposal turns, the council decides, the public notice shows it, and the log proves each step', async () => {
  const by = crew();
  await caseAt(site, cast, 'in-force', { unit, period: '2025', reason: why });
  assert.equal((await standing()).current?.status, 'drug-free');

  on('2026-05-15');
  for (const month of ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05']) await reportMonth(month);
  assert.equal((await proposal()).proposal, 'drug-free');
  assert.deepEqual(((await expectOk(site.call<{ rows: AreaCaseRow[] }>(cast.secretary, 'GET', `/classification/cases?unit=${unit}&kind=review`))).rows), []);

  // reported and put on the list: test 3 fails at once, and a review opens by itself
  on('2026-05-16');
  let place = await reported(site, by.reporter, { foundOn: today });
  place = await expectOk(step(site, by.resolver, place, 'verify'));
  place = await expectOk(step(site, by.leader, place, 'list'));
  assert.deepEqual([(await proposal()).proposal, testThree(await proposal())], ['III', 'not-met']);
  let review = await reviewOpen();
  assert.deepEqual([review.row.cause, review.causeText], ['criterion-broken', 'drug-free.3']);

  // resolved and removed: no point on the closing day, but one in the period; a person concludes, and the province keeps the commune on the list
  on('2026-06-01');
  place = await expectOk(step(site, by.resolver, place, 'start', { measures: ['regular-patrol'] }));
  place = await expectOk(step(site, by.resolver, place, 'resolve', { measures: ['regular-patrol'] }));
  place = await expectOk(step(site, by.leader, place, 'remove', { documentNumber: '12/QĐ-UBND', documentDate: today }));
  place = await expectOk(step(site, by.checker, place, 'watch'));
  assert.equal((await proposal()).proposal, 'to-conclude');
  await site.deliver();
  review = await expectOk(move(site, cast.leader, await read(site, cast.leader, review), 'drop', { text: 'Điểm đã được triệt xóa; địa bàn tiếp tục được theo dõi.' }));
  assert.equal((await standing()).current?.status, 'drug-free');

  // the check of day 60 finds it again: the same code reopens, the proposal turns, a second review opens
  const removedOn = today;
  on(addDays(removedOn, 30));
  place = await expectOk(check(site, by.checker, place, { day: 30, checkedOn: today, result: 'clean' }));
  on(addDays(removedOn, 60));
  const { code } = place.place;
  place = await expectOk(check(site, by.checker, place, { day: 60, checkedOn: today, result: 'recurred' }));
  assert.deepEqual([place.place.state, place.place.code, place.place.recurredOnDay], ['recurred', code, 60]);
  for (const month of ['2026-06', '2026-07']) await reportMonth(month);
  assert.deepEqual([(await proposal()).proposal, testThree(await proposal())], ['III', 'not-met']);
  review = await reviewOpen();

  // the council decides, against nothing: the engine proposes what it concludes; two persons sign; the notice stands open to objections
  review = await expectOk(move(site, cast.secretary, review, 'convene'));
  for (const member of [cast.secretary, cast.police, cast.leader]) review = await expectOk(move(site, member, review, 'opine', { status: 'III' }));
  review = await expectOk(move(site, cast.leader, review, 'conclude', { status: 'III', minutes: '21/BB-HĐ' }));
  assert.equal(review.row.againstProposal, false);
  review = await expectOk(move(site, cast.police, review, 'sign', { number: '1200/QĐ-UBND', decidedOn: today }));
  review = await expectOk(move(site, cast.leader, review, 'sign'));
  review = await expectOk(move(site, cast.secretary, review, 'publish'));
  const notice = await expectOk(site.call<Notice>(undefined, 'GET', '/public/classification/01/2026'));
  assert.deepEqual(notice.items.map((item) => [item.unit, item.status, item.standing]), [[unit, 'III', 'open-to-objections']]);
  assert.ok(notice.rights.length >= 5, 'E13: never without the figures on rights');
  on(addDays(today, 11));
  review = await expectOk(move(site, cast.secretary, review, 'enlist'));
  assert.deepEqual((await standing()).history.map((one) => [one.period, one.status, one.endedBy]), [['2026', 'III', null], ['2025', 'drug-free', 'taken-off']]);
  assert.equal((await expectOk(site.call<Notice>(undefined, 'GET', '/public/classification/01/2025'))).items[0]?.standing, 'replaced');

  await provesEachStep(review, place.place.id);
});

/** Every step of the place and of the case stands in the signed tree of the province's log, proven without the server's word. */
async function provesEachStep(review: CaseView, place: string): Promise<void> {
  const clock = (): Date => new Date(`${today}T04:00:00.000Z`);
  await sequenceAll(site.db, clock);
  await signDue({ db: site.db, keys, witness: fileWitness(keys, site.services.keysDir), logs: [], clock }, true);
  const reader = actorWith(atNation('auditor', 'KTNN'));
  const entriesOf = async (target: string): Promise<PlacedEntry[]> => (await expectOk(site.call<{ entries: PlacedEntry[] }>(reader, 'GET', `/audit/entries?log=01&target=${target}&limit=100`))).entries;
  const [ofCase, ofPlace] = [await entriesOf(review.row.id), await entriesOf(place)];
  assert.deepEqual(ofCase.map(({ entry }) => entry.action).sort(), ['review-opened', 'convene', 'opine', 'opine', 'opine', 'conclude', 'sign', 'sign', 'publish', 'enlist'].map((action) => `classification.${action}`).sort());
  assert.ok(ofPlace.length >= 9, 'report, verify, list, start, resolve, remove, watch, two checks');
  for (const { entry } of [...ofCase, ...ofPlace]) {
    const { placed, inclusion } = await expectOk(site.call<{ placed: PlacedEntry; inclusion: Inclusion | null }>(reader, 'GET', `/audit/logs/01/entries/${entry.id}`));
    assert.ok(inclusion !== null, entry.action);
    const checked = await checkNote(inclusion.note, [logKeyOf(keys, '01')], nodeCrypto);
    assert.ok(checked !== null && isSigned(checked));
    const leaf = hashing(leafHash(entryBytes(placed.entry)), sha256);
    assert.deepEqual(leaf, bytesOfHex(placed.hash));
    assert.equal(hashing(verifyInclusion({ index: inclusion.index, size: inclusion.size, leaf, root: checked.checkpoint.root, proof: inclusion.path.map((text) => bytesOfBase64(text) ?? new Uint8Array()) }), sha256), true, entry.action);
  }
}
