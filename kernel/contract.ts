import type { Static, TSchema } from 'typebox';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The permission a route needs (`directives.issue`), or one of the two that need no role. */
export type Who = 'anyone' | 'signed-in' | `${string}.${string}`;

/**
 * One HTTP operation as data: bound by the server, called by the browser, printed as OpenAPI.
 *
 * `who` is required: a route that does not say who may use it does not compile.
 * `problems` names each refusal code with its HTTP status (400-499); the code is the message key `problem.<code>`.
 * `path` is below `/api`; `:name` are the keys of `params`.
 */
export type Contract<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> = {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly who: Who;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly reply: R;
  readonly problems: Readonly<Record<string, number>>;
  /** A fresh second factor is asked before this (SECURITY R6). */
  readonly stepUp?: boolean;
  /** Uploads and downloads that are not JSON; the handler gets or gives bytes. */
  readonly upload?: { readonly maxBytes: number };
  readonly download?: boolean;
  /** A read that opens something protected is itself written to the log, so it needs a writing transaction. */
  readonly recordsRead?: boolean;
  /** The reply tells of units and rules, never of a person: a device may keep a dated copy to read offline (SECURITY R52). */
  readonly impersonal?: true;
  /** A POST that changes nothing (a preview); it needs no command id. */
  readonly readOnly?: boolean;
  /**
   * The handler opens transactions of its own, so it gets a `tx` that refuses every use: sign-in and its kin (a failed try must stay
   * counted, and a password is hashed while no connection is held), and commands that share one commit with others. A command id is
   * passed on when the caller gives one; storing the answer with the effect is then the handler's duty (SECURITY R55).
   */
  readonly ownTransactions?: true;
  /** Server-sent events: the handler answers with a subscription, `reply` is the shape of one message. Goes with `ownTransactions`. */
  readonly stream?: true;
};

export const contract = <P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  definition: Contract<P, Q, B, R>,
): Contract<P, Q, B, R> => definition;

/** What a caller passes for a contract. */
export type InputOf<C> = C extends Contract<infer P, infer Q, infer B, TSchema>
  ? (unknown extends Static<P> ? { params?: undefined } : { params: Static<P> }) &
      (unknown extends Static<Q> ? { query?: undefined } : { query?: Static<Q> }) &
      (unknown extends Static<B> ? { body?: undefined } : { body: Static<B> })
  : never;
export type ReplyOf<C> = C extends Contract<TSchema, TSchema, TSchema, infer R> ? Static<R> : never;
