import type { Refusal } from '#kernel/result.ts';

/** Refusals that any route may give; the rest are in each contract. */
export const commonProblems: Readonly<Record<string, number>> = {
  'sign-in-needed': 401,
  'step-up-needed': 401,
  'not-permitted': 403,
  'not-found': 404,
  'input-invalid': 400,
  'input-too-large': 413,
  'content-type-wrong': 415,
  'origin-refused': 403,
  'command-id-missing': 400,
  'command-id-reused': 409,
  'too-many-requests': 429,
  'busy-try-again': 503,
  'internal-fault': 500,
};

export type Sentence = (code: string, facts: Readonly<Record<string, unknown>>, language: 'vi' | 'en') => string;

export type ProblemBody = { readonly type: string; readonly title: string; readonly status: number; readonly code: string } & Readonly<Record<string, unknown>>;

/** RFC 9457 problem details; `code` is the message key in both languages. */
export function problemBody(problem: Refusal, status: number, sentence: Sentence, language: 'vi' | 'en'): ProblemBody {
  const { code, ...facts } = problem;
  return { ...facts, type: `urn:sauro:problem:${code}`, title: sentence(code, facts, language), status, code };
}

/** The database is stopping, starting, or its connection broke: it will be back in a moment, and the command id tells what was done. */
const isAway = (state: string): boolean => state.startsWith('57P0') || state.startsWith('08') || state === 'ECONNREFUSED' || state === 'ECONNRESET' || state === 'EPIPE' || state === 'ENOENT';

/** SQLSTATEs that tell of the request and not of a fault of ours; details stay inside (SECURITY R13). */
export function refusalOfSqlState(state: string | undefined): { code: string; status: number } | undefined {
  if (state === undefined) return undefined;
  if (state === '42501') return { code: 'not-found', status: 404 };
  if (state.startsWith('22')) return { code: 'input-invalid', status: 400 };
  if (state === '23505' || state === '23503') return { code: 'not-found', status: 404 };
  if (isAway(state)) return { code: 'busy-try-again', status: 503 };
  if (state === '40001' || state === '40P01' || state === '57014' || state === '55P03' || state.startsWith('53')) return { code: 'busy-try-again', status: 503 };
  return undefined;
}
