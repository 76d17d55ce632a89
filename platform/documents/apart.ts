import { Worker } from 'node:worker_threads';
import { refuse, type Refusal, type Result } from '#kernel/result.ts';

/** What a reading thread can be asked for; the work itself is in `read-worker.ts`. */
export type ParseTask = 'txt' | 'docx' | 'pdf' | 'xlsx';
/** How a thread ended without giving its answer. */
export type ThreadEnd = 'deadline' | 'memory' | { readonly fault: string };

const threadsAtOnce = 2;
/** How much the process may grow while a thread works. Buffers lie outside a thread's heap limit, so the whole process is watched. */
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

type Answer = { readonly answer: unknown } | { readonly end: ThreadEnd };

function runThread(script: string, order: unknown, timeMs: number): Promise<Answer> {
  const self = import.meta.url;
  const file = new URL(`./${script}${self.endsWith('.ts') ? '.ts' : '.js'}`, self);
  return new Promise((resolve) => {
    const worker = new Worker(file, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      stdout: true,
      stderr: true,
    });
    const before = process.memoryUsage.rss();
    const finish = (answer: Answer): void => {
      clearInterval(watch);
      clearTimeout(deadline);
      resolve(answer);
      void worker.terminate();
    };
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > growthBytes) finish({ end: 'memory' });
    }, watchMs);
    const deadline = setTimeout(() => finish({ end: 'deadline' }), timeMs);
    worker.once('message', (answer: unknown) => finish({ answer }));
    worker.once('error', (error: Error & { code?: string }) => finish({ end: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : { fault: error.message } }));
    worker.once('exit', () => finish({ end: { fault: 'the thread ended without an answer' } }));
  });
}

/**
 * Runs one of our scripts in a thread of its own: bounded heap, bounded stack, and a deadline after which the thread is ended wherever
 * it is. At most two run at a time; the others wait their turn.
 *
 * @param script file name in this folder, without extension
 * @param timeMs deadline of the work itself, in milliseconds
 */
export const runApart = (script: 'read-worker' | 'print-worker', order: unknown, timeMs: number): Promise<Answer> => inTurn(() => runThread(script, order, timeMs));

const isResult = (value: unknown): value is Result<unknown, Refusal> => typeof value === 'object' && value !== null && 'ok' in value;

/** Parses a stranger's bytes apart: its answer, or `document-timeout`, `document-zip-bomb` (memory), `document-corrupt` (the parser fell). */
export async function parseApart(task: ParseTask, bytes: Uint8Array, timeMs: number): Promise<Result<unknown, Refusal>> {
  const run = await runApart('read-worker', { task, bytes: Uint8Array.from(bytes) }, timeMs);
  if ('answer' in run) return isResult(run.answer) ? run.answer : refuse({ code: 'document-corrupt', reason: 'no-answer' });
  if (run.end === 'deadline') return refuse({ code: 'document-timeout', seconds: Math.ceil(timeMs / 1000) });
  return run.end === 'memory' ? refuse({ code: 'document-zip-bomb', reason: 'memory' }) : refuse({ code: 'document-corrupt', reason: 'parser' });
}
