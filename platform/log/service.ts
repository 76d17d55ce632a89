import type { Logger } from 'pino';
import { ReplyWatch } from './watch.ts';
import { sequenceAll } from './sequencer.ts';
import { signDue, type Signing } from './sign.ts';

export type LogService = {
  /** Told by the HTTP layer which leaf hashes it has given out, after commit. */
  readonly replied: (leaves: readonly string[]) => void;
  /** Places and signs everything that waits, now. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

export type LogServiceOptions = Signing & { readonly logger: Logger; readonly everyMs?: number };

const checkEveryMs = 30_000;

/**
 * The sequencer of this process: places waiting entries, signs what is due and watches that promises are kept.
 * Any number of processes may run it; locks on the server let one at a time work on a log.
 */
export function startLogService(options: LogServiceOptions): LogService {
  const watch = new ReplyWatch();
  let stopped = false;
  let checkedAtMs = options.clock().getTime();
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    await sequenceAll(options.db, options.clock, async () => { await signDue(options); });
    await signDue(options);
    const now = options.clock();
    if (now.getTime() - checkedAtMs < checkEveryMs) return;
    checkedAtMs = now.getTime();
    for (const alarm of await watch.check(options.db, now)) options.logger.error({ event: 'log-alarm', code: alarm.code, log: alarm.log });
  }

  const next = (): Promise<void> => {
    running = running.then(round).catch((error: unknown) => {
      // The database may be away for a moment; everything that waits is still there in the next round.
      if (!stopped) options.logger.warn({ event: 'log-round-failed', fault: error instanceof Error ? error.message : String(error) });
    });
    return running;
  };

  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => { void next().then(schedule); }, options.everyMs ?? 500);
    timer.unref();
  };
  schedule();

  return {
    replied: (leaves) => { watch.replied(leaves, options.clock()); },
    async flush() {
      await next();
      await signDue(options, true);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
