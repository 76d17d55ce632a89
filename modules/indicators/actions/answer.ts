/** Answers to questions about figures: kept as long as nothing they hang on has moved, computed from one scene otherwise. */
import type { Database } from '#platform/db/database.ts';
import { Tx } from '#platform/db/tx.ts';
import { pairsOf, readState, type AskedPairs, type State } from '../store/vectors.ts';
import { cacheOf, type FigureCache } from './cache.ts';
import { LoadingScene, notYet, type Hints, type Scene } from './scene.ts';

/** What the same question needed last time: asked for at once, so a warm answer takes one transaction. */
const hints = new Map<string, Hints>();

const mostRounds = 60;
const mostAnswers = 300;
/** Answers kept as they were given, with the stamp read before they were computed. */
const answers = new WeakMap<FigureCache, Map<string, { readonly stamp: string; readonly answer: unknown }>>();

/** Asked on a connection without a transaction: the versions and editions are open to all, and one round trip is half of a kept answer's time. */
async function stateOf(db: Database, found: Hints): Promise<State> {
  const client = await db.connect();
  try {
    const asked = pairs.get(found) ?? pairsOf([...found.bases.values()]);
    pairs.set(found, asked);
    return await readState(new Tx(client), asked);
  } finally {
    client.release();
  }
}
const pairs = new WeakMap<Hints, AskedPairs>();
const stampOf = ({ definitions, units, versions }: State): string => `${definitions} ${units} ${versions}`;

export type Question<T> = {
  /** Names the question, the reader's rights in it included: who asks in the same words gets the same answer. */
  readonly name: string;
  /** Names all questions that need about the same vectors, so that a new one of them loads all it needs at once. */
  readonly like?: string;
  /** Plain code, run again until the scene held everything it asked for; must change nothing. */
  readonly compute: (scene: Scene) => T;
  /** Whether an answer is small enough to be kept. */
  readonly keep?: (answer: T) => boolean;
};

/**
 * Computes an answer from validated vectors. The same question gets the same answer again as long as nothing it was computed from has
 * been committed anew, here or in another process; the database is asked each time.
 */
export async function answer<T>(db: Database, { name, like = name, compute, keep = () => true }: Question<T>): Promise<T> {
  const cache = cacheOf(db);
  const known = hints.get(name);
  const found = known ?? hints.get(like);
  const kept = answers.get(cache) ?? new Map<string, { readonly stamp: string; readonly answer: unknown }>();
  answers.set(cache, kept);
  const state = found === undefined ? undefined : await stateOf(db, found);
  const stamp = state === undefined || known === undefined ? undefined : stampOf(state);
  const held = kept.get(name);
  if (held !== undefined && held.stamp === stamp) return held.answer as T; // kept below under the same name
  const scene = new LoadingScene(cache);
  if (found === undefined || state === undefined || !scene.adopt(found, state)) {
    await db.read('system', (tx) => scene.load(tx));
    if (state !== undefined) scene.keepEditions(state);
  }
  for (let round = 0; round < mostRounds; round += 1) {
    try {
      const made_ = compute(scene);
      if (!scene.incomplete) {
        note(name, like, scene.used);
        kept.delete(name);
        if (stamp !== undefined && known !== undefined && covers(known, scene.used) && keep(made_)) kept.set(name, { stamp, answer: Object.freeze(made_) }); // never changed by anyone: it is given out again, and its text with it
        if (kept.size > mostAnswers) kept.delete(kept.keys().next().value ?? '');
        return made_;
      }
    } catch (error) {
      if (error !== notYet) throw error;
    }
    await db.read('system', (tx) => scene.load(tx));
  }
  throw new Error(`an answer asks for more and more: ${name.slice(0, 100)}`);
}

const covers = (known: Hints, used: Hints): boolean => [...used.bases.keys()].every((key) => known.bases.has(key));
function note(name: string, like: string, used: Hints): void {
  if (hints.size > 4000) hints.clear();
  hints.set(name, used);
  hints.set(like, used);
}

/** The same for questions that are asked once. */
export const withFigures = <T>(db: Database, name: string, compute: (scene: Scene) => T, keep?: (answer: T) => boolean): Promise<T> => answer(db, { name, compute, ...(keep === undefined ? {} : { keep }) });
