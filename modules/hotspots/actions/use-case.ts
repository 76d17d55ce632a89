/** What every use case of the module starts from, and how it writes to the log. */
import { hash } from 'node:crypto';
import type { Fact } from '#kernel/entry.ts';
import { refuse, type Refused } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import { scopeOf } from '../rules/scope.ts';
import type { By } from '../store/visible.ts';

/** The part of a request's context that use cases need; tests and the demonstration make one without HTTP. */
export type UseCase = Pick<Context, 'tx' | 'actor' | 'now' | 'services' | 'language'>;

export const byOf = ({ tx, actor }: Pick<UseCase, 'tx' | 'actor'>): By => ({ tx, scope: scopeOf(actor.grants) });
export const notFound = (): Refused<{ code: 'not-found' }> => refuse({ code: 'not-found' });

export type Logged = {
  readonly province: string; readonly action: `hotspots.${string}`; readonly target: { readonly type: string; readonly id: string }; readonly unit: string; readonly role?: string; readonly before?: unknown; readonly after?: unknown;
  readonly facts?: Readonly<Record<string, Fact>>; readonly kind?: 'write' | 'read';
};
/** Every write of this module leaves an entry in its own transaction (SECURITY R25), and every opening of an exact place. */
export const log = ({ tx, actor, now }: Pick<UseCase, 'tx' | 'actor' | 'now'>, logged: Logged): Promise<void> => record(tx, { ...logged, at: now.at, actor });

/** An identifier that follows from what it names, so that doing a thing twice makes it once. */
export function derivedId(...parts: readonly string[]): string {
  const hex = hash('sha256', parts.join('\n'));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const pageSize = 50;
