import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Actor, Grant } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import {
  addressBlock, afterSuccess, afterTry, areDutiesSeparate, checkPassword, checkUserName, delayAfter, factorsMissing, isSessionLive, lanes, mayConfirm, mayDelegate, mayGrant, nextStage,
  passkeysPossibleAt, shouldMarkSeen, waitOf, type LaneKind, type Waiting,
} from './rules.ts';

const at = '2026-11-18T03:00:00.000Z';
const codeOf = (result: { ok: boolean; problem?: { code: string } }) => (result.ok ? 'ok' : result.problem?.code);
const actorOf = (...grants: Grant[]): Actor => ({ account: newId<'Account'>(), session: newId<'Session'>(), name: 'A', language: 'vi', grants });
const grant = (role: string, office: string, province?: string): Grant => ({ role, office, post: 'p', reach: province === undefined ? { level: 'nation' } : { level: 'province', province } });

describe('choosing a password', () => {
  const own = ['Nguyễn Văn An', 'nguyen.van.an'];
  const judged: readonly [string, string][] = [
    ['mười một ký', 'password-too-short'], ['x'.repeat(129), 'password-too-long'],
    ['password1234', 'password-common'], ['Matkhau@12345', 'password-common'], ['P@ssw0rd2026!!', 'password-common'], ['qwertyuiop12', 'password-common'],
    ['111111111111', 'password-common'], ['abcabcabcabc', 'password-common'], ['19051990hanoi', 'password-common'], ['MẬT KHẨU 2026', 'password-common'], ['1qaz2wsx3edc', 'password-common'],
    ['nguyenvana2025', 'password-holds-name'],
    ['tV9#kq2!mZx4p', 'ok'], ['kính coong vườn quýt xế', 'ok'], ['thuyen-buom-chieu-roi-song', 'ok'], ['con meo cua toi thich ca kho', 'ok'],
  ];
  for (const [typed, verdict] of judged) test(`R2: "${typed.slice(0, 30)}" is ${verdict}`, () => assert.equal(codeOf(checkPassword(typed, own)), verdict));

  test('R2: twelve random letters and digits are never called common', () => {
    const letter = fc.constantFrom(...'bcdfghjkmnpqrstvwxz23456789');
    fc.assert(fc.property(fc.array(letter, { minLength: 16, maxLength: 24 }), (letters) => {
      fc.pre(new Set(letters).size > 9);
      assert.equal(checkPassword(letters.join(''), own).ok, true);
    }), { seed: 6, numRuns: 500 });
  });

  test('composed and decomposed text are judged alike', () => {
    assert.equal(codeOf(checkPassword('MẬT KHẨU 2026'.normalize('NFD'), own)), 'password-common');
  });

  test('a user name is lower case letters, digits and three signs', () => {
    assert.deepEqual(checkUserName(' Le.Van-An_1 '), { ok: true, value: 'le.van-an_1' });
    for (const wrong of ['ab', 'lê', 'a b c', '-abc', 'x@y.vn']) assert.equal(codeOf(checkUserName(wrong)), 'user-name-not-valid', wrong);
  });
});

describe('slowing', () => {
  test('R7: a lane waits longer after each failure, up to its most, and never for good', () => {
    for (const kind of Object.keys(lanes) as LaneKind[]) {
      const delays = Array.from({ length: 10_000 }, (_, failures) => delayAfter(kind, failures));
      assert.ok(delays.every((delay, i) => i === 0 || delay >= (delays[i - 1] ?? 0)), kind);
      assert.equal(Math.max(...delays), lanes[kind].mostSeconds);
      assert.equal(delayAfter(kind, lanes[kind].free - 1), 0);
    }
  });
  test('R7: an hour of quiet forgets', () => {
    const tired = { failures: 30, freeAt: at, lastAt: '2026-11-18T01:59:59.000Z' };
    assert.deepEqual(afterTry('account', tired, at), { failures: 1, freeAt: at, lastAt: at });
  });
  test('R7: success clears the own lane, and takes only its own try off a shared one', () => {
    const lane = { failures: 12, freeAt: '2026-11-18T03:00:20.000Z', lastAt: at };
    assert.equal(waitOf(afterSuccess('device', lane, at), at), 0);
    assert.deepEqual([afterSuccess('account', lane, at).failures, waitOf(afterSuccess('account', lane, at), at)], [11, 20]);
  });
  test('R7: neighbours share a block: 24 bits of IPv4, 48 of IPv6', () => {
    assert.deepEqual(['10.1.2.3', '::ffff:10.1.2.99', '2001:db8:7:1::5', '2001:DB8:0007:ffff:1:2:3:4', '::1'].map(addressBlock), ['10.1.2.0/24', '10.1.2.0/24', '2001:db8:7::/48', '2001:db8:7::/48', '0:0:0::/48']);
  });
});

describe('sessions and factors', () => {
  test('R3: 30 idle minutes or 12 hours end a session; a half-finished one lives ten minutes', () => {
    const live = { stage: 'full' as const, lastSeenAt: at, endsAt: '2026-11-18T15:00:00.000Z' };
    assert.equal(isSessionLive(live, '2026-11-18T03:29:59.999Z'), true);
    assert.equal(isSessionLive(live, '2026-11-18T03:30:00.000Z'), false);
    assert.equal(isSessionLive({ ...live, lastSeenAt: '2026-11-18T14:59:00.000Z' }, '2026-11-18T15:00:00.000Z'), false);
    assert.equal(isSessionLive({ ...live, stage: 'enrolment' }, '2026-11-18T03:10:00.000Z'), false);
    assert.deepEqual(['2026-11-18T03:00:59.000Z', '2026-11-18T03:01:00.000Z'].map((now) => shouldMarkSeen(at, now)), [false, true]);
  });
  test('R1: no way in without two factors', () => {
    for (const first of ['password', 'oidc'] as const) {
      for (const totp of [true, false]) for (const keys of [0, 1]) for (const passkeysPossible of [true, false]) {
        for (const roles of [[], ['administrator'], ['commune-officer']]) {
          assert.notEqual(nextStage({ first, secondShown: false, held: { totp, passkeys: keys }, roles, passkeysPossible }).stage, 'full');
        }
      }
    }
    assert.equal(nextStage({ first: 'passkey', secondShown: true, held: { totp: false, passkeys: 1 }, roles: ['administrator'], passkeysPossible: true }).stage, 'full');
  });
  test('R1: administration needs a passkey wherever browsers offer them', () => {
    const held = { totp: true, passkeys: 0 };
    assert.deepEqual(factorsMissing({ held, roles: ['administrator'], passkeysPossible: true }), ['passkey']);
    assert.deepEqual(factorsMissing({ held, roles: ['administrator'], passkeysPossible: false }), []);
    assert.deepEqual(factorsMissing({ held, roles: ['ministry'], passkeysPossible: true }), []);
  });
  test('passkeys exist over https at a domain and at localhost, not at bare addresses', () => {
    const judged = ['https://sauro.gov.vn', 'http://localhost:8080', 'http://127.0.0.1:8080', 'https://10.0.0.1', 'http://sauro.gov.vn', 'https://[::1]'].map(passkeysPossibleAt);
    assert.deepEqual(judged, [true, true, false, false, false, false]);
  });
});

describe('roles', () => {
  const root = actorOf(grant('administrator', 'BCA'));
  const wanted = { role: 'province-leader', office: 'UBND:01', level: 'province', province: '01', commune: null, from: '2026-11-18', until: null } as const;
  const account = { id: newId(), roles: [] };
  test('R16: a role is given at the level where it exists, in a period that is still to come, and never to oneself', () => {
    assert.equal(codeOf(mayGrant(root, account, wanted, '2026-11-18')), 'ok');
    assert.equal(codeOf(mayGrant(root, { ...account, id: root.account }, wanted, '2026-11-18')), 'own-account');
    assert.equal(codeOf(mayGrant(root, account, { ...wanted, level: 'nation', province: '00' }, '2026-11-18')), 'role-not-at-level');
    assert.equal(codeOf(mayGrant(root, account, { ...wanted, commune: '00004' }, '2026-11-18')), 'place-not-valid');
    assert.equal(codeOf(mayGrant(root, account, { ...wanted, until: '2026-11-17' }, '2026-11-18')), 'period-not-valid');
    assert.equal(codeOf(mayGrant(root, account, { ...wanted, role: 'oversight' }, '2026-11-18')), 'two-bodies-needed');
    assert.equal(codeOf(mayGrant(actorOf(grant('province-leader', 'UBND:01', '01')), account, wanted, '2026-11-18')), 'place-not-yours');
  });
  test('R16: administration and oversight stand apart from every other duty', () => {
    assert.deepEqual([areDutiesSeparate([], 'administrator'), areDutiesSeparate(['auditor'], 'administrator'), areDutiesSeparate(['administrator'], 'auditor')], [true, false, false]);
    assert.deepEqual([areDutiesSeparate(['oversight'], 'auditor'), areDutiesSeparate(['auditor'], 'oversight'), areDutiesSeparate(['province-leader'], 'auditor')], [false, false, true]);
  });
  test('R16: who inspects facilities from outside neither runs one nor belongs to the police that run them', () => {
    assert.deepEqual([areDutiesSeparate(['facility-manager'], 'facility-inspector'), areDutiesSeparate(['facility-inspector'], 'province-police'), areDutiesSeparate(['auditor'], 'facility-inspector')], [false, false, true]);
  });
  test('R4: a delegation carries a role of one\'s own, to the same office, not past its own end, not onwards', () => {
    const own = { account: 'a', role: 'province-leader', office: 'UBND:01', delegatedFrom: null, validUntil: '2026-12-31' };
    const to = { id: 'b', offices: ['UBND:01'], roles: ['province-secretary'], active: true };
    const days = { from: '2026-11-01', until: '2026-11-30', today: '2026-11-18' };
    assert.deepEqual(mayDelegate('a', own, to, days), { ok: true, value: { from: '2026-11-18', until: '2026-11-30' } });
    const refused: readonly [string, string][] = [
      [codeOf(mayDelegate('c', own, to, days)) ?? '', 'grant-not-yours'], [codeOf(mayDelegate('a', { ...own, delegatedFrom: 'x' }, to, days)) ?? '', 'delegation-of-delegation'],
      [codeOf(mayDelegate('a', { ...own, role: 'administrator' }, to, days)) ?? '', 'role-not-delegable'], [codeOf(mayDelegate('a', own, { ...to, offices: ['UBND:04'] }, days)) ?? '', 'delegate-other-office'],
      [codeOf(mayDelegate('a', own, to, { ...days, until: '2026-11-17' })) ?? '', 'delegation-end-missing'], [codeOf(mayDelegate('a', own, to, { ...days, until: '2027-01-01' })) ?? '', 'delegation-past-grant'],
      [codeOf(mayDelegate('a', own, { ...to, active: false }, days)) ?? '', 'account-not-active'], [codeOf(mayDelegate('a', own, { ...to, roles: ['administrator'] }, days)) ?? '', 'duties-not-separate'],
    ];
    for (const [got, expected] of refused) assert.equal(got, expected);
  });
  test('E12: only one of each body removes oversight; two administrators make the first overseer and no other', () => {
    const operator = actorOf(grant('administrator', 'BCA'));
    const otherOperator = actorOf(grant('administrator', 'VPCP'));
    const overseer = actorOf(grant('oversight', 'UBTP'));
    const asked = (kind: Waiting['kind']): Waiting => ({ kind, account: newId(), state: 'waiting', requestedBy: operator.account, requestedRole: 'administrator', requestedOffice: 'BCA' });
    assert.equal(codeOf(mayConfirm(otherOperator, asked('oversight-removal'), 1)), 'two-bodies-same-role');
    assert.equal(codeOf(mayConfirm(overseer, asked('oversight-removal'), 1)), 'ok');
    assert.equal(codeOf(mayConfirm(otherOperator, asked('oversight-grant'), 0)), 'ok');
    assert.equal(codeOf(mayConfirm(otherOperator, asked('oversight-grant'), 1)), 'two-bodies-same-role');
    assert.equal(codeOf(mayConfirm(actorOf(grant('auditor', 'UBTP')), asked('oversight-grant'), 0)), 'not-permitted');
  });
});
