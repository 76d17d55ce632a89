import type { Contract, InputOf, ReplyOf } from '#kernel/contract.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { language } from './i18n/words.ts';

/** A refusal as the screen gets it: the code is the message key `problem.<code>`; other fields are its facts. */
export type Problem = { readonly code: string; readonly title?: string; readonly status?: number } & Readonly<Record<string, unknown>>;
export type Answer<T> = Result<T, Problem>;

export type CallOptions = {
  readonly signal?: AbortSignal;
  /** The same id on a repeat makes the command happen once; made here when left out. */
  readonly commandId?: string;
  /** For a contract with `upload`: the bytes. */
  readonly file?: Blob;
  readonly fileName?: string;
  /** False: a 401 is told to the caller instead of opening the sign-in dialog. */
  readonly recover?: boolean;
  /** For a contract with `download`: how many bytes have come. */
  readonly onBytes?: (received: number) => void;
};

type Raw = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown };
/** Gets the person signed in (or the second factor shown) again in place; answers whether to try once more. */
type Recover = (code: 'sign-in-needed' | 'step-up-needed') => Promise<boolean>;

let recover: Recover = async () => false;
export const recoverWith = (how: Recover): void => { recover = how; };

/** When the server last answered, and whether the last call reached it: what the sync state in the top bar tells. */
export type Contact = { readonly online: boolean; readonly at: number | undefined };
let contact: Contact = { online: typeof navigator === 'undefined' || navigator.onLine !== false, at: undefined };
const watchers = new Set<() => void>();
export const lastContact = (): Contact => contact;
export function watchContact(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}
function noteContact(next: Contact): void {
  contact = next;
  watchers.forEach((watcher) => watcher());
}
if (typeof window !== 'undefined') {
  window.addEventListener('offline', () => noteContact({ ...contact, online: false }));
  window.addEventListener('online', () => noteContact({ ...contact, online: true }));
}

/** Moment at which an answer was stored, when it came from the service worker's copy. */
const cachedAt = new WeakMap<object, string>();
export const copyDate = (value: unknown): string | undefined => (typeof value === 'object' && value !== null ? cachedAt.get(value) : undefined);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The address of a contract with its path and query filled in, for calls, downloads and links. */
export function addressOf(contract: Pick<Contract, 'path'>, input: Raw = {}): string {
  const params = (input.params ?? {}) as Readonly<Record<string, unknown>>; // the contract's type was checked by the caller
  const query = (input.query ?? {}) as Readonly<Record<string, unknown>>; // the same
  const path = contract.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of listOf(value)) if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
  }
  const text = search.toString();
  return `/api${path}${text === '' ? '' : `?${text}`}`;
}

function requestOf(contract: Contract, input: Raw, options: CallOptions, commandId: string): RequestInit {
  const headers: Record<string, string> = { 'x-sauro-language': language(), accept: 'application/json' };
  const init: RequestInit = { method: contract.method, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'error' };
  if (options.signal) init.signal = options.signal;
  if (contract.method === 'GET') return init;
  headers['idempotency-key'] = commandId;
  if (contract.upload !== undefined && options.file !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    headers['x-file-name'] = encodeURIComponent(options.fileName ?? '');
    init.body = options.file;
  } else {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(input.body ?? {});
  }
  return init;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') return { ...body, code: body.code, status: response.status };
  } catch { /* not a problem document: a proxy's page, a cut connection */ }
  return { code: response.status === 503 || response.status === 502 ? 'busy-try-again' : 'internal-fault', status: response.status };
}

async function send(contract: Contract, input: Raw, options: CallOptions, commandId: string): Promise<Answer<Response>> {
  try {
    const response = await fetch(addressOf(contract, input), requestOf(contract, input, options, commandId));
    const copied = response.headers.get('x-sauro-copied-at');
    noteContact(copied === null ? { online: true, at: Date.now() } : { ...contact, online: false });
    return response.ok ? ok(response) : refuse(await problemOf(response));
  } catch (error) {
    if (options.signal?.aborted === true) return refuse({ code: 'stopped' });
    noteContact({ ...contact, online: false });
    return refuse({ code: 'offline', detail: error instanceof Error ? error.name : '' });
  }
}

const recoverable = (code: string): code is 'sign-in-needed' | 'step-up-needed' => code === 'sign-in-needed' || code === 'step-up-needed';

/** Sends; when the session ended or a fresh factor is asked, lets the person give it in place and sends once more. */
async function sendRecovering(contract: Contract, input: Raw, options: CallOptions): Promise<Answer<Response>> {
  const commandId = options.commandId ?? newId<'Command'>();
  const first = await send(contract, input, options, commandId);
  if (first.ok || options.recover === false || !recoverable(first.problem.code)) return first;
  return (await recover(first.problem.code)) ? send(contract, input, options, commandId) : first;
}

/**
 * Carries out a contract. Never throws: a refusal is a value with its code, `offline` when the server was not reached,
 * `stopped` when the caller's signal ended it.
 */
export async function call<C extends Contract>(contract: C, input: InputOf<C>, options: CallOptions = {}): Promise<Answer<ReplyOf<C>>> {
  const sent = await sendRecovering(contract, input as Raw, options); // InputOf is one of Raw's forms
  if (!sent.ok) return sent;
  try {
    const value: unknown = await sent.value.json();
    const copied = sent.value.headers.get('x-sauro-copied-at');
    if (copied !== null && typeof value === 'object' && value !== null) cachedAt.set(value, copied);
    return ok(value as ReplyOf<C>); // the server cut the reply to the contract's schema
  } catch {
    return options.signal?.aborted === true ? refuse({ code: 'stopped' }) : refuse({ code: 'offline' });
  }
}

/** Fetches a contract with `download` into memory, for a screen that reads the file itself. */
export async function fetchFile<C extends Contract>(contract: C, input: InputOf<C>, options: CallOptions = {}): Promise<Answer<{ readonly fileName: string; readonly file: Blob }>> {
  const sent = await sendRecovering(contract, input as Raw, options); // as in call
  if (!sent.ok) return sent;
  const named = /filename\*=UTF-8''([^;]+)/i.exec(sent.value.headers.get('content-disposition') ?? '')?.[1];
  try {
    return ok({ fileName: named === undefined ? 'sauro' : decodeURIComponent(named), file: await bytesOf(sent.value, options.onBytes) });
  } catch {
    return options.signal?.aborted === true ? refuse({ code: 'stopped' }) : refuse({ code: 'offline' });
  }
}

async function bytesOf(response: Response, onBytes: CallOptions['onBytes']): Promise<Blob> {
  if (onBytes === undefined || response.body === null) return response.blob();
  const reader = response.body.getReader();
  const parts: BlobPart[] = [];
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
    parts.push(value);
    received += value.byteLength;
    onBytes(received);
  }
}

/** Fetches a contract with `download` and hands the file to the browser under the server's name. */
export async function download<C extends Contract>(contract: C, input: InputOf<C>, options: CallOptions = {}): Promise<Answer<{ fileName: string }>> {
  const fetched = await fetchFile(contract, input, options);
  if (!fetched.ok) return fetched;
  const { fileName, file } = fetched.value;
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return ok({ fileName });
}
