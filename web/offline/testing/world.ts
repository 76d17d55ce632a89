/**
 * A small world for the outbox: devices with tabs, a bad line and a server, all moved by one seeded hand. Whatever waits is a
 * turn; which turn comes next, who is killed and what gets lost is drawn. A killed tab never runs on: its turns are thrown away.
 */
import type { DeviceStore, Row, Writes } from '../device-store.ts';
import type { Entry, OneAtATime, Outcome, Transport } from '../outbox.ts';
import type { LoadSender } from '../senders.ts';

export type Draw = (below: number) => number;
/** Mulberry32: the same seed, the same history. */
export function drawFrom(seed: number): Draw {
  let a = seed >>> 0;
  return (below) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Turn = { readonly of: Tab | undefined; readonly run: () => void };

/** The other side of one kind: what a device sends of an entry, and what becomes of it there. */
export type Office = {
  readonly toSend: (entry: Entry, before: unknown) => unknown;
  readonly apply: (entry: Pick<Entry, 'id' | 'subject'>, body: unknown) => Outcome;
};

export class World {
  readonly draw: Draw;
  now = 1_700_000_000_000;
  faults = true;
  online = true;
  /** By kind of command. */
  readonly offices = new Map<string, Office>();
  turns: Turn[] = [];

  constructor(seed: number) { this.draw = drawFrom(seed); }

  chance(percent: number): boolean { return this.faults && this.draw(100) < percent; }
  turn(of: Tab | undefined, run: () => void): void { if (of?.alive !== false) this.turns.push({ of, run }); }
  /** Runs one waiting turn, drawn from all. */
  async step(): Promise<boolean> {
    const [turn] = this.turns.splice(this.draw(Math.max(1, this.turns.length)), 1);
    if (turn === undefined) return false;
    if (turn.of?.alive !== false) turn.run();
    await new Promise((resolve) => { setImmediate(resolve); });
    return true;
  }
}

export class Device {
  readonly world: World;
  readonly name: string;
  readonly rows = new Map<string, unknown>();
  holder: Tab | undefined;
  tabs: Tab[] = [];
  skewMs: number;

  constructor(world: World, name: string, skewMs: number) {
    this.world = world;
    this.name = name;
    this.skewMs = skewMs;
  }

  open(): Tab {
    const tab = new Tab(this);
    this.tabs.push(tab);
    return tab;
  }
  kill(tab: Tab): void {
    tab.alive = false;
    this.tabs = this.tabs.filter((one) => one !== tab);
    this.world.turns = this.world.turns.filter((turn) => turn.of !== tab);
    if (this.holder === tab) this.holder = undefined;
  }
  now = (): number => this.world.now + this.skewMs;
}

const never = new Promise<never>(() => undefined);

export class Tab {
  readonly device: Device;
  alive = true;
  constructor(device: Device) { this.device = device; }

  private pause(): Promise<void> {
    if (!this.alive) return never;
    return new Promise((resolve) => this.device.world.turn(this, resolve));
  }

  readonly store: DeviceStore = {
    list: async (prefix) => {
      await this.pause();
      const rows: Row[] = structuredClone([...this.device.rows].filter(([key]) => key.startsWith(prefix)));
      await this.pause();
      return rows.sort(([a], [b]) => (a < b ? -1 : 1));
    },
    change: async (keys, decide) => {
      await this.pause();
      const full = this.device.world.chance(2);
      const writes: Writes | undefined = full ? undefined : decide(keys.map((key) => structuredClone(this.device.rows.get(key))));
      if (writes !== undefined) {
        for (const [key, value] of writes) {
          if (value === undefined) this.device.rows.delete(key);
          else this.device.rows.set(key, structuredClone(value));
        }
      }
      await this.pause(); // killed here: written, and nobody was told
      return writes !== undefined;
    },
  };

  readonly alone: OneAtATime = async (work) => {
    await this.pause();
    if (this.device.holder !== undefined) return;
    this.device.holder = this;
    await work();
    this.device.holder = undefined;
  };

  readonly transport: Transport = async (entry, before) => {
    const { world } = this.device;
    const office = world.offices.get(entry.kind);
    if (office === undefined) return { kind: 'unknown', problem: { code: 'sender-not-loaded' } };
    const body = office.toSend(entry, before);
    await this.pause();
    const offline: Outcome = { kind: 'unknown', problem: { code: 'offline' } };
    if (!world.online || world.chance(20)) return offline;
    const deliver = (): Promise<Outcome> => new Promise((resolve) => world.turn(undefined, () => resolve(office.apply(entry, body))));
    if (world.chance(20)) void deliver(); // a duplicate that may arrive much later
    const answer = await deliver();
    await this.pause();
    return world.chance(25) ? offline : answer; // the answer was lost on the way back
  };

  /** This tab's senders by kind; fetching one's code may fail like any other fetch. */
  readonly senders = (kinds: readonly string[]): Readonly<Record<string, LoadSender>> => Object.fromEntries(kinds.map((kind) => [kind, async () => {
    await this.pause();
    if (!this.device.world.online || this.device.world.chance(30)) throw new Error('the chunk did not come');
    return { send: this.transport, say: (entry: Entry) => ({ title: entry.subject }) };
  }]));
}
