import type { InputOf } from '#kernel/contract.ts';
import type { recordVisit } from '../schema.ts';

type VisitBody = InputOf<typeof recordVisit>['body'];
/** What waits in the outbox: the command, and what is needed to speak of it and to put its figures back into the form. */
export type QueuedVisit = { readonly shard: string; readonly place: string; readonly name: string; readonly path: string; readonly visit: VisitBody; readonly fields: Readonly<Record<string, unknown>> };
export const isQueuedVisit = (value: unknown): value is QueuedVisit => typeof value === 'object' && value !== null && 'shard' in value && 'place' in value && 'visit' in value && 'fields' in value;

export const formOfPlace = (shard: string, place: string): string => `coverage-visit/${shard}/${place}`;
export const kindOfVisit = 'coverage.visit';
