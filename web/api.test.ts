import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { Contract } from '#kernel/contract.ts';
import { call, recoverWith } from './api.ts';

type Sent = { readonly url: string; readonly init: RequestInit };
const contract = (method: Contract['method']): Contract => ({ method, path: '/things/:id', who: 'signed-in', summary: '', reply: {}, problems: {} }) as Contract;
const realFetch = globalThis.fetch;
afterEach(() => { globalThis.fetch = realFetch; recoverWith(async () => false); });

/** The server's answers, one after another; what was sent is kept. */
function answerWith(...answers: (Response | Error)[]): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const next = answers[sent.length - 1];
    if (next === undefined || next instanceof Error) throw next ?? new TypeError('nothing more');
    return next;
  }) as typeof fetch;
  return sent;
}
const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
const header = (sent: Sent | undefined, name: string): string | undefined => (sent?.init.headers as Record<string, string> | undefined)?.[name];
const input = { params: { id: '7' }, body: { a: 1 } } as never;

describe('calling a contract', () => {
  test('a command carries its id, its language and JSON', async () => {
    const sent = answerWith(json({ done: true }));
    assert.deepEqual(await call(contract('POST'), input), { ok: true, value: { done: true } });
    assert.equal(sent[0]?.url, '/api/things/7');
    assert.match(header(sent[0], 'idempotency-key') ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(header(sent[0], 'x-sauro-language'), 'vi');
    assert.equal(sent[0]?.init.body, '{"a":1}');
  });
  test('a read carries no command id and no body', async () => {
    const sent = answerWith(json({}));
    await call(contract('GET'), input);
    assert.deepEqual([header(sent[0], 'idempotency-key'), sent[0]?.init.body], [undefined, undefined]);
  });
  test('a refusal comes back as a value with its code and facts', async () => {
    answerWith(json({ code: 'revision-stale', title: 'Đã có bản mới', current: 4 }, 409));
    assert.deepEqual(await call(contract('POST'), input), { ok: false, problem: { code: 'revision-stale', title: 'Đã có bản mới', current: 4, status: 409 } });
  });
  test('no network is the code offline, never an exception', async () => {
    answerWith(new TypeError('Failed to fetch'));
    const answer = await call(contract('POST'), input);
    assert.equal(!answer.ok && answer.problem.code, 'offline');
  });
  test("a proxy's page in place of JSON is a refusal", async () => {
    answerWith(new Response('<html>', { status: 502 }));
    const answer = await call(contract('GET'), input);
    assert.equal(!answer.ok && answer.problem.code, 'busy-try-again');
  });
  test('an expired session: the person signs in in place, the same command goes out once more with the same id', async () => {
    const sent = answerWith(json({ code: 'sign-in-needed' }, 401), json({ done: true }));
    recoverWith(async (code) => code === 'sign-in-needed');
    assert.equal((await call(contract('POST'), input)).ok, true);
    assert.equal(sent.length, 2);
    assert.equal(header(sent[0], 'idempotency-key'), header(sent[1], 'idempotency-key'));
    assert.equal(sent[0]?.init.body, sent[1]?.init.body);
  });
  test('the person closes the dialog: the refusal is told and nothing is sent again', async () => {
    const sent = answerWith(json({ code: 'step-up-needed' }, 401));
    const answer = await call(contract('POST'), input);
    assert.deepEqual([!answer.ok && answer.problem.code, sent.length], ['step-up-needed', 1]);
  });
});
