import { parentPort, workerData } from 'node:worker_threads';
import { refuse } from '#kernel/result.ts';
import { parseDocument } from './parse.ts';
import type { ParseTask } from './apart.ts';
import { parseWorkbook } from './xlsx-parse.ts';

type Order = { readonly task: ParseTask; readonly bytes: Uint8Array };
const isOrder = (value: unknown): value is Order =>
  typeof value === 'object' && value !== null && 'task' in value && 'bytes' in value && value.bytes instanceof Uint8Array;

if (parentPort !== null && isOrder(workerData)) {
  const { task, bytes } = workerData;
  const port = parentPort;
  const parsing = task === 'xlsx' ? parseWorkbook(bytes) : parseDocument(task, bytes);
  parsing.then(
    (answer) => port.postMessage(answer),
    // a fault inside a parser is, to the owner of the document, the document's fault; the thread and its memory end here
    (error: unknown) => port.postMessage(refuse({ code: 'document-corrupt', reason: error instanceof Error ? error.name : 'unknown' })),
  );
}
