import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#kernel/actor.ts';
import { nowOf, type Now } from '#kernel/clock.ts';
import { isId } from '#kernel/id.ts';
import { mayDo, type Policy } from '#kernel/policy.ts';
import { RefusalError, type Refusal } from '#kernel/result.ts';
import { ClosedTx, type Tx } from '../db/tx.ts';
import type { Services } from '../services.ts';
import type { Context, Download, Edge, Input, Route } from './bind.ts';
import { digestOfBytes, digestOfInput, findAnswer, storeAnswer, type Command } from './command.ts';
import { edgeOf } from './edge.ts';
import type { Packer } from './pack.ts';
import { jsonBytes } from './json-bytes.ts';
import { parserOf, type Parser } from './parse-input.ts';
import { commonProblems, problemBody, refusalOfSqlState, type Sentence } from './problem.ts';
import { openStream, type Stream } from './stream.ts';

export type Authenticate = (edge: Edge, now: Now) => Promise<Actor | undefined>;

export type HttpOptions = {
  readonly services: Services;
  readonly policy: Policy;
  readonly authenticate: Authenticate;
  readonly sentence: Sentence;
  readonly clock: () => Date;
  /** Told the leaf hashes given out, after commit: the log watches that each comes into its tree (SECURITY R27). */
  readonly replied?: (leaves: readonly string[]) => void;
};

/** What an account-less caller acts as: no grants, so row security shows nothing. */
const nobody: Actor = {
  account: '00000000-0000-0000-0000-000000000000' as Actor['account'], // the nil id belongs to no account
  session: '00000000-0000-0000-0000-000000000000' as Actor['session'],
  name: '', language: 'vi', grants: [],
};

type Answer = { readonly status: number; readonly reply: unknown };
type Asked = { readonly route: Route; readonly parser: Parser; readonly request: FastifyRequest; readonly reply: FastifyReply; readonly options: HttpOptions; readonly packer: Packer };

/** One request: who, may they, is the input right, one transaction, one answer. The only place that turns refusals into HTTP. */
export function serveRoute(route: Route, options: HttpOptions, packer: Packer) {
  const parser = parserOf(route.contract);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const language = languageOf(request);
    try {
      await answerRequest({ route, parser, request, reply, options, packer });
    } catch (error) {
      const { problem, status } = refusalOf(error, route, options.services);
      if (status === 503 || status === 429) reply.header('retry-after', String('retryAfterSeconds' in problem ? problem.retryAfterSeconds : 2));
      await reply.status(status).type('application/problem+json').send(problemBody(problem, status, options.sentence, language));
    }
  };
}

async function answerRequest(asked: Asked): Promise<void> {
  const { route, parser, request, reply, options } = asked;
  const { contract } = route;
  const now = nowOf(options.clock());
  const edge = edgeOf(request, reply);
  const actor = await options.authenticate(edge, now);
  admit(route, actor, options.policy, now);
  const parsed = parser.parse({ params: request.params, query: request.query, body: typeof request.body === 'string' ? request.body : undefined });
  if (!parsed.ok) throw new RefusalError(parsed.problem);
  const input = { ...parsed.value, file: fileOf(request) } as Input<unknown, unknown, unknown>;
  const writes = contract.method !== 'GET' && contract.readOnly !== true;
  const command = writes && contract.ownTransactions !== true ? commandOf(request, contract.who, actor) : undefined;
  const context = contextOf(asked, actor ?? nobody, now, edge, command?.commandId ?? givenId(request));

  const leaves: string[] = [];
  const work = async (tx: Tx): Promise<Answer | Download | Stream> => {
    const digest = command && { ...command, bodyDigest: digestOfInput({ ...parsed.value, file: digestOfBytes(input.file.bytes) }) };
    if (digest) {
      const stored = await findAnswer(tx, digest);
      if (stored === 'reused') throw new RefusalError({ code: 'command-id-reused' });
      if (stored !== undefined) return stored;
    }
    const outcome = unwrap(await route.handle({ ...context, tx }, input));
    leaves.push(...tx.leaves);
    const leaf = leaves.at(-1);
    if (leaf !== undefined) reply.header('x-sauro-leaf', leaf);
    if (contract.impersonal === true) reply.header('x-sauro-personal', 'none');
    if (contract.download === true) return outcome as Download; // the contract says bytes
    if (contract.stream === true) return outcome as Stream; // the contract says events
    const answer = { status: 200, reply: parser.cut(outcome) };
    if (digest) await storeAnswer(tx, digest, answer, now.at);
    return answer;
  };
  const db = options.services.db;
  const open = writes || contract.recordsRead === true ? db.write : db.read;
  const answer = contract.ownTransactions === true ? await work(new ClosedTx()) : await open(context.actor, work);
  if (leaves.length > 0) options.replied?.(leaves);
  if (writes) options.services.wake();
  await send(asked, answer);
}

function admit(route: Route, actor: Actor | undefined, policy: Policy, now: Now): void {
  const { who, stepUp } = route.contract;
  if (who === 'anyone') return;
  if (actor === undefined) throw new RefusalError({ code: 'sign-in-needed' });
  if (who !== 'signed-in' && !mayDo(policy, actor, who)) throw new RefusalError({ code: 'not-permitted' });
  if (stepUp === true && (actor.freshUntil === undefined || actor.freshUntil < now.at)) throw new RefusalError({ code: 'step-up-needed' });
}

/** The command id of a route that opens its own transactions; '' when none is given. */
function givenId(request: FastifyRequest): string {
  const id = request.headers['idempotency-key'];
  return typeof id === 'string' && isId(id) ? id : '';
}

function commandOf(request: FastifyRequest, who: string, actor: Actor | undefined): Omit<Command, 'bodyDigest'> | undefined {
  if (who === 'anyone' || actor === undefined) return undefined;
  const id = request.headers['idempotency-key'];
  if (typeof id !== 'string' || !isId(id)) throw new RefusalError({ code: 'command-id-missing' });
  return { account: actor.account, commandId: id, route: `${request.method} ${request.routeOptions.url ?? ''}` };
}

function contextOf({ request, options }: Asked, actor: Actor, now: Now, edge: Edge, commandId: string): Omit<Context, 'tx'> {
  return {
    actor, now, edge, commandId,
    services: options.services,
    language: languageOf(request),
    may: (permission, place) => mayDo(options.policy, actor, permission, place),
  };
}

function fileOf(request: FastifyRequest): Input<unknown, unknown, unknown>['file'] {
  const name = request.headers['x-file-name'];
  const bytes = request.body instanceof Buffer ? new Uint8Array(request.body) : new Uint8Array();
  return { bytes, fileName: typeof name === 'string' ? decodeName(name) : '' };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name).normalize('NFC').replace(/[\u0000-\u001f\\/]/gu, '_').slice(0, 200);
  } catch {
    return '';
  }
}

function unwrap(outcome: unknown): unknown {
  if (typeof outcome !== 'object' || outcome === null || !('ok' in outcome)) return outcome;
  if (outcome.ok === true && 'value' in outcome) return outcome.value;
  if (outcome.ok === false && 'problem' in outcome) throw new RefusalError(outcome.problem as Refusal); // a refused Result
  return outcome;
}

const written = new WeakMap<object, Buffer>();
/** A frozen reply is written out once. */
function bytesOf(reply: unknown): Buffer {
  if (typeof reply !== 'object' || reply === null || !Object.isFrozen(reply)) return jsonBytes(reply);
  const bytes = written.get(reply) ?? jsonBytes(reply);
  written.set(reply, bytes);
  return bytes;
}

async function send({ request, reply, packer, parser }: Asked, answer: Answer | Download | Stream): Promise<void> {
  if (reply.sent) return;
  if ('subscribe' in answer) return openStream(request, reply, answer, parser.cut);
  if ('bytes' in answer) {
    await reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`)
      .type(answer.contentType)
      .send(Buffer.from(answer.bytes));
    return;
  }
  const bytes = bytesOf(answer.reply);
  const packed = await packer.pack(bytes, request.headers['accept-encoding']?.toString());
  if (packed !== undefined) reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding');
  await reply.status(answer.status).type('application/json; charset=utf-8').send(packed ?? bytes);
}

function refusalOf(error: unknown, route: Route, services: Services): { problem: Refusal; status: number } {
  if (error instanceof RefusalError) {
    const status = route.contract.problems[error.problem.code] ?? commonProblems[error.problem.code];
    if (status !== undefined) return { problem: error.problem, status };
    services.logger.error({ event: 'undeclared-problem', route: route.contract.path, code: error.problem.code });
    return { problem: error.problem, status: 422 };
  }
  const state = stateOf(error);
  const known = refusalOfSqlState(state);
  services.logger[known ? 'warn' : 'error']({ event: 'fault', route: route.contract.path, state, fault: known ? undefined : describe(error) });
  if (known) return { problem: { code: known.code }, status: known.status };
  return { problem: { code: 'internal-fault' }, status: 500 };
}

/** SQLSTATE or system code of a fault; a connection that the driver lost in mid-query carries none of its own. */
function stateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error && /^Connection terminated|^Client has encountered a connection error|timeout expired|timeout exceeded when trying to connect/.test(error.message) ? '08006' : undefined;
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 2000);

export function languageOf(request: FastifyRequest): 'vi' | 'en' {
  const asked = request.headers['x-sauro-language'] ?? request.headers['accept-language'];
  return typeof asked === 'string' && asked.trim().toLowerCase().startsWith('en') ? 'en' : 'vi';
}
