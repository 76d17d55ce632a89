import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cellOf, emptyCells, letterOf, mostPressing, packCell, readCells, tallyOfLetters, todayNumber } from './rules/cell.ts';
import { planProvince, type Recipient } from './rules/cascade.ts';
import { dueDayOf, lastDayOf, nextOccurrence, resolveDeadline, saysWhen } from './rules/deadline.ts';
import { mergeClears, splitText } from './rules/edit.ts';
import { announcementsOf } from './rules/escalation.ts';
import { decideMove, life, movesOpen, partyOf, type Stance, type TaskFacts } from './rules/life.ts';
import { officialStateOf, overdueRates, progressOf, type Standing } from './rules/official.ts';
import { readDeadlines } from './rules/read-deadline.ts';
import { judge } from './rules/verdicts.ts';
import { holidaysOf, knownYears, lunarDaysOf, workingCalendar, workingDaysBefore } from './rules/working-days.ts';
import { taskMoves, taskStates, type SixClears, type TaskMove } from './schema.ts';

const six = (changes: Partial<SixClears> = {}): SixClears => ({
  person: { offices: ['BCA'], classes: [], post: null, text: 'Bộ Công an' }, task: { text: 'Ban hành hướng dẫn' }, responsibility: { roles: ['lead'], coordinating: [], text: '' },
  authority: { text: 'Bộ trưởng' }, timeline: { deadlines: [{ type: 'absolute', value: '2026-12-31', text: '', dueOn: '2026-12-31' }], dueOn: '2026-12-31' },
  result: { product: 'Hướng dẫn', measure: null, targets: [] }, ...changes,
});

describe('deadlines as directives write them', () => {
  const days = { '2026-02-28': '2026-02-28', '2026-02': '2026-02-28', '2024-02': '2024-02-29', '2025-Q4': '2025-12-31', '2030': '2030-12-31', '2025-2026': '2026-05-31' };
  for (const [value, day] of Object.entries(days)) test(`${value} ends on ${day}`, () => assert.equal(lastDayOf(value), day));
  for (const value of ['2025-02-30', '2025-13', '2025-Q5', '2025-2027', '31/12/2025', '']) test(`"${value}" is no day`, () => assert.equal(lastDayOf(value), null));
  const repeats: readonly (readonly [string, string, string])[] = [
    ['R/P1M/D25', '2026-11-25', '2026-12-25'], ['R/P1M/D31', '2026-02-01', '2026-02-28'], ['R/P1M', '2026-01-31', '2026-02-28'], ['R/P1W', '2026-11-20', '2026-11-27'], ['R/P3M', '2026-11-21', '2026-12-31'],
    ['R/P6M/06-15;R/P1Y/12-15', '2026-06-15', '2026-12-15'], ['R/P1Y', '2026-12-31', '2027-12-31'], ['R/SEM', '2026-06-01', '2027-01-15'],
  ];
  for (const [rule, after, next] of repeats) test(`${rule} after ${after} is ${next}`, () => assert.equal(nextOccurrence(rule, after), next));
  test('"định kỳ" without a period says nothing of when', () => {
    assert.equal(saysWhen({ type: 'recurring', value: 'R/?' }), false);
    assert.equal(nextOccurrence('R/?', '2026-01-01'), null);
  });
  test('a day that does not exist is refused, not moved', () => assert.deepEqual(resolveDeadline({ type: 'absolute', value: '2026-02-30' }, '2026-01-01', {}), { ok: false, problem: { code: 'deadline-impossible', value: '2026-02-30' } }));
  test('milestones on the way do not end a task: the last absolute deadline does', () => {
    const deadline = (value: string) => ({ type: 'absolute' as const, value, text: '', dueOn: lastDayOf(value) });
    assert.equal(dueDayOf([deadline('2030'), deadline('2026')]), '2030-12-31');
  });
  test('days typed into a sheet are read, half-read ones refused', () => {
    assert.deepEqual(readDeadlines('31/12/2026; quý IV/2026'), [{ type: 'absolute', value: '2026-12-31' }, { type: 'absolute', value: '2026-Q4' }]);
    assert.equal(readDeadlines('31/02/2026'), undefined);
  });
});

describe('the six verdicts', () => {
  test('all six said is all clear', () => assert.deepEqual(judge(six()).map((v) => v.verdict), ['clear', 'clear', 'clear', 'clear', 'clear', 'clear']));
  test('one addressee without a role word is responsible by implication', () => {
    assert.deepEqual(judge(six({ responsibility: { roles: [], coordinating: [], text: '' } }))[2], { clear: 'responsibility', verdict: 'implicit', reason: 'responsibility-sole', quote: null });
  });
  test('two addressees and nobody leading is missing', () => {
    assert.equal(judge(six({ person: { offices: ['BCA', 'BYT'], classes: [], post: null, text: '' }, responsibility: { roles: [], coordinating: [], text: '' } }))[2]?.verdict, 'missing');
  });
  test('a reading never fills an empty cell', () => {
    const read = [{ clear: 'timeline' as const, verdict: 'clear' as const, reason: 'timeline-dated', quote: 'trước ngày 30/02' }];
    assert.equal(judge(six({ timeline: { deadlines: [], dueOn: null } }), read)[4]?.verdict, 'missing');
  });
  test('a name that is no office is missing and says why', () => {
    assert.equal(judge(six({ person: { offices: [], classes: [], post: null, text: 'Ban X' } }))[0]?.reason, 'person-unknown-office');
  });
});

describe('the life of a task', () => {
  const facts = (changes: Partial<TaskFacts> = {}): TaskFacts => ({ state: 'assigned', dueOn: '2026-12-31', extensionAskedFor: null, evidenceCount: 1, openChildren: 0, parentDueOn: null, ...changes });
  const nobody: Stance = { holder: false, parent: false, verifier: false, isReporter: false };
  const all: Stance = { holder: true, parent: true, verifier: true, isReporter: false };
  const said = { version: 1, text: 'vì', percent: 10, until: '2027-01-31' };
  test('what a button offers the server takes, and what it does not offer is refused', () => {
    for (const state of taskStates) for (const stance of [nobody, all, { ...nobody, holder: true }, { ...nobody, parent: true }, { ...nobody, verifier: true }, { ...all, isReporter: true }]) {
      for (const asked of [null, '2027-01-31']) {
        const task = facts({ state, extensionAskedFor: asked });
        const offered = new Set(movesOpen(task, stance));
        for (const move of taskMoves) assert.equal(decideMove(task, stance, { ...said, move }).ok, offered.has(move), `${state} ${move} ${JSON.stringify(stance)} ${asked}`);
      }
    }
  });
  test('R16: who reported neither verifies, nor returns, nor accepts, whatever else they hold', () => {
    for (const [state, move] of [['evidence-submitted', 'verify'], ['evidence-submitted', 'return'], ['verified', 'accept']] as const) {
      assert.deepEqual(decideMove(facts({ state }), { ...all, isReporter: true }, { ...said, move }), { ok: false, problem: { code: 'verifier-is-reporter' } });
    }
  });
  test('an extension never passes the deadline of the task above', () => {
    const task = facts({ state: 'in-progress', extensionAskedFor: '2027-02-28', parentDueOn: '2027-01-31' });
    assert.deepEqual(decideMove(task, all, { version: 1, move: 'grant-extension' }), { ok: false, problem: { code: 'due-after-parent' } });
    assert.deepEqual(decideMove(task, all, { version: 1, move: 'grant-extension', until: '2027-01-31' }), { ok: true, value: { state: 'in-progress', dueOn: '2027-01-31', extensionAskedFor: null } });
  });
  test('authority declined goes back up: only who stands above moves it on', () => {
    assert.deepEqual(movesOpen(facts({ state: 'authority-declined' }), { ...nobody, holder: true }), ['comment']);
    assert.ok(movesOpen(facts({ state: 'authority-declined' }), { ...nobody, parent: true }).includes('uphold'));
  });
  test('a task with open children is not submitted: its progress is theirs', () => {
    assert.deepEqual(decideMove(facts({ state: 'in-progress', openChildren: 1 }), all, { version: 1, move: 'submit-evidence' }), { ok: false, problem: { code: 'children-open' } });
  });
  test('every state can be left except the two ends', () => {
    for (const state of taskStates) {
      const moves: Partial<Record<TaskMove, string>> = life[state];
      const leaves = Object.values(moves).some((to) => to !== 'same');
      assert.equal(leaves, state !== 'accepted' && state !== 'withdrawn', state);
    }
    assert.equal(Object.keys(partyOf).length, taskMoves.length);
  });
});

describe('official states and rates', () => {
  const standing = (state: Standing['state'], dueOn: string | null, submittedOn: string | null = null): Standing => ({ state, dueOn, submittedOn });
  const cases: readonly (readonly [Standing, string | null])[] = [
    [standing('in-progress', '2026-11-21'), 'open-within'], [standing('in-progress', '2026-11-20'), 'open-overdue'], [standing('assigned', null), 'open-within'],
    [standing('evidence-submitted', '2026-11-20', '2026-11-20'), 'open-within'], [standing('evidence-submitted', '2026-11-19', '2026-11-20'), 'open-overdue'],
    [standing('accepted', '2026-11-20', '2026-11-20'), 'done-on-time'], [standing('accepted', '2026-11-19', '2026-11-20'), 'done-late'], [standing('withdrawn', '2026-01-01'), null],
  ];
  for (const [task, expected] of cases) test(`${task.state}, due ${task.dueOn}, submitted ${task.submittedOn}, on 21/11/2026: ${expected}`, () => assert.equal(officialStateOf(task, '2026-11-21'), expected));
  test('both official rates of the dossier come out of their own figures', () => {
    assert.deepEqual(overdueRates({ doneOnTime: 14_068, doneLate: 1_983, openWithin: 5_640, openOverdue: 223 })[0], { method: 'of-due', numerator: 223, denominator: 16_274, percentHundredths: 137 });
    assert.deepEqual(overdueRates({ doneOnTime: 9_000, doneLate: 0, openWithin: 512, openOverdue: 319 })[1], { method: 'of-assigned', numerator: 319, denominator: 9_831, percentHundredths: 324 });
  });
  test('100 percent means all', () => assert.equal(progressOf({ doneOnTime: 3320, doneLate: 0, openWithin: 1, openOverdue: 0 }).percent, 99));
  test('a cell stored and read says the same as the rule, in every state and on every side of the day', () => {
    for (const state of taskStates) for (const dueOn of [null, '2026-11-20', '2026-11-21', '2026-11-22']) for (const submittedOn of [null, '2026-11-20', '2026-11-21', '2026-11-22']) {
      const task = standing(state, dueOn, submittedOn);
      const letters = emptyCells(1);
      readCells(Uint8Array.from(packCell(task)), letters, 0, todayNumber('2026-11-21'));
      const letter = String.fromCharCode(letters[0] ?? 0);
      assert.equal(letter, letterOf(task, '2026-11-21'));
      assert.deepEqual(cellOf(letter), { state, official: officialStateOf(task, '2026-11-21') });
      const tally = tallyOfLetters(letters);
      assert.equal(tally.doneLate + tally.doneOnTime + tally.openOverdue + tally.openWithin, state === 'withdrawn' ? 0 : 1);
    }
  });
  test('of several tasks a cell shows the one most pressing', () => {
    assert.equal(mostPressing([standing('accepted', '2026-01-01'), standing('in-progress', '2026-12-01'), standing('assigned', '2026-11-30')])?.dueOn, '2026-11-30');
  });
  test('two tasks of one commune show the same cell whichever is read first', () => {
    const today = '2026-11-21';
    const all = taskStates.flatMap((state) => [null, '2026-11-20', '2026-11-22'].flatMap((dueOn) => [null, '2026-11-19', '2026-11-23'].map((submittedOn) => standing(state, dueOn, submittedOn))));
    const shown = (tasks: readonly Standing[]): string => {
      const letters = emptyCells(1);
      for (const task of tasks) readCells(Uint8Array.from(packCell(task)), letters, 0, todayNumber(today));
      return String.fromCharCode(letters[0] ?? 0);
    };
    const stored = (tasks: readonly Standing[]): string => { const most = mostPressing(tasks); return most === undefined ? '-' : letterOf(most, today); };
    for (const one of all) for (const other of all) {
      assert.equal(shown([one, other]), shown([other, one]), `${one.state} and ${other.state}`);
      if (one.dueOn === other.dueOn && one.submittedOn === other.submittedOn) assert.equal(stored([one, other]), stored([other, one]), `${one.state} and ${other.state}`);
    }
    assert.equal(shown([standing('in-progress', '2026-11-22'), standing('authority-declined', '2026-11-22')]), 'x', 'what waits for somebody is shown before what goes on');
  });
});

describe('planning a cascade', () => {
  const recipients: readonly Recipient[] = [
    { id: 'CA:01', province: '01', commune: null, headPost: null }, { id: 'UBND:01', province: '01', commune: null, headPost: 'chu-tich' },
    { id: 'UBND:01:00004', province: '01', commune: '00004', headPost: 'chu-tich' }, { id: 'UBND:01:00004', province: '01', commune: '00004', headPost: 'chu-tich' },
  ];
  test("a commune's task hangs under its province's committee, never due later, each office once", () => {
    const plan = planProvince([{ id: 'a', clears: six() }], () => recipients, 'VPCP');
    assert.equal(plan.length, 3);
    const commune = plan.find((task) => task.commune !== null);
    assert.deepEqual([commune?.parentOffice, commune?.assignedBy, commune?.dueOn, commune?.holderPost], ['UBND:01', 'UBND:01', '2026-12-31', 'chu-tich']);
  });
  test('a line for communes alone has no task above and is assigned by the issuer', () => {
    const plan = planProvince([{ id: 'a', clears: six() }], () => recipients.filter((one) => one.commune !== null), 'VPCP');
    assert.deepEqual(plan.map((task) => [task.parentOffice, task.assignedBy, task.depth]), [[null, 'VPCP', 0]]);
  });
});

describe('splitting and merging lines', () => {
  test('a cut leaves two whole parts', () => assert.deepEqual(splitText('Làm A; làm B', 6), { ok: true, value: ['Làm A', 'làm B'] }));
  test('a cut that leaves nothing is refused', () => assert.equal(splitText('Làm A;', 6).ok, false));
  test('merging loses no office, no deadline and no product', () => {
    const merged = mergeClears(six(), six({ person: { offices: ['BYT'], classes: [], post: null, text: 'Bộ Y tế' }, result: { product: 'Báo cáo', measure: null, targets: [] } }));
    assert.deepEqual([merged.person.offices, merged.result.product, merged.timeline.deadlines.length], [['BCA', 'BYT'], 'Hướng dẫn; Báo cáo', 1]);
  });
});

describe('working days of Việt Nam', () => {
  /** Day at UTC+7 of the k-th new moon since January 2000: mean lunation with the periodic terms above a minute (Meeus, Astronomical Algorithms, chapter 49). */
  const newMoonDay = (k: number): string => {
    const t = k / 1236.85;
    const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
    const mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
    const e = 1 - 0.002516 * t;
    const sun = 2.5534 + 29.1053567 * k;
    const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
    const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
    const node = 124.7746 - 1.56375588 * k;
    const terms = -0.4072 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * latitude) + 0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun)
      + 0.00208 * e * e * sin(2 * sun) - 0.00111 * sin(moon - 2 * latitude) - 0.00057 * sin(moon + 2 * latitude) + 0.00056 * e * sin(2 * moon + sun) - 0.00042 * sin(3 * moon)
      + 0.00042 * e * sin(sun + 2 * latitude) + 0.00038 * e * sin(sun - 2 * latitude) - 0.00024 * e * sin(2 * moon - sun) - 0.00017 * sin(node);
    const terrestrial = (mean + terms - 2440587.5) * 86_400 - 70; // less the 70 seconds by which clocks now lag dynamical time
    return new Date((terrestrial + 7 * 3600) * 1000).toISOString().slice(0, 10);
  };
  test('Tết is the day of a new moon at UTC+7, and the 10th of the third month follows two moons later', () => {
    for (const year of knownYears) {
      const [tet, hung] = lunarDaysOf(year) ?? ['', ''];
      const k = Math.round((Date.parse(tet) - Date.parse('2000-01-06')) / 86_400_000 / 29.530588861);
      assert.equal(newMoonDay(k), tet, `Tết ${year}`);
      assert.equal(new Date(Date.parse(newMoonDay(k + 2)) + 9 * 86_400_000).toISOString().slice(0, 10), hung, `Giỗ Tổ ${year}`);
    }
  });
  test('2026: Tết is off, and a holiday on a weekend is given on the next working day', () => {
    const days = new Set(holidaysOf(2026)?.map((one) => one.day));
    for (const day of ['2026-02-16', '2026-02-17', '2026-02-20', '2026-04-30', '2026-05-01', '2026-09-01', '2026-09-02']) assert.ok(days.has(day), day);
    assert.ok(days.has('2026-04-27'), 'Giỗ Tổ falls on Sunday 26/4/2026');
  });
  test('three working days before a deadline step over the weekend, Tết and a compensating Saturday', () => {
    const works = workingCalendar(new Map());
    assert.equal(workingDaysBefore('2026-11-23', 3, works), '2026-11-18');
    assert.equal(workingDaysBefore('2026-02-23', 3, works), '2026-02-11');
    const edited = workingCalendar(new Map([[2026, [{ day: '2026-11-21', kind: 'working' as const, name: 'làm bù', source: 'edited' as const }]]]));
    assert.equal(workingDaysBefore('2026-11-23', 3, edited), '2026-11-19');
  });
  test('over a year every due day is announced once before, once on the day, once after', () => {
    const works = workingCalendar(new Map());
    const counts = new Map<string, number>();
    for (let i = 0; i < 400; i += 1) {
      const today = new Date(Date.UTC(2025, 11, 1 + i)).toISOString().slice(0, 10);
      for (const one of announcementsOf(today, works)) if (one.dueOn >= '2026-01-01' && one.dueOn <= '2026-12-01') counts.set(`${one.kind} ${one.dueOn}`, (counts.get(`${one.kind} ${one.dueOn}`) ?? 0) + 1);
    }
    for (let i = 0; i < 335; i += 1) {
      const due = new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
      assert.deepEqual(['due-soon', 'due-today', 'overdue'].map((kind) => counts.get(`${kind} ${due}`)), [1, 1, 1], due);
    }
  });
});
