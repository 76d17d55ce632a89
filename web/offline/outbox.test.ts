import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryStore } from './device-store.ts';
import { formOf, readForm, saveFields } from './kept-form.ts';
import { type Entry, isEntry, isOpen, listEntries, nextTryOf, queueForm, replaceEntry, sendDue, shownState, takeBack, tidyOutbox, waitAfter, type Sending } from './outbox.ts';
import { type Body, isBody, RevisedOffice } from './testing/revised-office.ts';
import { Device, type Tab, World } from './testing/world.ts';

const subject = 'return:01/00004/2026-03/commune-monthly';
const who = 'officer';
const cellNames = ['a', 'b', 'c', 'd', 'e'];

/** One history: what the hand typed and what the device said of it, to hold against what became of it. */
class History {
  readonly world: World;
  readonly office = new RevisedOffice();
  readonly devices: Device[];
  readonly typed = new Map<string, number[]>();
  readonly promised = new Map<string, number>();
  readonly queued = new Set<string>();
  readonly decided = new Set<number>();
  private readonly typing = new Map<string, Tab>();
  private value = 0;
  private command = 0;
  private nextCommand(): number {
    this.command += 1;
    return this.command;
  }

  constructor(seed: number) {
    this.world = new World(seed);
    this.world.offices.set('return', this.office);
    const year = 365 * 86_400_000;
    this.devices = [new Device(this.world, 'pc', 0), new Device(this.world, 'phone', (this.world.draw(21) - 10) * year)];
    for (const device of this.devices) device.open();
    this.devices[0]?.open();
  }

  sending = (tab: Tab): Sending => ({ store: tab.store, who, transport: tab.transport, alone: tab.alone, now: tab.device.now, changed: () => undefined });

  type(tab: Tab): void {
    const name = cellNames[this.world.draw(cellNames.length)] ?? 'a';
    if (this.typing.get(tab.device.name)?.alive === true) return; // one hand: the next value comes when the last is down, or its tab is dead
    this.typing.set(tab.device.name, tab);
    this.value += 1;
    const { value } = this;
    const key = `${tab.device.name}.${name}`;
    this.typed.set(key, [...(this.typed.get(key) ?? []), value]);
    void saveFields(tab.store, { who, subject }, { [name]: value }, tab.device.now()).then((kept) => {
      this.typing.delete(tab.device.name);
      if (kept) this.promised.set(key, value);
    });
  }

  send(tab: Tab): void {
    const id = `${tab.device.name}-${this.nextCommand()}`;
    const base = this.world.online ? this.office.revisions.length : 0;
    const made = { id, kind: 'return', subject, at: tab.device.now() };
    void queueForm(tab.store, who, made, (form) => {
      const fields = Object.keys(form.fields);
      const cells = Object.fromEntries(Object.entries(form.fields).map(([name, field]) => [name, Number(field.value)]));
      return fields.length === 0 ? undefined : { body: { base, cells } satisfies Body, fields };
    }).then((kept) => {
      if (kept) this.queued.add(`${tab.device.name}/${id}`);
      void sendDue(this.sending(tab));
    });
  }

  /** Both values are shown; the person takes one, cell by cell, or takes the whole back into the form. */
  decide(tab: Tab): void {
    const held = this.entriesOf(tab.device).find((entry) => isOpen(entry) && entry.hold === 'conflict');
    if (held === undefined || !isBody(held.body) || held.problem === null) return;
    if (this.world.draw(3) === 0) {
      void takeBack(tab.store, who, held, held.body.cells, tab.device.now());
      return;
    }
    const theirs: unknown = held.problem['theirs'];
    const cells = Object.fromEntries(Object.entries(held.body.cells).flatMap(([name, mine]) => {
      if (typeof theirs !== 'object' || theirs === null || !(name in theirs) || this.world.draw(2) === 0) return [[name, mine]];
      this.decided.add(mine);
      return [];
    }));
    const made = { id: `${tab.device.name}-${this.nextCommand()}`, kind: 'return', subject, at: tab.device.now(), body: { base: Number(held.problem['revision']), cells } satisfies Body };
    void replaceEntry(tab.store, who, held, made).then((kept) => { if (kept) this.queued.add(`${tab.device.name}/${made.id}`); });
  }

  entriesOf(device: Device): Entry[] {
    return structuredClone([...device.rows].filter(([key]) => key.startsWith(`${who}/entry/`)).map(([, value]) => value).filter(isEntry));
  }

  act(): void {
    const device = this.devices[this.world.draw(2)] ?? this.devices[0];
    if (!device) return;
    const tab = device.tabs[this.world.draw(Math.max(1, device.tabs.length))] ?? device.open();
    const choice = this.world.draw(100);
    if (choice < 35) this.type(tab);
    else if (choice < 50) this.send(tab);
    else if (choice < 65) void sendDue(this.sending(tab), choice < 58);
    else if (choice < 74) this.decide(tab);
    else if (choice < 84) device.kill(tab);
    else if (choice < 92) this.world.online = !this.world.online;
    else this.world.now += this.world.draw(40) * 60_000;
  }

  /** What every screen would say now is true. */
  checkStates(): void {
    for (const device of this.devices) {
      const entries = this.entriesOf(device);
      for (const entry of entries) {
        if (entry.state === 'received') {
          assert.equal(entry.receipt, `R-${entry.id}`);
          assert.ok(this.office.receipts.has(entry.id), 'received means the other side has it');
        } else assert.equal(entry.receipt, null);
        if (entry.state === 'sending') assert.ok(entry.tries > 0 && entry.triedAt !== null);
      }
      for (const queued of this.queued) {
        const [name, id] = queued.split('/');
        if (name === device.name) assert.ok(entries.some((entry) => entry.id === id), 'what was said to be queued is on the device');
      }
    }
  }

  async run(): Promise<void> {
    for (let step = 0; step < 160; step += 1) {
      if (this.world.draw(100) < 30) this.act();
      await this.world.step();
      if (step % 8 === 0) this.checkStates();
    }
    await this.settle();
  }

  /** The line is good again, nobody is killed: everything must come through. */
  private async settle(): Promise<void> {
    this.world.faults = false;
    this.world.online = true;
    for (let round = 0; round < 60; round += 1) {
      for (const device of this.devices) {
        const tab = device.tabs[0] ?? device.open();
        this.send(tab);
        await this.drain();
        this.decide(tab);
        await this.drain();
        void sendDue(this.sending(tab), true);
        await this.drain();
      }
      if (this.devices.every((device) => this.entriesOf(device).every((entry) => !isOpen(entry)) && formOf(device.rows.get(`${who}/form/${subject}`)).at === 0)) return;
    }
  }
  private async drain(): Promise<void> { while (await this.world.step()); }

  checkEnd(): void {
    this.checkStates();
    const applied = this.office.revisions.map((revision) => revision.id);
    assert.equal(new Set(applied).size, applied.length, 'each submission is applied once');
    for (const device of this.devices) {
      const entries = this.entriesOf(device);
      assert.deepEqual(entries.filter(isOpen), [], 'nothing is left in the outbox');
      for (const name of cellNames) {
        const key = `${device.name}.${name}`;
        const promised = this.promised.get(key);
        if (promised === undefined) continue;
        const arrived = this.office.revisions.filter((revision) => revision.id.startsWith(`${device.name}-`)).map((revision) => revision.cells[name] ?? 0);
        const good = (this.typed.get(key) ?? []).filter((value) => value >= promised).some((value) => arrived.includes(value) || this.decided.has(value));
        assert.ok(good, `the cell ${key} = ${promised} was saved and is lost`);
      }
    }
  }
}

describe('the outbox under kills, lost answers, duplicates, two tabs and two devices', () => {
  test('1,000 seeded histories lose no cell and apply each submission once, and each state shown is true', async () => {
    let applied = 0;
    let conflicts = 0;
    let cut = 0;
    for (let seed = 1; seed <= 1000; seed += 1) {
      const history = new History(seed);
      try {
        await history.run();
        history.checkEnd();
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
      applied += history.office.revisions.length;
      const entries = history.devices.flatMap((device) => history.entriesOf(device));
      conflicts += entries.filter((entry) => entry.hold !== null).length;
      cut += entries.filter((entry) => entry.tries > 1).length;
    }
    assert.ok(applied > 3000 && conflicts > 100 && cut > 300, `the histories are real: ${applied} applied, ${conflicts} conflicts, ${cut} tried again`);
  });
});

describe('the outbox, in calm', () => {
  const entry = (more: Partial<Entry> = {}): Entry => ({ id: 'c1', seq: 1, kind: 'return', subject, body: {}, state: 'saved', savedAt: 1000, tries: 0, triedAt: null, nextTryAt: null, problem: null, hold: null, receivedAt: null, receipt: null, answer: null, settled: null, ...more });
  const made = (id: string) => ({ id, kind: 'return', subject, at: 1000 });

  test('what is queued leaves the form in the same step; another tab\'s newer field stays', async () => {
    const store = memoryStore();
    await saveFields(store, { who, subject }, { a: 1, b: 2 }, 10);
    await queueForm(store, who, made('c1'), () => ({ body: { a: 1 }, fields: ['a'] }));
    assert.deepEqual((await readForm(store, who, subject)).fields, { b: { value: 2, at: 10 } });
    assert.equal((await listEntries(store, who)).length, 1);
  });
  test('a second press with the same command id queues nothing more', async () => {
    const store = memoryStore();
    await saveFields(store, { who, subject }, { a: 1 }, 10);
    assert.equal(await queueForm(store, who, made('c1'), () => ({ body: {}, fields: [] })), true);
    assert.equal(await queueForm(store, who, made('c1'), () => ({ body: {}, fields: [] })), false);
  });
  test('the account that queued it is the only one that sends it', async () => {
    const store = memoryStore();
    await queueForm(store, 'first', made('c1'), () => ({ body: {}, fields: [] }));
    let sent = 0;
    const sending: Sending = { store, who: 'second', now: () => 0, changed: () => undefined, alone: (work) => work(), transport: async () => { sent += 1; return { kind: 'received', receipt: 'R', answer: null }; } };
    await sendDue(sending, true);
    assert.equal(sent, 0);
    await sendDue({ ...sending, who: 'first' }, true);
    assert.equal(sent, 1);
  });
  test('the wait doubles from five seconds to half an hour and differs between devices', () => {
    for (const [tries, low, high] of [[1, 4000, 6000], [4, 32_000, 48_000], [30, 1_440_000, 2_160_000]] as const) {
      const wait = waitAfter(tries, 'c1');
      assert.ok(wait >= low && wait <= high, `${tries}: ${wait}`);
    }
    assert.notEqual(waitAfter(5, 'one'), waitAfter(5, 'two'));
  });
  test('a clock set back by years does not keep a return waiting', () => {
    const now = 1_000_000;
    assert.equal(nextTryOf([entry({ nextTryAt: now + 60_000, tries: 1 })], now), now + 60_000);
    assert.equal(nextTryOf([entry({ nextTryAt: now + 3e11, tries: 1 })], now), now);
  });
  test('a try whose tab died is shown as saved, which is what it is', () => {
    assert.equal(shownState(entry({ state: 'sending', triedAt: 0 }), 30_000), 'sending');
    assert.equal(shownState(entry({ state: 'sending', triedAt: 0 }), 600_000), 'saved');
  });
  test('what was never received stays for ever; receipts are tidied after 30 days', async () => {
    const day = 86_400_000;
    const store = memoryStore(new Map<string, unknown>([
      [`${who}/entry/old`, entry({ id: 'old', state: 'received', receivedAt: day, receipt: 'R' })],
      [`${who}/entry/never`, entry({ id: 'never', savedAt: 0 })],
      [`${who}/entry/young`, entry({ id: 'young', state: 'received', receivedAt: 20 * day, receipt: 'R' })],
    ]));
    await tidyOutbox(store, who, 40 * day);
    assert.deepEqual((await listEntries(store, who)).map((one) => one.id).sort(), ['never', 'young']);
  });
});
