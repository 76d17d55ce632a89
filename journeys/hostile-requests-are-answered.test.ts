import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import naughty from 'big-list-of-naughty-strings' with { type: 'json' };
import type { Contract } from '#kernel/contract.ts';
import { newId } from '#kernel/id.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadAtStart } from '#modules/definitions/index.ts';
import { serverModules } from '#app/server-modules.ts';
import { loadUnits } from '#modules/org-units/index.ts';

const rounds = Number(process.env['SAURO_HOSTILE_ROUNDS'] ?? '6');
let server: TestServer;

before(async () => {
  server = await testServer(serverModules, { name: 'hostile2', fill: async (db) => { await loadUnits(db); await loadAtStart(db, undefined); } });
});
after(() => server.close());

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

type Schema = {
  readonly type?: string; readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly items?: Schema; readonly anyOf?: readonly Schema[];
  readonly const?: unknown; readonly enum?: readonly unknown[]; readonly pattern?: string; readonly format?: string; readonly minimum?: number; readonly minLength?: number; readonly maxLength?: number;
};

const samples: readonly (readonly [RegExp, string])[] = [
  [/0-9a-f\]\{8\}/, '3f2504e0-4f89-41d3-9a0c-0305e82c3301'], [/\{2\}/, '01'], [/\{5\}/, '00004'], [/A-Z/, 'UBND:01'], [/20\[0-9\]/, '2026'], [/https/, 'https://example.org/a'], [/\^\//, '/viec'],
];

/** Something the schema would take; ids that do not exist, places that do. */
function plausible(schema: Schema | undefined, random: () => number): unknown {
  if (schema === undefined) return undefined;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[Math.floor(random() * schema.enum.length)];
  if (schema.anyOf) return plausible(schema.anyOf[Math.floor(random() * schema.anyOf.length)], random);
  switch (schema.type) {
    case 'object': return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key) === true || random() < 0.5).map(([key, value]) => [key, plausible(value, random)]));
    case 'array': return Array.from({ length: Math.floor(random() * 3) }, () => plausible(schema.items, random));
    case 'integer': case 'number': return Math.max(schema.minimum ?? 0, Math.floor(random() * 40));
    case 'boolean': return random() < 0.5;
    case 'null': return null;
    default: {
      if (schema.format === 'date') return '2026-12-31';
      const sample = samples.find(([pattern]) => pattern.test(schema.pattern ?? ''));
      return sample ? sample[1] : 'Ban hành kế hoạch'.slice(0, schema.maxLength ?? 100);
    }
  }
}

const odd: readonly unknown[] = [null, -1, 0, Number.MAX_VALUE, 9_007_199_254_740_992, -0.5, '', ' ', '2026-02-30', '\u0000', 'x'.repeat(5000), [], {}, [[[[]]]], true, '00', '99', '../../etc/passwd', "'; drop table x; --", '\u202eabc', 'Hoà'.normalize('NFD')];
const strings: readonly string[] = naughty.filter((text: unknown): text is string => typeof text === 'string');

/** One value somewhere in the tree put wrong. */
function mutate(value: unknown, random: () => number): unknown {
  if (random() < 0.25 || typeof value !== 'object' || value === null) return random() < 0.5 ? odd[Math.floor(random() * odd.length)] : strings[Math.floor(random() * strings.length)];
  const keys = Object.keys(value);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return { surprise: 1 };
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? mutate(one, random) : one));
  return { ...value, [key]: mutate((value as Record<string, unknown>)[key], random) };
}

const text = (value: unknown): string => encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed());

function addressOf(contract: Contract, random: () => number, hostile: boolean): string {
  const params = plausible(contract.params as Schema | undefined, random) ?? {};
  const path = contract.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = (params as Record<string, unknown>)[name];
    return text(hostile && random() < 0.3 ? mutate(value, random) : value) || 'x';
  });
  const query = Object.entries((plausible(contract.query as Schema | undefined, random) ?? {}) as Record<string, unknown>).map(([key, value]) => `${key}=${text(hostile && random() < 0.4 ? mutate(value, random) : value)}`).join('&');
  return `${path}${query === '' ? '' : `?${query}`}`;
}

test('R48: whatever a signed-in or unknown caller sends to whichever route, the answer is never a 5xx', async () => {
  const random = seeded(48);
  const callers = [undefined, actorWith(atNation('government-office')), actorWith(atNation('administrator')), actorWith(atProvince('province-leader', '01')), actorWith(atCommune('commune-officer', '01', '00004')), actorWith(atNation('oversight', 'TTCP'))];
  const faults: string[] = [];
  for (const { contract } of serverModules.flatMap((module) => module.routes)) {
    for (let round = 0; round < rounds; round += 1) {
      const caller = callers[Math.floor(random() * callers.length)];
      const hostile = round > 0;
      const made = contract.upload ? new TextEncoder().encode(strings[Math.floor(random() * strings.length)] ?? '') : plausible(contract.body as Schema | undefined, random);
      const body = contract.method === 'GET' || (contract.method === 'DELETE' && contract.body === undefined) ? undefined : hostile && !contract.upload ? mutate(made ?? {}, random) : (made ?? {});
      const answer = await server.call(caller, contract.method, addressOf(contract, random, hostile), body, contract.upload ? { 'x-file-name': text('tệp.txt') } : { 'idempotency-key': newId() });
      if (answer.status >= 500 && answer.status !== 503) faults.push(`${answer.status} ${contract.method} ${contract.path} ${JSON.stringify(body)?.slice(0, 200)}`);
    }
  }
  assert.deepEqual(faults, []);
  assert.equal(Object.keys(Object.prototype).length, 0, 'R44: the prototype is untouched');
});
