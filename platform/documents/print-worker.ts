import { parentPort, workerData } from 'node:worker_threads';
import { officialDocx } from './docx.ts';
import type { OfficialDocument } from './official-document.ts';
import { officialDocument } from './pdf.ts';
import type { PrintOrder } from './print.ts';

/** Orders come from `print.ts` alone, in this process. */
const isOrder = (value: unknown): value is PrintOrder => typeof value === 'object' && value !== null && 'form' in value && 'document' in value;
const write = (form: 'pdf' | 'docx', document: OfficialDocument): Promise<Uint8Array> => (form === 'pdf' ? officialDocument(document) : officialDocx(document));

if (parentPort !== null && isOrder(workerData)) parentPort.postMessage(await write(workerData.form, workerData.document));
