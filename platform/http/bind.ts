import type { Static, TSchema } from 'typebox';
import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import type { Contract } from '#kernel/contract.ts';
import type { Place } from '#kernel/policy.ts';
import type { Result } from '#kernel/result.ts';
import type { Tx } from '../db/tx.ts';
import type { Services } from '../services.ts';
import type { Stream } from './stream.ts';

export type UploadedFile = { readonly bytes: Uint8Array; readonly fileName: string };
export type Download = { readonly bytes: Uint8Array; readonly fileName: string; readonly contentType: string };

/** What the edge of HTTP knows and an ordinary action does not need: sign-in and sign-out do. */
export type Edge = {
  readonly address: string;
  readonly userAgent: string;
  readonly secure: boolean;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  setCookie(name: string, value: string, maxAgeSeconds: number): void;
  redirect(url: string): void;
  /** The raw query, for protocols that own their parameters (OIDC). */
  readonly rawUrl: string;
};

/** Given to every handler. `tx` is open, row security is set, and the transaction ends with the handler. */
export type Context<A = Actor> = {
  readonly tx: Tx;
  readonly actor: A;
  readonly now: Now;
  readonly services: Services;
  readonly language: 'vi' | 'en';
  /** The policy's answer for this actor; place left out asks "anywhere". */
  may(permission: string, place?: Place): boolean;
  readonly commandId: string;
  readonly edge: Edge;
};

export type Input<P, Q, B> = { readonly params: P; readonly query: Q; readonly body: B; readonly file: UploadedFile };

export type Route = {
  readonly contract: Contract;
  readonly handle: (context: Context, input: Input<unknown, unknown, unknown>) => Promise<unknown>;
};

/** Binds a contract to what does it: an action for writes, a store function for reads. Who may is in the contract. */
export function bind<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  contract: Contract<P, Q, B, R>,
  handle: (
    context: Context,
    input: Input<Static<P>, Static<Q>, Static<B>>,
  ) => Promise<Static<R> | Result<Static<R>> | Download | Stream<Static<R>>>,
): Route {
  // The server parses params, query and body by the same contract before the handler runs.
  return { contract, handle: handle as unknown as Route['handle'] };
}
