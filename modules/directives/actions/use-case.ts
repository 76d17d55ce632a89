/** What every use case of the module starts from, and how it writes to the log. */
import { hash } from 'node:crypto';
import type { Fact } from '#kernel/entry.ts';
import type { Refused } from '#kernel/result.ts';
import { refuse } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import type { Tx } from '#platform/db/tx.ts';
import { everything, scopeOf } from '../rules/scope.ts';
import type { By } from '../store/visible.ts';
import { listEventDays } from '../store/personal.ts';
import type { EventDays } from '../rules/deadline.ts';

/** The part of a request's context that use cases need; tests and the demonstration make one without HTTP. */
export type UseCase = Pick<Context, 'tx' | 'actor' | 'now' | 'services' | 'language' | 'may'>;

/** The actor of a use case as a reader: what its grants let it see goes into every query. */
export const byOf = ({ tx, actor }: Pick<UseCase, 'tx' | 'actor'>): By => ({ tx, scope: scopeOf(actor.grants) });
export const byMachinery = (tx: Tx): By => ({ tx, scope: everything });

export const notFound = (): Refused<{ code: 'not-found' }> => refuse({ code: 'not-found' });

export type Logged = {
  readonly province: string; readonly action: `directives.${string}`; readonly target: { readonly type: string; readonly id: string }; readonly unit?: string | null; readonly role?: string;
  readonly before?: unknown; readonly after?: unknown; readonly facts?: Readonly<Record<string, Fact>>; readonly kind?: 'write' | 'read';
};
/** Every write of this module leaves an entry in its own transaction (SECURITY R25). */
export const log = ({ tx, actor, now }: Pick<UseCase, 'tx' | 'actor' | 'now'>, logged: Logged): Promise<void> => record(tx, { ...logged, at: now.at, actor });

/** An identifier that follows from what it names, so that doing a thing twice makes it once. */
export function derivedId(...parts: readonly string[]): string {
  const hex = hash('sha256', parts.join('\n'));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const taskId = (assignment: string, office: string, period: string): string => derivedId('directives.task', assignment, office, period);

export async function eventDays(tx: UseCase['tx']): Promise<EventDays> {
  return Object.fromEntries((await listEventDays(tx)).map(({ event, onDay }) => [event, onDay]));
}

export const pageSize = 50;
export const offsetOf = (page: number | undefined): number => ((page ?? 1) - 1) * pageSize;
/** A pattern for a typed word anywhere in a text; its own wildcards mean themselves. */
export const containing = (typed: string | undefined): string | null => (typed === undefined || typed === '' ? null : `%${typed.replace(/[\\%_]/g, '\\$&')}%`);
