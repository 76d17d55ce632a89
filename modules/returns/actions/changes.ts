/**
 * The feed of changes: tells open screens which periods, data sets and places have new figures, at most once a second each.
 * What this process commits is told at once; what others commit arrives by one NOTIFY of theirs for many batches, outside their commits.
 */
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Database } from '#platform/db/database.ts';
import type { Context } from '#platform/http/bind.ts';
import type { Stream } from '#platform/http/stream.ts';
import { hasPermission } from '../rules/permissions.ts';
import type { ChangeMessage, Committed } from '../schema.ts';
import { notifyChanges } from '../store/notify.ts';
import { onCommitted } from './committed.ts';

/** How often one listener is written to, at most; and how often other processes are told. */
const everyMs = 500;
const channel = 'returns_changed';
/** More units than this in one message are told as "their province". */
const mostUnits = 100;

/** What changed, by period and data set, with provinces and units. */
type Change = { periods: Set<string>; dataSets: Set<string>; provinces: Set<string>; units: Set<string> };
const none = (): Change => ({ periods: new Set(), dataSets: new Set(), provinces: new Set(), units: new Set() });
type Told = { readonly from: string; readonly periods: string[]; readonly dataSets: string[]; readonly provinces: string[]; readonly units: string[] };

type Listener = { readonly sees: Sees; readonly send: (message: ChangeMessage) => void; waiting: Change | undefined };
type Sees = { readonly nation: boolean; readonly provinces: ReadonlySet<string>; readonly communes: ReadonlySet<string> };

class Hub {
  readonly #db: Database;
  readonly #id = newId<'Process'>();
  readonly #listeners = new Set<Listener>();
  #seq = 0;
  #toTell: Change | undefined;
  #listening: Promise<{ stop(): void }> | undefined;
  constructor(db: Database) {
    this.#db = db;
    onCommitted((changes, of) => { if (of === db) this.#committed(changes); });
  }

  #committed(changes: readonly Committed[]): void {
    const change = none();
    for (const one of changes) addTo(change, one.period, one.dataSet, one.province, one.unit);
    this.#pass(change);
    if (this.#toTell !== undefined) { merge(this.#toTell, change); return; }
    this.#toTell = change;
    setTimeout(() => { void this.#tellOthers(); }, everyMs).unref();
  }

  async #tellOthers(): Promise<void> {
    const change = this.#toTell;
    this.#toTell = undefined;
    if (change === undefined) return;
    const units = change.units.size > mostUnits ? [] : [...change.units];
    const told: Told = { from: this.#id, periods: [...change.periods], dataSets: [...change.dataSets], provinces: [...change.provinces], units };
    await this.#db.write('system', (tx) => notifyChanges(tx, channel, JSON.stringify(told))).catch(() => undefined); // the others ask again when they next hear
  }

  #heard(payload: string | undefined): void {
    const told = JSON.parse(payload ?? '{}') as Partial<Told>; // written above, by a process of ours
    if (told.from === undefined || told.from === this.#id) return;
    this.#pass({ periods: new Set(told.periods), dataSets: new Set(told.dataSets), provinces: new Set(told.provinces), units: new Set(told.units) });
  }

  #pass(change: Change): void {
    for (const listener of this.#listeners) {
      if (nodesSeen(listener.sees, change).length === 0) continue;
      if (listener.waiting !== undefined) { merge(listener.waiting, change); continue; }
      this.#send(listener, change);
      listener.waiting = none();
      setTimeout(() => this.#release(listener), 2 * everyMs).unref();
    }
  }

  #release(listener: Listener): void {
    const { waiting } = listener;
    listener.waiting = undefined;
    if (waiting === undefined || waiting.periods.size === 0 || !this.#listeners.has(listener)) return;
    this.#send(listener, waiting);
    listener.waiting = none();
    setTimeout(() => this.#release(listener), 2 * everyMs).unref();
  }

  #send({ sees, send }: Listener, change: Change): void {
    this.#seq += 1;
    send({ seq: this.#seq, at: new Date().toISOString(), periods: [...change.periods].slice(0, 200), dataSets: [...change.dataSets].slice(0, 200), nodes: nodesSeen(sees, change) });
  }

  subscribe(actor: Actor, send: (message: ChangeMessage) => void): () => void {
    const listener: Listener = { sees: seenBy(actor), send, waiting: undefined };
    this.#listeners.add(listener);
    this.#listening ??= this.#listen();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      void this.#listening?.then((one) => one.stop()).catch(() => undefined);
      this.#listening = undefined;
    };
  }

  /** One connection of its own while anybody listens here; lost, it is opened again when somebody next does. */
  async #listen(): Promise<{ stop(): void }> {
    const client = await this.#db.connect();
    let ended = false;
    const stop = (): void => { if (!ended) { ended = true; client.release(true); } };
    client.on('notification', ({ payload }) => this.#heard(payload));
    client.on('error', () => { stop(); this.#listening = undefined; });
    await client.query(`listen ${channel}`);
    return { stop };
  }
}

function addTo(change: Change, period: string, dataSet: string, province: string, unit: string): void {
  change.periods.add(period);
  change.dataSets.add(dataSet);
  change.provinces.add(province);
  change.units.add(`${province}/${unit}`);
}
function merge(into: Change, more: Change): void {
  for (const part of ['periods', 'dataSets', 'provinces', 'units'] as const) for (const one of more[part]) into[part].add(one);
}

function seenBy(actor: Actor): Sees {
  const grants = actor.grants.filter((grant) => grant.opensNoContent !== true && hasPermission(grant.role, 'returns.read'));
  return {
    nation: grants.some(({ reach }) => reach.level === 'nation'), provinces: new Set(grants.flatMap(({ reach }) => (reach.level === 'province' ? [reach.province] : []))),
    communes: new Set(grants.flatMap(({ reach }) => (reach.level === 'commune' ? [`${reach.province}/${reach.commune}`] : []))),
  };
}

/** What of a change concerns a reader; nothing is told of places they may not see. */
function nodesSeen(sees: Sees, { provinces, units }: Change): string[] {
  if (sees.nation) return ['00', ...provinces];
  const own = [...provinces].filter((province) => sees.provinces.has(province));
  return [...own, ...[...units].filter((unit) => sees.communes.has(unit)).map((unit) => unit.slice(unit.indexOf('/') + 1))];
}

const hubs = new WeakMap<Database, Hub>();
export function followChanges({ actor, services }: Context): Stream<ChangeMessage> {
  const hub = hubs.get(services.db) ?? new Hub(services.db);
  hubs.set(services.db, hub);
  return { subscribe: (send) => hub.subscribe(actor, send) };
}
/** So that other processes are told what this one commits, also while nobody listens here. */
export function startTelling(db: Database): void {
  if (!hubs.has(db)) hubs.set(db, new Hub(db));
}
