import { Compile } from 'typebox/compile';
import Value from 'typebox/value';
import type { TSchema } from 'typebox';
import type { Contract } from '#kernel/contract.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { cleanText } from './clean-text.ts';
import { parseJson } from './json.ts';

export type InputRefusal = { readonly code: 'input-invalid'; readonly reason: string; readonly field?: string };
type Fault = { readonly instancePath?: string; readonly message?: string };
type Checker = { Check(value: unknown): boolean; Errors(value: unknown): Iterable<Fault> };

/** The checkers of one contract, each compiled once. */
export type Parser = {
  parse(raw: { params: unknown; query: unknown; body: string | undefined }): Result<{ params: unknown; query: unknown; body: unknown }, InputRefusal>;
  /** The reply cut to its schema; @throws when a named field is missing or wrong, a fault of ours */
  cut(reply: unknown): unknown;
};

/** Compiled when it is first asked: hundreds of contracts at once would make every start wait for what few people use at first. */
function checker(schema: TSchema): Checker {
  let made: Checker | undefined;
  const compiled = (): Checker => {
    made ??= Compile(schema) as unknown as Checker; // the error rows are read by two known keys
    return made;
  };
  return { Check: (value) => compiled().Check(value), Errors: (value) => compiled().Errors(value) };
}

export function parserOf(contract: Contract): Parser {
  const params = contract.params && checker(contract.params);
  const query = contract.query && checker(contract.query);
  const body = contract.body && checker(contract.body);
  const reply = checker(contract.reply);
  /** Frozen replies that passed: who freezes one promises that nothing in it changes, and may answer with it again and again. */
  const passed = new WeakSet<object>();
  return {
    parse(raw) {
      const parsedParams = check(params, raw.params ?? {}, 'params');
      if (!parsedParams.ok) return parsedParams;
      const parsedQuery = check(query, contract.query ? Value.Convert(contract.query, raw.query ?? {}) : {}, 'query');
      if (!parsedQuery.ok) return parsedQuery;
      const parsedBody = parseBody(contract, body, raw.body);
      if (!parsedBody.ok) return parsedBody;
      return ok({ params: parsedParams.value, query: parsedQuery.value, body: parsedBody.value });
    },
    cut(value) {
      const frozen = typeof value === 'object' && value !== null && Object.isFrozen(value) ? value : undefined;
      if (frozen !== undefined && passed.has(frozen)) return frozen;
      if (reply.Check(value)) {
        if (frozen !== undefined) passed.add(frozen);
        return value; // shapes are closed: what passes holds no field that the contract does not name
      }
      const cut = Value.Clean(contract.reply, value);
      if (!reply.Check(cut)) {
        const fault = [...reply.Errors(cut)][0];
        throw new Error(`the reply of ${contract.method} ${contract.path} breaks its contract at ${fault?.instancePath ?? '?'}: ${fault?.message ?? ''}`);
      }
      return cut;
    },
  };
}

function parseBody(contract: Contract, body: Checker | undefined, text: string | undefined): Result<unknown, InputRefusal> {
  if (body === undefined || contract.upload !== undefined) return ok(undefined);
  const parsed = parseJson(text === undefined || text === '' ? '{}' : text);
  if (!parsed.ok) return parsed;
  const cleaned = cleanText(parsed.value, contract.body);
  if (!cleaned.ok) return cleaned;
  return check(body, cleaned.value, 'body');
}

function check(against: Checker | undefined, value: unknown, where: string): Result<unknown, InputRefusal> {
  if (against === undefined || against.Check(value)) return ok(value);
  const fault = [...against.Errors(value)][0];
  return refuse({ code: 'input-invalid', field: `${where}${fault?.instancePath ?? ''}`, reason: fault?.message ?? 'wrong shape' });
}
