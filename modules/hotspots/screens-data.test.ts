import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PlaceRow, ReportPlace } from './schema.ts';
import { readExact, sayExact } from './screens/exact-text.ts';
import { checkForm, fieldsOfReport, isCheck, isReport, keyOfSubject, subjectOf } from './screens/outbox.ts';
import { toneOf } from './screens/tone.ts';

describe('an exact place as it is typed', () => {
  test('degrees with a point or a comma, as maps and phones give them', () => {
    for (const text of ['21.02850, 105.85420', ' 21.0285 105.8542 ', '21,0285; 105,8542']) assert.deepEqual(readExact(text), { latitudeE5: 2_102_850, longitudeE5: 10_585_420 }, text);
  });
  test('what lies outside the country, or is no place, is not taken', () => {
    for (const text of ['105.85420, 21.02850', '48.85, 2.35', '21.0285', 'nhà số 5', '']) assert.equal(readExact(text), undefined, text);
  });
  test('is written back as it was typed', () => assert.equal(sayExact({ latitudeE5: 2_102_850, longitudeE5: 10_585_420 }), '21.02850, 105.85420'));
});

describe('what waits on the device of a place', () => {
  test('a check and its place share a subject, so that they go in order', () => {
    assert.deepEqual(keyOfSubject(subjectOf('01', 'p1')), { province: '01', id: 'p1' });
    assert.notEqual(checkForm('01', 'p1'), subjectOf('01', 'p1'));
    assert.equal(keyOfSubject('return:01/00004/2026-03/xa-thang/'), undefined);
  });
  test('a row of another build is not sent as something else', () => {
    assert.equal(isCheck({ day: 30, checkedOn: '2026-03-01', result: 'clean' }), true);
    assert.equal(isCheck({ day: '30', result: 'clean' }), false);
    assert.equal(isReport({ province: '01' }), false);
  });
  test('a refused place comes back to the form with everything typed, its exact place too', () => {
    const body: ReportPlace = { id: '00000000-0000-4000-8000-000000000001', province: '01', commune: '00004', kind: 'point', setting: 'market', source: 'patrol', basis: 'suspected', activities: ['use'], foundOn: '2026-03-01', exact: { latitudeE5: 2_102_850, longitudeE5: 10_585_420 } };
    assert.deepEqual(fieldsOfReport(body), { province: '01', commune: '00004', kind: 'point', setting: 'market', source: 'patrol', basis: 'suspected', activities: ['use'], foundOn: '2026-03-01', exact: '21.02850, 105.85420' });
  });
});

describe('the edge of a card', () => {
  const row: PlaceRow = {
    province: '01', id: '00000000-0000-4000-8000-000000000001', code: 'ĐN-01-2026-0001', commune: '00004', kind: 'point', setting: 'market', source: 'patrol', basis: 'documented', state: 'resolving', version: 1, cycle: 1, foundOn: '2026-01-01', since: '2026-02-01',
    daysInState: 20, dueOn: '2026-04-02', overdueDays: 0, nextCheck: null, office: 'CA:01:00004', checks: [], recurrences: 0, recurredOnDay: null, updatedAt: '2026-02-01T00:00:00.000Z',
  };
  test('past its day and recurred, nearly due, watched in order, anything else: four looks', () => {
    assert.equal(toneOf({ ...row, overdueDays: 1 }, '2026-03-01'), 'bad');
    assert.equal(toneOf({ ...row, state: 'recurred' }, '2026-03-01'), 'bad');
    assert.equal(toneOf(row, '2026-03-30'), 'warn');
    assert.equal(toneOf({ ...row, state: 'watched', dueOn: null }, '2026-03-01'), 'ok');
    assert.equal(toneOf(row, '2026-03-01'), 'idle');
  });
});
