/** What the screens work out by themselves: the committee form as data, addresses of units, and the drawing of imported boundaries. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf, draftOf, faultOf, meetingField, newMeeting, newSeat, seatField, type CommitteeDraft } from './screens/committee-draft.ts';
import { hitTarget } from './screens/addresses.ts';
import { draw, readTopology } from '#web/kit/topo.ts';
import { readBoundaries } from './boundaries.ts';
import type { SearchHit } from './schema.ts';

const today = '2026-11-21';
const filled = (changes: Partial<CommitteeDraft> = {}): CommitteeDraft => {
  const empty = draftOf({ province: '12', recorded: null });
  return { ...empty, decisionNumber: ' 7/QĐ-UBND ', decidedOn: '2025-10-30', signerPost: 'Chủ tịch', seats: empty.seats.map((seat) => ({ ...seat, post: 'Chủ tịch' })), ...changes };
};
const faultsOf = (draft: CommitteeDraft): readonly (readonly [string, string])[] => {
  const body = bodyOf(draft, today);
  return body.ok ? [] : body.problem.faults.map((fault) => [fault.field, fault.key] as const);
};

describe('the form of a steering committee', () => {
  test('an empty form names every field that is missing, the chair is already there', () => {
    const draft = draftOf({ province: '12', recorded: null });
    const [chair] = draft.seats;
    assert.deepEqual([chair?.role, chair?.office], ['chair', 'UBND:12']);
    assert.deepEqual(faultsOf(draft).map(([field]) => field), ['c-number', 'c-decided', 'c-signer', chair === undefined ? '' : seatField(chair, 'post')]);
  });
  test('what is sent is trimmed, and what was left empty is null', () => {
    const body = bodyOf(filled({ meetings: [{ ...newMeeting(), heldOn: '2026-01-15' }] }), today);
    assert.ok(body.ok);
    assert.deepEqual([body.value.decisionNumber, body.value.documentUrl, body.value.seats[0]?.holder, body.value.meetings[0]?.document], ['7/QĐ-UBND', null, null, null]);
  });
  test('a rule broken is told at the field it is about', () => {
    const second = { ...newSeat('chair', 'CA:12'), post: 'Giám đốc' };
    const meeting = { ...newMeeting(), heldOn: '2025-10-29' };
    const draft = filled();
    assert.deepEqual(faultsOf({ ...draft, seats: [...draft.seats, second] }), [[seatField(second, 'role'), 'problem.committee-chair-twice']]);
    assert.deepEqual(faultsOf({ ...draft, meetings: [meeting] }), [[meetingField(meeting), 'problem.committee-meeting-before-decision']]);
    assert.deepEqual(faultsOf({ ...draft, seats: [] }), [['c-seat-add', 'problem.committee-chair-missing']]);
    assert.deepEqual(faultsOf({ ...draft, decidedOn: '2027-01-01' }), [['c-decided', 'problem.committee-decided-in-future']]);
    assert.deepEqual(faultsOf({ ...draft, documentUrl: 'javascript:alert(1)' }), [['c-url', 'org-units.url-form']]);
  });
  test('an office that only the server can know to be wrong is told at its seat', () => {
    const seat = { ...newSeat('member', 'XYZ:12'), post: 'Ủy viên' };
    const draft = filled();
    assert.equal(faultOf({ code: 'committee-seat-office-unknown', office: 'XYZ:12' }, { ...draft, seats: [...draft.seats, seat] }, today).field, seatField(seat, 'office'));
  });
});

describe('where a found name leads', () => {
  const hit = (changes: Partial<SearchHit>): SearchHit => ({
    kind: 'unit', code: '00004', level: 'commune', nameVi: 'x', nameEn: 'x', placeVi: '', unitKind: 'ward', validFrom: '2025-01-01', validTo: null, nowCodes: [], match: 'exact', ...changes,
  });
  test('a unit of today to its page; one that ended to its page on its last day; an older name to what it is today', () => {
    assert.deepEqual(hitTarget(hit({})), { path: '/xa/00004', query: {} });
    assert.deepEqual(hitTarget(hit({ validTo: '2025-07-01' })), { path: '/xa/00004', query: { ngay: '2025-06-30' } });
    assert.deepEqual(hitTarget(hit({ code: '', validTo: '2025-07-01', nowCodes: ['26740'] })), { path: '/xa/26740', query: { ngay: undefined } });
    assert.equal(hitTarget(hit({ code: '' })), undefined);
  });
});

describe('drawing imported boundaries', () => {
  const square = (x: number, y: number): number[][][] => [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]];
  const features = [['01', 105, 20], ['48', 107, 15]].map(([code, x, y]) => ({ type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: square(Number(x), Number(y)) } }));
  test('what the import stored is drawn: each unit at its place, north above south, Trường Sa inside the frame', () => {
    const read = readBoundaries(JSON.stringify({ type: 'FeatureCollection', features }), { province: new Set(['01', '48']), commune: new Set(), aliases: new Map() });
    assert.ok(read.ok);
    const topology = readTopology(JSON.parse(read.value.topology));
    assert.ok(topology !== undefined);
    const drawing = draw(topology, 300);
    const [north, south] = [drawing.shapes.find((shape) => shape.code === '01'), drawing.shapes.find((shape) => shape.code === '48')];
    assert.ok(north !== undefined && south !== undefined);
    assert.ok(north.y < south.y && north.x < south.x);
    assert.match(north.path, /^M[\d. L]+Z$/);
    const [x, y] = drawing.place(114.2, 9.6);
    assert.ok(x > 0 && x < drawing.width && y > 0 && y < drawing.height);
  });
  test('anything else is not taken for a topology', () => {
    for (const value of [null, 3, {}, { type: 'Topology', transform: { scale: [1], translate: [0, 0] }, objects: {}, arcs: [] }, { transform: { scale: [1, 1], translate: [0, 0] }, objects: { units: { geometries: [] } }, arcs: ['x'] }]) assert.equal(readTopology(value), undefined);
  });
});
