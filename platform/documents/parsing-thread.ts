import { Worker } from 'node:worker_threads';
import { refuse, type Refusal, type Result } from '#kernel/result.ts';

/** What a parsing thread can be asked for; the work itself is in `read-worker.ts`. */
export type ParseTask = 'txt' | 'docx' | 'pdf' | 'xlsx';

const threadsAtOnce = 2;
/** How much the process may grow while a document is parsed. Buffers lie outside a thread's heap limit, so the whole process is watched. */
const growthBytes = 768 * 1024 * 1024;
const watchMs = 50;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= threadsAtOnce) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

const isAnswer = (value: unknown): value is Result<unknown, Refusal> => typeof value === 'object' && value !== null && 'ok' in value;

function parseInThread(task: ParseTask, bytes: Uint8Array, timeMs: number): Promise<Result<unknown, Refusal>> {
  const self = import.meta.url;
  const file = new URL(self.endsWith('.ts') ? './read-worker.ts' : './read-worker.js', self);
  return new Promise((resolve) => {
    const worker = new Worker(file, {
      workerData: { task, bytes: Uint8Array.from(bytes) },
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      stdout: true,
      stderr: true,
    });
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > growthBytes) end(refuse({ code: 'document-zip-bomb', reason: 'memory' }));
    }, watchMs);
    const end = (answer: Result<unknown, Refusal>): void => {
      clearInterval(watch);
      clearTimeout(deadline);
      resolve(answer);
      void worker.terminate();
    };
    const deadline = setTimeout(() => end(refuse({ code: 'document-timeout', seconds: Math.ceil(timeMs / 1000) })), timeMs);
    worker.once('message', (answer: unknown) => end(isAnswer(answer) ? answer : refuse({ code: 'document-corrupt', reason: 'no-answer' })));
    worker.once('error', (error: Error & { code?: string }) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse({ code: 'document-zip-bomb', reason: 'memory' }) : refuse({ code: 'document-corrupt', reason: error.name })),
    );
    worker.once('exit', () => end(refuse({ code: 'document-corrupt', reason: 'thread-ended' })));
  });
}

/**
 * Parses a stranger's bytes in a thread of its own: bounded heap, bounded stack, and a deadline after which the thread is ended
 * wherever it is. At most two documents are parsed at a time; the others wait their turn.
 *
 * @param timeMs deadline of the parsing itself, in milliseconds
 * @returns what the thread answered, or `document-timeout`, `document-zip-bomb` (memory) or `document-corrupt` (the parser fell)
 */
export const parseApart = (task: ParseTask, bytes: Uint8Array, timeMs: number): Promise<Result<unknown, Refusal>> =>
  inTurn(() => parseInThread(task, bytes, timeMs));
