import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addDays } from '#kernel/day.ts';
import { type Entry, isOpen, listEntries, type Outcome, queueForm, sendDue, type Sending, takeBack } from '#web/offline/outbox.ts';
import { Device, type Office, type Tab, World } from '#web/offline/testing/world.ts';
import { noFlows, recordNewDay } from '../rules/balance.ts';
import type { Balance, DayFigures } from '../schema.ts';
import { dayKind, formOf, isQueuedDay, type NextDay, nextHere, type QueuedDay, subjectOf } from './queued-day.ts';

const key = { province: '01', facility: 'CS1' };
const who = 'manager';
const span = { openedOn: '2020-01-01', bookFrom: '2026-01-01', closedOn: null };
const start: NextDay = { day: '2026-01-01', opening: { voluntary: 10, compulsory: 40 } };

/** The other side, with the very rule of the server: a command is applied once, a day follows the day before and closes. */
class BookOffice implements Office {
  readonly receipts = new Map<string, string>();
  readonly days: { readonly id: string; readonly day: string; readonly opening: Balance; readonly closing: Balance; readonly figures: DayFigures }[] = [];
  readonly refused: string[] = [];
  get next(): NextDay { const last = this.days.at(-1); return last === undefined ? start : { day: addDays(last.day, 1), opening: last.closing }; }
  readonly toSend = (entry: Entry): unknown => entry.body;
  readonly apply = ({ id }: Pick<Entry, 'id'>, body: unknown): Outcome => {
    if (!this.receipts.has(id)) {
      if (!isQueuedDay(body)) return { kind: 'refused', problem: { code: 'input-invalid' } };
      const { opening, figures } = body.command;
      const decided = recordNewDay(span, this.next, { day: body.day, today: '2026-12-31', opening, figures });
      if (!decided.ok) { this.refused.push(decided.problem.code); return { kind: 'refused', problem: decided.problem }; }
      this.days.push({ id, day: body.day, opening, closing: decided.value, figures });
      this.receipts.set(id, `R-${id}`);
    }
    return { kind: 'received', receipt: `R-${id}`, answer: null };
  };
}

/** A phone in the facility and a computer in its office write the same book over a bad line; tabs die in the middle of anything. */
class History {
  readonly world: World;
  readonly office = new BookOffice();
  readonly devices: Device[];
  /** What each device last read of the book. */
  readonly copies = new Map<string, NextDay>();
  readonly kept = new Map<string, string>();
  private count = 0;
  constructor(seed: number) {
    this.world = new World(seed);
    this.world.offices.set(dayKind, this.office);
    this.devices = [new Device(this.world, 'phone', (this.world.draw(5) - 2) * 86_400_000), new Device(this.world, 'pc', 0)];
    for (const device of this.devices) { device.open(); this.copies.set(device.name, start); }
  }
  sending(tab: Tab): Sending { return { store: tab.store, who, transport: tab.transport, alone: tab.alone, now: tab.device.now, changed: () => undefined }; }

  /** As the screen does: the next day over the copy and over what waits; nothing while a day waits for the person. */
  async write(tab: Tab): Promise<void> {
    const { draw } = this.world;
    if (this.world.online && draw(3) > 0) this.copies.set(tab.device.name, this.office.next);
    const entries = await listEntries(tab.store, who);
    if (entries.some((entry) => isOpen(entry) && entry.hold !== null)) return;
    const { day, opening } = nextHere(this.copies.get(tab.device.name) ?? start, entries);
    const figures: DayFigures = { voluntary: { ...noFlows, admitted: draw(3) }, compulsory: { ...noFlows, completed: Math.min(opening.compulsory, draw(2)) }, firstEver: 0, waitedDays: 0, waiting: 0, absent: 0, present: 0 };
    const present = opening.voluntary + opening.compulsory + figures.voluntary.admitted - figures.compulsory.completed;
    const body: QueuedDay = { ...key, day, name: 'CS1', command: { opening, figures: { ...figures, present } }, fields: { present: String(present) } };
    this.count += 1;
    const id = `${tab.device.name}-${this.count}`;
    if (await queueForm(tab.store, who, { id, kind: dayKind, subject: subjectOf(key), form: formOf(key, day), at: tab.device.now() }, () => ({ body, fields: ['present'] }))) this.kept.set(id, tab.device.name);
    await sendDue(this.sending(tab));
  }
  /** The person looks at a refused day and takes it back into the form. */
  async decide(tab: Tab): Promise<void> {
    const held = (await listEntries(tab.store, who)).find((entry) => isOpen(entry) && entry.hold !== null);
    if (held !== undefined && isQueuedDay(held.body)) await takeBack(tab.store, who, held, held.body.fields, tab.device.now());
    this.copies.set(tab.device.name, this.office.next);
  }

  async run(): Promise<void> {
    const { world } = this;
    for (let turn = 0; turn < 45; turn += 1) {
      const device = this.devices[world.draw(4) === 0 ? 1 : 0];
      const tab = device?.tabs[world.draw(Math.max(1, device.tabs.length))];
      const what = world.draw(12);
      if (tab === undefined) device?.open();
      else if (what < 4) void this.write(tab);
      else if (what < 6) void sendDue(this.sending(tab), true);
      else if (what === 6) { device?.kill(tab); device?.open(); }
      else if (what === 7) world.online = !world.online;
      else if (what === 8) void this.decide(tab);
      else if (what === 9 && device !== undefined && device.tabs.length < 2) device.open();
      world.now += world.draw(20) * 60_000;
      for (let steps = world.draw(12); steps > 0; steps -= 1) await world.step();
    }
    await this.calm();
  }
  /** The line comes back and stays; the person settles what waits. */
  private async calm(): Promise<void> {
    const { world } = this;
    [world.faults, world.online] = [false, true];
    for (let round = 0; round < 80 && (round < 2 || this.devices.some((device) => this.entriesOf(device).some(isOpen))); round += 1) {
      for (const device of this.devices) {
        const tab = device.tabs[0] ?? device.open();
        void sendDue(this.sending(tab), true);
        while (await world.step());
        void this.decide(tab);
        while (await world.step());
      }
      world.now += 3_600_000;
    }
  }
  entriesOf(device: Device): Entry[] { return [...device.rows].filter(([name]) => name.startsWith(`${who}/entry/`)).map(([, value]) => value as Entry); } // rows under /entry/ are entries
}

describe('R56: a facility’s days on a bad line', () => {
  test('1,000 seeded histories of kills, lost answers, duplicates and two devices: every day once, in order, each closing; nothing kept is lost', async () => {
    const seen = { days: 0, refused: 0, retried: 0 };
    for (let seed = 1; seed <= 1000; seed += 1) {
      const history = new History(seed);
      await history.run();
      const { days } = history.office;
      days.forEach((one, at) => {
        const before = days[at - 1];
        assert.deepEqual([one.day, one.opening], [addDays(start.day, at), before?.closing ?? start.opening], `seed ${seed}: the chain`);
        assert.equal(one.figures.present, one.closing.voluntary + one.closing.compulsory, `seed ${seed}: a day closes`);
      });
      assert.equal(new Set(days.map((one) => one.id)).size, days.length, `seed ${seed}: a command is applied once`);
      const entries = history.devices.flatMap((device) => history.entriesOf(device));
      for (const id of history.kept.keys()) assert.ok(entries.some((entry) => entry.id === id), `seed ${seed}: ${id} was kept and is lost`);
      for (const entry of entries) {
        assert.equal(entry.state === 'received', history.office.receipts.has(entry.id), `seed ${seed}: ${entry.id} says ${entry.state}`);
        assert.ok(entry.state === 'received' || entry.settled !== null, `seed ${seed}: ${entry.id} neither arrived nor came back to the person`);
        if (entry.tries > 1) seen.retried += 1;
      }
      seen.days += days.length;
      seen.refused += history.office.refused.length;
    }
    assert.ok(seen.days > 1500 && seen.refused > 100 && seen.retried > 500, `the histories are real: ${JSON.stringify(seen)}`);
  });
});
