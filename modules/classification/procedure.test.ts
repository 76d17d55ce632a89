import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { assess, caseAt, castOf, days, decisionNumber, Evidence, expectOk, move, open, openSite, people, read, why } from './site.test.ts';
import type { Notice, UnitStanding } from './schema.ts';

let site: TestServer;
const evidence = new Evidence();
const units = ['00004', '00008', '00025', '00028', '00031', '00037', '00040', '00043', '00046', '00049', '00052', '00055', '00058', '00061', '00064', '00067'];
let communes: string[] = [];
let next = 0;
/** A commune of Hà Nội that no test has used yet. */
const fresh = (status: Parameters<Evidence['put']>[1] = 'drug-free', points = 0): string => {
  const unit = communes[next] ?? assert.fail('no commune left');
  next += 1;
  evidence.put(unit, status, points);
  return unit;
};
const refused = async (answer: Promise<{ status: number; body: { code?: string } }>, code: string): Promise<void> => {
  const { status, body } = await answer;
  assert.equal(body.code, code);
  assert.ok(status >= 400 && status < 500, String(status));
};

before(async () => {
  site = await openSite();
  evidence.stand();
  const tree = await expectOk(site.call<{ provinces: { code: string; communes: [string][] }[] }>(people.office(), 'GET', '/units/tree'));
  communes = tree.provinces.find((one) => one.code === '01')?.communes.map(([code]) => code) ?? units;
});
after(() => site.close());

describe('the way of a case (Decision 28/2025, Articles 7 and 9)', () => {
  test('from the self-assessment to the list, with two signatures and a notice between; every step is in the history', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    const view = await caseAt(site, cast, 'in-force', { unit });
    assert.equal(view.row.state, 'in-force');
    assert.equal(view.listedNow, 'drug-free');
    assert.deepEqual(view.history.map((entry) => entry.move).reverse(), ['opened', 'submit', 'convene', 'opine', 'opine', 'opine', 'conclude', 'sign', 'sign', 'publish', 'enlist']);
    const [decision] = view.decisions;
    assert.deepEqual(decision?.signatures.map((one) => [one.order, one.office]), [['adviser', 'CA:01'], ['head', 'UBND:01']]);
    assert.equal(decision?.signatures[0]?.digest, decision?.signatures[1]?.digest);
    assert.equal(decision?.late, false);
    const standing = await expectOk(site.call<UnitStanding>(cast.officer, 'GET', `/classification/units/01/${unit}/standing`));
    assert.deepEqual([standing.current?.status, standing.current?.period, standing.current?.number, standing.current?.from], ['drug-free', '2026', decisionNumber, '2026-12-30']);
  });

  test('before the period is over nothing is sent: there is only a forecast', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    site.setClock(days.running);
    const opened = await expectOk(open(site, cast.officer, unit));
    const view = await expectOk(assess(site, cast.officer, opened));
    await refused(move(site, cast.head, view, 'submit'), 'period-not-over');
    assert.deepEqual(view.blocked, []); // an officer writes, the head sends
    assert.deepEqual((await read(site, cast.head, view)).blocked, [{ move: 'submit', code: 'period-not-over' }]);
  });

  test('a case is opened once: the second who opens it gets the same', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    site.setClock(days.council);
    const first = await expectOk(open(site, cast.officer, unit));
    assert.equal((await expectOk(open(site, cast.secretary, unit))).row.id, first.row.id);
  });

  test('a decision after 19 December is taken, and marked late', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'concluded', { unit });
    site.setClock(days.late);
    view = await expectOk(move(site, cast.police, view, 'sign', { number: '900/QĐ-UBND', decidedOn: '2026-12-22' }));
    view = await expectOk(move(site, cast.leader, view, 'sign'));
    assert.equal(view.decisions[0]?.late, true);
  });

  test('a province is decided by the ministry, by two of its people', async () => {
    evidence.put('01', 'not-key-complex');
    site.setClock(days.council);
    const [leader, first, second] = [people.leader(), people.analyst(), people.ministry()];
    await expectOk(site.call(second, 'PUT', '/classification/councils/00', { revision: 0, number: '88/QĐ-BCA', decidedOn: '2026-09-01', seats: [{ part: 'chair', office: 'BCA', post: 'post' }, { part: 'member', office: 'BYT', post: 'post' }, { part: 'member', office: 'BTP', post: 'post' }] }));
    let view = await expectOk(open(site, leader, '01'));
    await refused(assess(site, leader, view, 'II'), 'status-not-of-level');
    view = await expectOk(assess(site, leader, view, 'not-key-complex'));
    await refused(move(site, people.secretary(), view, 'submit'), 'move-not-yours');
    view = await expectOk(move(site, leader, view, 'submit'));
    await refused(move(site, people.leader(), view, 'convene'), 'move-not-yours');
    view = await expectOk(move(site, first, view, 'convene'));
    view = await expectOk(move(site, second, view, 'opine', { status: 'not-key-complex' }));
    const other = view.council.find((seat) => seat.office === 'BYT') ?? assert.fail('no seat');
    await refused(move(site, second, view, 'opine', { status: 'not-key-complex', seat: other.id }), 'minutes-missing');
    view = await expectOk(move(site, second, view, 'opine', { status: 'not-key-complex', seat: other.id, minutes: '03/BB' }));
    view = await expectOk(move(site, second, view, 'conclude', { status: 'not-key-complex', minutes: '03/BB' }));
    view = await expectOk(move(site, first, view, 'sign', { number: '5/QĐ-BCA', decidedOn: '2026-12-17' }));
    view = await expectOk(move(site, second, view, 'sign'));
    assert.equal(view.row.decided, 'not-key-complex');
  });
});

describe('R16: two persons, two posts', () => {
  test('R16: the same person does not sign twice, whatever posts it holds; the database would refuse it too', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'concluded', { unit });
    const both = actorWith({ ...atProvince('province-leader', '01'), post: 'chu-tich' }, { ...atProvince('province-police', '01', 'CA:01'), post: 'giam-doc-cong-an' });
    site.setClock(days.signing);
    view = await expectOk(move(site, both, view, 'sign', { number: '813/QĐ-UBND', decidedOn: '2026-12-18' }));
    await refused(move(site, both, view, 'sign'), 'signed-already');
    assert.deepEqual(view.decisions, []);
    view = await expectOk(move(site, cast.leader, view, 'sign'));
    assert.equal(view.row.state, 'decided');
    await assert.rejects(site.db.write('system', (tx) => tx.run(sql`
      insert into classification.signature (province, case_id, round, part, account, office, post, digest, at)
      values ('01', ${view.row.id}, 9, 'adviser', ${both.account}, 'x', 'x', '', now()), ('01', ${view.row.id}, 9, 'head', ${both.account}, 'x', 'x', '', now())`)), /unique/);
  });

  test('R16: the adviser signs first and the head last; who sent the self-assessment signs nothing', async () => {
    const unit = fresh();
    const head = actorWith(...people.head('01', unit).grants, { ...atProvince('province-police', '01', 'CA:01'), post: 'giam-doc-cong-an' });
    const cast = { ...castOf('01', unit), head };
    let view = await caseAt(site, cast, 'concluded', { unit });
    await refused(move(site, cast.leader, view, 'sign', { number: '1/QĐ', decidedOn: '2026-12-17' }), 'adviser-signs-first');
    await refused(move(site, head, view, 'sign', { number: '1/QĐ', decidedOn: '2026-12-17' }), 'maker-never-signs');
    view = await expectOk(move(site, cast.secretary, view, 'sign', { number: '814/QĐ-UBND', decidedOn: '2026-12-17' }));
    await refused(move(site, cast.police, view, 'sign'), 'head-signs-last');
  });

  test('R16: a member speaks once a round; the office records those without an account from the minutes', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'in-council', { unit });
    view = await expectOk(move(site, cast.police, view, 'opine', { status: 'drug-free' }));
    await refused(move(site, cast.police, view, 'opine', { status: 'III' }), 'opinion-given');
    await refused(move(site, cast.leader, view, 'conclude', { status: 'drug-free', minutes: '07/BB-HĐ' }), 'quorum-missing');
    assert.equal(view.quorum, 2);
    await refused(move(site, people.officer('01', unit), view, 'opine', { status: 'drug-free' }), 'move-not-yours');
  });
});

describe('the engine proposes, a person decides', () => {
  test('a conclusion against the proposal needs its reason, and says so for ever', async () => {
    const unit = fresh('III');
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'in-council', { unit });
    for (const member of [cast.secretary, cast.police, cast.leader]) view = await expectOk(move(site, member, view, 'opine', { status: 'drug-free' }));
    await refused(move(site, cast.leader, view, 'conclude', { status: 'drug-free', minutes: '07/BB-HĐ' }), 'reason-against-proposal');
    await refused(move(site, cast.leader, view, 'conclude', { status: 'drug-free', minutes: '07/BB-HĐ', reason: 'Đồng ý.' }), 'reason-against-proposal');
    view = await expectOk(move(site, cast.leader, view, 'conclude', { status: 'drug-free', minutes: '07/BB-HĐ', reason: why }));
    assert.deepEqual([view.row.againstProposal, view.conclusion?.proposal.status, view.conclusion?.reason], [true, 'III', why]);
  });

  test('what cannot be judged is never passed by itself: any status needs its reason', async () => {
    const unit = fresh('cannot-judge');
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'in-council', { unit });
    for (const member of [cast.secretary, cast.police]) view = await expectOk(move(site, member, view, 'opine', { status: 'drug-free' }));
    await refused(move(site, cast.leader, view, 'conclude', { status: 'drug-free', minutes: '07/BB-HĐ' }), 'reason-against-proposal');
  });

  test('against the majority of the council, too', async () => {
    const unit = fresh('III');
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'in-council', { unit });
    for (const member of [cast.secretary, cast.police]) view = await expectOk(move(site, member, view, 'opine', { status: 'II' }));
    await refused(move(site, cast.leader, view, 'conclude', { status: 'III', minutes: '07/BB-HĐ' }), 'reason-against-council');
  });

  test('evidence that moves between conclusion and signature stops the signature; the council sits again and its first round stays', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'signed-once', { unit, number: '815/QĐ-UBND' });
    evidence.put(unit, 'III', 1);
    await refused(move(site, cast.leader, view, 'sign'), 'evidence-changed');
    const seen = await read(site, cast.leader, view);
    assert.deepEqual(seen.evidenceChanged.map((one) => [one.id, one.before, one.now, one.verdictNow]), [['drug-free.3', { v: 0 }, { v: 1 }, 'not-met']]);
    view = await expectOk(move(site, cast.secretary, view, 'reconsider', { text: why }));
    assert.deepEqual([view.row.state, view.conclusion, view.opinions.filter((one) => one.round === 1).length], ['in-council', null, 3]);
    for (const member of [cast.secretary, cast.police]) view = await expectOk(move(site, member, view, 'opine', { status: 'III' }));
    view = await expectOk(move(site, cast.leader, view, 'conclude', { status: 'III', minutes: '08/BB-HĐ' }));
    assert.equal(view.row.concluded, 'III');
  });
});

describe('notice, objections, the list', () => {
  test('E13: no notice without the figures on rights beside it; with them they are frozen into it', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'decided', { unit, number: '816/QĐ-UBND' });
    const { rights } = evidence;
    evidence.rights = [];
    await refused(move(site, cast.secretary, view, 'publish'), 'rights-figures-missing');
    evidence.rights = rights;
    view = await expectOk(move(site, cast.secretary, view, 'publish'));
    const notice = await expectOk(site.call<Notice>(undefined, 'GET', '/public/classification/01/2026'));
    assert.deepEqual(notice.rights, rights);
    assert.ok(notice.items.some((item) => item.unit === unit && item.standing === 'open-to-objections'));
    const listed = await expectOk(site.call<{ notices: { province: string; drugFree: number }[] }>(undefined, 'GET', '/public/classification'));
    assert.ok((listed.notices[0]?.drugFree ?? 0) >= 1);
  });

  test('an upheld objection sets the decision aside with its signatures and brings the case back; a dismissed one leaves it', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'published', { unit, number: '817/QĐ-UBND' });
    view = await expectOk(move(site, cast.officer, view, 'object', { text: 'Số liệu về điểm của tổ 5 chưa được đối chiếu.' }));
    const [mine] = view.objections;
    assert.equal(mine?.source, 'unit');
    site.setClock(days.afterWindow);
    await refused(move(site, cast.secretary, view, 'enlist'), 'objections-open');
    await refused(move(site, people.officer('01', unit), view, 'object', { text: 'Kiến nghị này đến sau thời hạn đã báo.' }), 'objection-late');
    view = await expectOk(move(site, cast.leader, view, 'answer-objection', { objection: mine?.id ?? '', upheld: true, text: why }));
    assert.deepEqual([view.row.state, view.row.decided, view.decisions[0]?.setAside?.why, view.decisions[0]?.signatures.length], ['in-council', null, 'objection-upheld', 2]);
    const notice = await expectOk(site.call<Notice>(undefined, 'GET', '/public/classification/01/2026'));
    assert.equal(notice.items.find((item) => item.unit === unit)?.standing, 'set-aside');
  });

  test('who wrote an objection down does not answer it; a letter needs its number', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'published', { unit, number: '818/QĐ-UBND' });
    await refused(move(site, cast.secretary, view, 'object', { text: 'Một lá thư phản ánh về địa bàn này.' }), 'reference-missing');
    view = await expectOk(move(site, cast.secretary, view, 'object', { text: 'Một lá thư phản ánh về địa bàn này.', reference: 'CV đến 55' }));
    const objection = view.objections[0]?.id ?? assert.fail('none');
    await refused(move(site, cast.secretary, view, 'answer-objection', { objection, upheld: false, text: why }), 'objection-own');
    await refused(move(site, cast.secretary, view, 'enlist'), 'objections-open');
    view = await expectOk(move(site, cast.leader, view, 'answer-objection', { objection, upheld: false, text: why }));
    await refused(move(site, cast.secretary, view, 'enlist'), 'window-open');
    site.setClock(days.afterWindow);
    view = await expectOk(move(site, cast.secretary, view, 'enlist'));
    assert.equal(view.row.state, 'in-force');
  });
});

describe('E1: a case speaks of a place', () => {
  test('E1: numbers that could be a person are refused wherever words are written', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    site.setClock(days.council);
    const view = await expectOk(open(site, cast.officer, unit));
    const path = `/classification/cases/01/${view.row.id}`;
    await refused(site.call(cast.officer, 'PUT', `${path}/assessment`, { version: view.row.version, assessment: { status: 'drug-free', statement: 'Ông A, số 0912 345 678', answers: [] } }), 'words-look-personal');
    await refused(move(site, cast.officer, view, 'comment', { text: 'CCCD 001099012345' }), 'words-look-personal');
  });
});

describe('R25: every step leaves its leaf', () => {
  test('R25: the log of a case decided holds each step by its action, and none of its words', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    const view = await caseAt(site, cast, 'in-force', { unit, number: '819/QĐ-UBND' });
    const rows = await site.db.read('system', (tx) => tx.rows(shape({ action: Type.String(), facts: Type.String(), before: Type.Union([Type.String(), Type.Null()]) }), sql`select action, facts::text as facts, before_digest as before from log.leaf where target = ${view.row.id}`));
    const actions = rows.map((row) => row.action);
    for (const step of ['case-opened', 'assessment-kept', 'submit', 'convene', 'opine', 'conclude', 'sign', 'publish', 'enlist']) assert.ok(actions.includes(`classification.${step}`), step);
    assert.equal(actions.length, view.history.length + 1, 'one leaf a step, and one for the self-assessment');
    assert.equal(rows.some((row) => row.facts.includes('địa bàn')), false);
  });
});

