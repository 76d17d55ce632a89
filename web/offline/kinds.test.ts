import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryStore } from './device-store.ts';
import { readForm, saveFields } from './kept-form.ts';
import { type Entry, isEntry, isOpen, listEntries, queueForm, replaceEntry, sendDue, takeBack, type Sending } from './outbox.ts';
import { senderShelf } from './senders.ts';
import { isPlaceBody, isRefusedValue, type PlaceBody, PlaceOffice } from './testing/place-office.ts';
import { type Body, isBody, RevisedOffice } from './testing/revised-office.ts';
import { Device, type Tab, World } from './testing/world.ts';

const who = 'officer';
const kinds = ['hotspot-place', 'hotspot-check', 'facility-day'] as const;
type Kind = (typeof kinds)[number];
const facilityDay = 'facility:f1/2026-03-01';
const counts = ['admitted', 'discharged', 'absent'];
const knownPlace = 'hotspot:known';
type Work = { readonly subject: string; readonly form: string; readonly field: string };

/** One history of a phone and an office computer that record places, checks and a facility's day on a bad line. */
class History {
  readonly world: World;
  readonly days = new RevisedOffice();
  readonly places = new PlaceOffice();
  readonly devices: Device[];
  /** What was said to be kept, by device, form and field; a new place has a form of its own and a known subject. */
  readonly promised = new Map<string, { readonly work: Work; readonly value: number; readonly device: string; readonly kind: Kind }>();
  readonly typed = new Map<string, number[]>();
  readonly queued = new Set<string>();
  readonly decided = new Set<number>();
  private readonly shelves = new WeakMap<Tab, ReturnType<typeof senderShelf>>();
  private readonly busy = new Set<Tab>();
  private readonly mine = new Map<string, string[]>();
  private count = 0;
  private next(): number {
    this.count += 1;
    return this.count;
  }

  constructor(seed: number) {
    this.world = new World(seed);
    this.places.places.set(knownPlace, 0);
    this.world.offices.set('facility-day', this.days).set('hotspot-place', this.places.place).set('hotspot-check', this.places.check);
    const year = 365 * 86_400_000;
    this.devices = [new Device(this.world, 'pc', 0), new Device(this.world, 'phone', (this.world.draw(21) - 10) * year)];
    for (const device of this.devices) device.open();
    this.devices[0]?.open();
  }

  /** Each tab fetches the senders anew; a killed tab takes them with it. */
  private sending(tab: Tab): Sending {
    const shelf = this.shelves.get(tab) ?? senderShelf();
    if (!this.shelves.has(tab)) shelf.know(tab.senders(kinds));
    this.shelves.set(tab, shelf);
    return { store: tab.store, who, transport: shelf.send, alone: tab.alone, now: tab.device.now, changed: () => undefined };
  }

  private workOf(kind: Kind, device: Device): Work {
    if (kind === 'facility-day') return { subject: facilityDay, form: facilityDay, field: counts[this.world.draw(counts.length)] ?? 'absent' };
    if (kind === 'hotspot-place') return { subject: '', form: 'hotspot/new', field: 'value' };
    const places = [knownPlace, ...(this.mine.get(device.name) ?? [])];
    const subject = places[this.world.draw(places.length)] ?? knownPlace;
    return { subject, form: `${subject}/check`, field: 'value' };
  }

  /** A hand types one thing at a time on each tab, and only where nothing unsaved of it stands. */
  type(tab: Tab): void {
    if (this.busy.has(tab) || [...this.busy].some((one) => one.alive && one.device === tab.device)) return;
    const kind = kinds[this.world.draw(kinds.length)] ?? 'facility-day';
    const work = this.workOf(kind, tab.device);
    const value = this.next();
    const key = `${tab.device.name} ${work.form} ${work.field}`;
    this.busy.add(tab);
    this.typed.set(key, [...(this.typed.get(key) ?? []), value]);
    void saveFields(tab.store, { who, subject: work.form }, { [work.field]: value }, tab.device.now()).then((kept) => {
      this.busy.delete(tab);
      if (kept) this.promised.set(key, { work, value, device: tab.device.name, kind });
    });
  }

  private queue(tab: Tab, kind: Kind, work: Work): void {
    const id = `${tab.device.name}-${this.next()}`;
    const subject = kind === 'hotspot-place' ? `hotspot:${id}` : work.subject;
    const base = this.world.online ? this.days.revisionsOf(subject).length : 0;
    void queueForm(tab.store, who, { id, kind, subject, form: work.form, at: tab.device.now() }, (form) => {
      const fields = Object.keys(form.fields);
      if (fields.length === 0) return undefined;
      const values = Object.fromEntries(Object.entries(form.fields).map(([name, field]) => [name, Number(field.value)]));
      const body = kind === 'facility-day' ? { base, cells: values } satisfies Body : { value: values['value'] ?? 0 } satisfies PlaceBody;
      return { body, fields };
    }).then((kept) => {
      if (kept) this.queued.add(`${tab.device.name}/${id}`);
      if (kept && kind === 'hotspot-place') this.mine.set(tab.device.name, [...(this.mine.get(tab.device.name) ?? []), subject]);
      void sendDue(this.sending(tab));
    });
  }

  send(tab: Tab): void {
    const of = [...this.promised.values()].filter((one) => one.device === tab.device.name);
    const one = of[this.world.draw(Math.max(1, of.length))];
    if (one !== undefined) this.queue(tab, one.kind, one.work);
  }

  /** A conflict: theirs or ours. A refusal: taken back into the form and corrected there. */
  decide(tab: Tab): void {
    const held = this.entriesOf(tab.device).find((entry) => isOpen(entry) && entry.hold !== null);
    if (held?.hold === 'refused' && isPlaceBody(held.body)) {
      this.decided.add(held.body.value);
      void takeBack(tab.store, who, held, { value: this.correct(held.body.value) }, tab.device.now());
      return;
    }
    if (held?.hold !== 'conflict' || !isBody(held.body)) return;
    const theirs: unknown = held.problem?.['theirs'];
    const cells = Object.fromEntries(Object.entries(held.body.cells).flatMap(([name, mine]) => {
      if (typeof theirs !== 'object' || theirs === null || !(name in theirs) || this.world.draw(2) === 0) return [[name, mine]];
      this.decided.add(mine);
      return [];
    }));
    const made = { id: `${tab.device.name}-${this.next()}`, kind: held.kind, subject: held.subject, at: tab.device.now(), body: { base: Number(held.problem?.['revision']), cells } satisfies Body };
    void replaceEntry(tab.store, who, held, made).then((kept) => { if (kept) this.queued.add(`${tab.device.name}/${made.id}`); });
  }

  private correct(value: number): number {
    this.count += 11;
    return isRefusedValue(this.count) ? value * 1000 + 1 : this.count;
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
    else if (choice < 55) this.send(tab);
    else if (choice < 66) void sendDue(this.sending(tab), choice < 60);
    else if (choice < 74) this.decide(tab);
    else if (choice < 84) device.kill(tab);
    else if (choice < 92) this.world.online = !this.world.online;
    else this.world.now += this.world.draw(40) * 60_000;
  }

  private has(id: string): boolean { return this.days.receipts.has(id) || this.places.receipts.has(id); }

  checkStates(): void {
    for (const device of this.devices) {
      const entries = this.entriesOf(device);
      for (const entry of entries) {
        assert.equal(entry.receipt, entry.state === 'received' ? `R-${entry.id}` : null);
        if (entry.state === 'received') assert.ok(this.has(entry.id), 'received means the other side has it');
        if (entry.state === 'sending') assert.ok(entry.tries > 0 && entry.triedAt !== null);
      }
      for (const queued of this.queued) {
        const [name, id] = queued.split('/');
        if (name === device.name) assert.ok(entries.some((entry) => entry.id === id), 'what was said to be queued is on the device');
      }
    }
  }

  async run(): Promise<void> {
    for (let step = 0; step < 150; step += 1) {
      if (this.world.draw(100) < 32) this.act();
      await this.world.step();
      if (step % 10 === 0) this.checkStates();
    }
    await this.settle();
  }

  private async settle(): Promise<void> {
    this.world.faults = false;
    this.world.online = true;
    for (let round = 0; round < 60; round += 1) {
      for (const device of this.devices) {
        const tab = device.tabs[0] ?? device.open();
        for (const one of [...this.promised.values()].filter((promise) => promise.device === device.name)) this.queue(tab, one.kind, one.work);
        await this.drain();
        this.decide(tab);
        await this.drain();
        void sendDue(this.sending(tab), true);
        await this.drain();
      }
      if (this.devices.every((device) => this.entriesOf(device).every((entry) => !isOpen(entry)) && ![...device.rows.keys()].some((key) => key.includes('/form/')))) return;
    }
  }
  private async drain(): Promise<void> { while (await this.world.step()); }

  private arrived(device: string, { kind, work }: { readonly kind: Kind; readonly work: Work }): readonly number[] {
    const own = (id: string): boolean => id.startsWith(`${device}-`);
    if (kind === 'facility-day') return this.days.revisionsOf(facilityDay).filter(({ id }) => own(id)).map(({ cells }) => cells[work.field] ?? 0);
    if (kind === 'hotspot-place') return [...this.places.places].filter(([subject]) => own(subject.slice('hotspot:'.length))).map(([, value]) => value);
    return this.places.checks.filter(({ id, subject }) => own(id) && subject === work.subject).map(({ value }) => value);
  }

  checkEnd(): void {
    this.checkStates();
    const applied = [...this.days.revisions.map(({ id }) => id), ...this.places.checks.map(({ id }) => id)];
    assert.equal(new Set(applied).size, applied.length, 'each command is applied once');
    assert.deepEqual(this.places.beforePlace, [], 'a check never arrives before its place');
    for (const device of this.devices) assert.deepEqual(this.entriesOf(device).filter(isOpen), [], 'nothing is left in the outbox');
    for (const [key, promise] of this.promised) {
      const arrived = this.arrived(promise.device, promise);
      const good = (this.typed.get(key) ?? []).filter((value) => value >= promise.value).some((value) => arrived.includes(value) || this.decided.has(value));
      assert.ok(good, `${key} = ${promise.value} was saved and is lost`);
    }
  }
}

describe('R56: hotspot places, checks and facility days under kills, lost answers, duplicates, two tabs and two devices', () => {
  test('1,000 seeded histories lose nothing, apply each command once, show each state true, and send no check before its place', async () => {
    const seen = { days: 0, checks: 0, places: 0, conflicts: 0, refused: 0, notLoaded: 0 };
    for (let seed = 1; seed <= 1000; seed += 1) {
      const history = new History(seed);
      try {
        await history.run();
        history.checkEnd();
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
      const entries = history.devices.flatMap((device) => history.entriesOf(device));
      seen.days += history.days.revisions.length;
      seen.checks += history.places.checks.length;
      seen.places += history.places.places.size - 1;
      seen.conflicts += entries.filter((entry) => entry.hold === 'conflict').length;
      seen.refused += entries.filter((entry) => entry.hold === 'refused').length;
      seen.notLoaded += entries.filter((entry) => entry.tries > 1).length;
    }
    assert.ok(seen.days > 1000 && seen.checks > 500 && seen.places > 500 && seen.conflicts > 20 && seen.refused > 20 && seen.notLoaded > 300, `the histories are real: ${JSON.stringify(seen)}`);
  });
});

describe('the kinds of the outbox, in calm', () => {
  const received = { kind: 'received', receipt: 'R', answer: null } as const;
  const queue = (store: ReturnType<typeof memoryStore>, kind: string, subject: string) => queueForm(store, who, { id: `${kind}-1`, kind, subject, at: 1 }, () => ({ body: {}, fields: [] }));
  const sending = (store: ReturnType<typeof memoryStore>, transport: Sending['transport']): Sending => ({ store, who, transport, alone: (work) => work(), now: () => 10, changed: () => undefined });

  test('an entry of a kind this build does not know waits, and the others are sent', async () => {
    const store = memoryStore();
    await queue(store, 'of-a-newer-build', 'a');
    await queue(store, 'hotspot-check', 'b');
    const shelf = senderShelf();
    shelf.know({ 'hotspot-check': async () => ({ send: async () => received, say: () => ({ title: '' }) }) });
    await sendDue(sending(store, shelf.send), true);
    assert.deepEqual((await listEntries(store, who)).map((entry) => [entry.kind, entry.state, entry.problem?.code ?? null]), [['of-a-newer-build', 'saved', 'sender-not-loaded'], ['hotspot-check', 'received', null]]);
  });

  test('a sender whose code could not be fetched is fetched again at the next try', async () => {
    let fetches = 0;
    const shelf = senderShelf();
    shelf.know({ 'facility-day': async () => {
      fetches += 1;
      if (fetches === 1) throw new Error('no line');
      return { send: async () => received, say: () => ({ title: '' }) };
    } });
    const store = memoryStore();
    await queue(store, 'facility-day', facilityDay);
    await sendDue(sending(store, shelf.send), true);
    await sendDue(sending(store, shelf.send), true);
    await shelf.fetched('facility-day');
    assert.deepEqual([(await listEntries(store, who))[0]?.state, fetches], ['received', 2]);
  });

  test('an exact place is on the device only until the other side has it', async () => {
    const store = memoryStore();
    await queue(store, 'hotspot-place', 'hotspot:1');
    await sendDue(sending(store, async () => ({ ...received, keep: { commune: '00004' } })), true);
    assert.deepEqual((await listEntries(store, who))[0]?.body, { commune: '00004' });
  });

  test('a new place leaves the form it was typed in, and a refused one comes back to that form', async () => {
    const store = memoryStore();
    await saveFields(store, { who, subject: 'hotspot/new' }, { value: 7 }, 1);
    await queueForm(store, who, { id: 'c1', kind: 'hotspot-place', subject: 'hotspot:c1', form: 'hotspot/new', at: 1 }, () => ({ body: { value: 7 }, fields: ['value'] }));
    assert.deepEqual((await readForm(store, who, 'hotspot/new')).fields, {});
    await sendDue(sending(store, async () => ({ kind: 'refused', problem: { code: 'forbidden' } })), true);
    const held = (await listEntries(store, who))[0];
    assert.ok(held);
    await takeBack(store, who, held, { value: 7 }, 2);
    assert.equal((await readForm(store, who, 'hotspot/new')).fields['value']?.value, 7);
  });
});
