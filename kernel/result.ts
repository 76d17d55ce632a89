/** What a rule, an action or a contract answers when it expects to be refused sometimes: a value, or the reason why not. */
export type Refusal = { readonly code: string };
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused<R extends Refusal = Refusal> = { readonly ok: false; readonly problem: R };
export type Result<T, R extends Refusal = Refusal> = Ok<T> | Refused<R>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** @param problem its `code` is the message key `problem.<code>`; the other fields are the facts the sentence needs */
export const refuse = <const R extends Refusal>(problem: R): Refused<R> => ({ ok: false, problem });

/** Thrown inside a transaction so that it is rolled back and the refusal still reaches the caller as a value. */
export class RefusalError extends Error {
  readonly problem: Refusal;
  constructor(problem: Refusal) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The value, or a rolled-back transaction: for actions that ask a rule in the middle of their work. */
export function valueOrRefusal<T, R extends Refusal>(result: Result<T, R>): T {
  if (!result.ok) throw new RefusalError(result.problem);
  return result.value;
}
