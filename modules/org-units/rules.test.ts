import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classesOf, officeClasses, postsNamed } from './offices.ts';
import { committeeState, countStates, dayAsked, holdsOn, levelOfCode, recordCommittee } from './rules.ts';
import { englishName, shortName, unitName, type RecordCommittee } from './schema.ts';

describe('a steering committee against 31 October 2025', () => {
  for (const [decidedOn, today, state, daysLate] of [
    ['2025-10-31', '2026-11-21', 'on-time', 0], ['2025-11-01', '2026-11-21', 'late', 1], [null, '2025-10-31', 'awaited', 0], [null, '2025-11-01', 'missing', 1],
    ['2025-12-31', '2025-12-31', 'late', 61],
  ] as const) test(`decided ${decidedOn ?? 'not yet'}, seen on ${today}: ${state}, ${daysLate} days late`, () =>
    assert.deepEqual(committeeState(decidedOn, today), { state, daysLate }));
  test('states are counted, each once', () =>
    assert.deepEqual(countStates(['late', 'missing', 'late', 'on-time']), { onTime: 1, late: 2, missing: 1, awaited: 0 }));
  test('a meeting on the day of the decision is possible; the office of each seat is asked for', () => {
    const record: RecordCommittee = {
      decisionNumber: '1/QĐ', decidedOn: '2025-10-01', signerPost: 'Chủ tịch', documentHash: null, documentUrl: null, baseRevision: 3,
      seats: [{ role: 'chair', office: 'UBND:01', post: 'Chủ tịch', holder: null }, { role: 'member', office: 'SYT:01', post: 'Giám đốc', holder: null }],
      meetings: [{ heldOn: '2025-10-01', document: null }],
    };
    assert.equal(recordCommittee(record, 3, '2025-10-01', () => true).ok, true);
    assert.deepEqual(recordCommittee(record, 3, '2025-10-01', (office) => office !== 'SYT:01'), { ok: false, problem: { code: 'committee-seat-office-unknown', office: 'SYT:01' } });
    assert.deepEqual(recordCommittee(record, 4, '2025-10-01', () => true), { ok: false, problem: { code: 'committee-revision-stale', revision: 4 } });
  });
});

describe('days and codes', () => {
  test('today when no day is given; days that do not exist and days before history are refused', () => {
    assert.deepEqual([dayAsked(undefined, '2026-11-21'), dayAsked('', '2026-11-21'), dayAsked('2025-01-01', '2026-11-21')].map((answer) => answer.ok && answer.value), ['2026-11-21', '2026-11-21', '2025-01-01']);
    for (const day of ['2025-02-29', '01/07/2025', '2025-7-1', 'hôm nay']) assert.deepEqual(dayAsked(day, '2026-11-21'), { ok: false, problem: { code: 'day-invalid' } });
    assert.equal(dayAsked('2024-12-31', '2026-11-21').ok, false);
  });
  test('the first day without a version is its valid-to', () => {
    const version = { validFrom: '2025-07-01', validTo: '2026-04-30' };
    assert.deepEqual(['2025-06-30', '2025-07-01', '2026-04-29', '2026-04-30'].map((day) => holdsOn(version, day)), [false, true, true, false]);
  });
  test('the length of a code tells its level', () => {
    assert.deepEqual(['00', '01', '00004', '318'].map((code) => { const level = levelOfCode(code); return level.ok && level.value; }), ['nation', 'province', 'commune', 'commune']);
    for (const code of ['', '1', '0001', '000004', 'HN', '０１', '01 ', "01'"]) assert.equal(levelOfCode(code).ok, false, code);
  });
});

describe('names', () => {
  test('short and English names come from the official one', () => {
    assert.equal(shortName('Thành phố Hồ Chí Minh', 'city'), 'Hồ Chí Minh');
    assert.equal(englishName('Phường Ba Đình', 'ward'), 'Ba Đình Ward');
    assert.equal(englishName('Phường 12', 'ward'), 'Ward 12');
    assert.equal(englishName('Việt Nam', 'nation'), 'Việt Nam');
    assert.equal(unitName({ nameVi: 'Đặc khu Hoàng Sa', kind: 'special-zone' }, 'en'), 'Hoàng Sa Special Zone');
  });
});

describe('classes of offices', () => {
  test('every class has posts that are named, one of them the head, first', () => {
    for (const office of officeClasses) {
      const posts = postsNamed(office.posts);
      assert.deepEqual(posts.map((post) => post.head), posts.map((_, at) => at === 0), office.class);
    }
  });
  test('a group stands for its members, a class for itself, anything else for nothing', () => {
    assert.deepEqual(classesOf('UBND'), ['UBND-TINH', 'UBND-XA']);
    assert.deepEqual(classesOf('CA-DP'), ['CAT', 'CA-XA']);
    assert.deepEqual(classesOf('COMMUNES'), ['UBND-XA']);
    assert.equal(classesOf('SO-NGANH').length, 10);
    assert.deepEqual(classesOf('SYT'), ['SYT']);
    assert.deepEqual(classesOf('NOT-A-CLASS'), []);
  });
});
