/**
 * Group commit in the application: while one transaction is under way, commands gather for the next. A lone command never waits;
 * under load a commit, and each row that all commands touch, is paid once a batch.
 */

export type BatcherOptions<C, A> = {
  /** Commands with the same key are never in two batches at once, and never twice in one. */
  readonly keyOf: (command: C) => string;
  /** Does all of them in one transaction; answers in their order. A refusal is an answer; what it throws undoes the whole batch. */
  readonly run: (commands: readonly C[]) => Promise<readonly A[]>;
  /** True for an error after which the same batch can succeed: a deadlock, a row that another process made meanwhile. */
  readonly mayRetry: (error: unknown) => boolean;
  /** True for an error that concerns no command in particular, as a lost connection: then nobody is tried alone. */
  readonly concernsAll?: (error: unknown) => boolean;
  readonly limit?: number;
  /** Transactions under way at once: while the server writes one, the next is decided. */
  readonly lanes?: number;
  /** Fewer waiting commands than this are not shared out among lanes: a transaction costs more than it gains. */
  readonly least?: number;
};
export type Batcher<C, A> = {
  send(command: C): Promise<A>;
  /** For those who measure: transactions done, commands in them. */
  readonly done: { batches: number; commands: number; retries: number };
};
type Waiting<C, A> = { readonly command: C; readonly key: string; readonly resolve: (answer: A) => void; readonly reject: (error: unknown) => void };

const mostTries = 8;

export function batcher<C, A>(options: BatcherOptions<C, A>): Batcher<C, A> {
  const limit = options.limit ?? 512;
  const lanes = options.lanes ?? 2;
  const least = options.least ?? 8;
  let queue: Waiting<C, A>[] = [];
  let running = 0;
  let asked = false;
  const underWay = new Set<string>();
  const done = { batches: 0, commands: 0, retries: 0 };

  /** The next batch: in order of arrival, one a key, none whose key is under way. */
  function take(most: number): Waiting<C, A>[] {
    const batch: Waiting<C, A>[] = [];
    const left: Waiting<C, A>[] = [];
    for (const one of queue) {
      if (batch.length >= most || underWay.has(one.key)) left.push(one);
      else {
        underWay.add(one.key);
        batch.push(one);
      }
    }
    queue = left;
    return batch;
  }

  function start(): void {
    asked = false;
    while (running < lanes && queue.length > 0) {
      // Shared out among the lanes that are free, so that process and server never wait for each other in turn.
      const batch = take(Math.min(limit, Math.max(least, Math.ceil(queue.length / (lanes - running)))));
      if (batch.length === 0) return;
      running += 1;
      void work(batch).finally(() => {
        running -= 1;
        for (const one of batch) underWay.delete(one.key);
        start();
      });
    }
  }

  async function work(batch: readonly Waiting<C, A>[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const answers = await options.run(batch.map((one) => one.command));
        done.batches += 1;
        done.commands += batch.length;
        batch.forEach((one, i) => { if (i < answers.length) one.resolve(answers[i] as A); else one.reject(new Error('a batch left a command without answer')); }); // in their order
        return;
      } catch (error) {
        if (options.mayRetry(error) && tries < mostTries) { done.retries += 1; continue; }
        if (batch.length === 1 || options.concernsAll?.(error) === true) { for (const one of batch) one.reject(error); return; }
        break;
      }
    }
    // One of them brings the batch down: halves find it, and its neighbours are done.
    const middle = batch.length >> 1;
    await work(batch.slice(0, middle));
    await work(batch.slice(middle));
  }

  return {
    done,
    send: (command) => new Promise<A>((resolve, reject) => {
      queue.push({ command, key: options.keyOf(command), resolve, reject });
      if (asked) return;
      asked = true;
      // What arrives in the same turn of the event loop goes together.
      setImmediate(start);
    }),
  };
}
