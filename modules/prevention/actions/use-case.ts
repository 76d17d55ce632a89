import type { Fact } from '#kernel/entry.ts';
import { refuse, type Refused } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import { scopeOf } from '../rules/scope.ts';
import type { By } from '../store/scoped.ts';

/** The part of a request's context that use cases need. */
export type UseCase = Pick<Context, 'tx' | 'actor' | 'now' | 'may' | 'services' | 'language'>;
export const byOf = ({ tx, actor }: UseCase): By => ({ tx, scope: scopeOf(actor.grants) });
export const notFound = (): Refused<{ code: 'not-found' }> => refuse({ code: 'not-found' });
export const notYours = (): Refused<{ code: 'prevention-not-yours' }> => refuse({ code: 'prevention-not-yours' });

type Logged = { readonly province: string; readonly action: `prevention.${string}`; readonly target: { readonly type: string; readonly id: string }; readonly unit?: string; readonly role?: string; readonly before?: unknown; readonly after?: unknown; readonly facts?: Readonly<Record<string, Fact>> };
/** Every write of this module leaves an entry in its own transaction (SECURITY R25). */
export const log = ({ tx, actor, now }: UseCase, logged: Logged): Promise<void> => record(tx, { ...logged, at: now.at, actor });
