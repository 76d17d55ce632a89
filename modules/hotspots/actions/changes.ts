/** The feed of changes: tells open screens which places changed, once the transaction has committed; at most one message a second each. */
import type { Actor } from '#kernel/actor.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Context } from '#platform/http/bind.ts';
import type { Stream } from '#platform/http/stream.ts';
import { scopeOf, type Scope } from '../rules/scope.ts';
import type { PlaceChange } from '../schema.ts';
import { notifyChange } from '../store/notify.ts';

type Changed = { readonly province: string; readonly commune: string; readonly place: string };
type Listener = { readonly scope: Scope; readonly send: (message: PlaceChange) => void; waiting: Changed[]; timer: NodeJS.Timeout | undefined };
const everyMs = 1000;
const mostWaiting = 200;

const sees = ({ all, provinces, communes }: Scope, { province, commune }: Changed): boolean => all || provinces.includes(province) || communes.includes(`${province}/${commune}`);
const isText = (value: unknown): value is string => typeof value === 'string';

class Hub {
  readonly #db: Database;
  readonly #listeners = new Set<Listener>();
  #seq = 0;
  #listening: Promise<{ stop(): void }> | undefined;
  constructor(db: Database) {
    this.#db = db;
  }

  #heard(payload: string | undefined): void {
    const [province, commune, place] = (payload ?? '').split(' ');
    if (!isText(province) || !isText(commune) || !isText(place)) return;
    for (const listener of this.#listeners) {
      if (!sees(listener.scope, { province, commune, place })) continue;
      if (listener.waiting.length < mostWaiting) listener.waiting.push({ province, commune, place });
      listener.timer ??= setTimeout(() => this.#release(listener), everyMs).unref();
    }
  }

  #release(listener: Listener): void {
    listener.timer = undefined;
    const told = listener.waiting.splice(0);
    if (told.length === 0 || !this.#listeners.has(listener)) return;
    this.#seq += 1;
    const of = (part: keyof Changed): string[] => [...new Set(told.map((one) => one[part]))];
    listener.send({ seq: this.#seq, at: new Date().toISOString(), provinces: of('province'), communes: of('commune'), places: of('place') });
  }

  subscribe(actor: Actor, send: (message: PlaceChange) => void): () => void {
    const listener: Listener = { scope: scopeOf(actor.grants), send, waiting: [], timer: undefined };
    this.#listeners.add(listener);
    this.#listening ??= this.#listen();
    return () => {
      clearTimeout(listener.timer);
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      void this.#listening?.then((one) => one.stop()).catch(() => undefined);
      this.#listening = undefined;
    };
  }

  /** One connection of its own while anybody listens here; lost, it is opened again when somebody next does. */
  async #listen(): Promise<{ stop(): void }> {
    const client = await this.#db.connect();
    let stopped = false;
    const stop = (): void => { if (!stopped) { stopped = true; client.release(true); } };
    client.on('notification', ({ payload }) => this.#heard(payload));
    client.on('error', () => { stop(); this.#listening = undefined; });
    await client.query('listen hotspots_changed');
    return { stop };
  }
}

const hubs = new WeakMap<Database, Hub>();

/** Written in the transaction of the change, heard after its commit, in every process. */
export function changed(tx: Tx, { province, commune, place }: Changed): Promise<unknown> {
  return notifyChange(tx, `${province} ${commune} ${place}`);
}

export function followPlaces({ actor, services }: Context): Stream<PlaceChange> {
  const hub = hubs.get(services.db) ?? new Hub(services.db);
  hubs.set(services.db, hub);
  return { subscribe: (send) => hub.subscribe(actor, send) };
}
