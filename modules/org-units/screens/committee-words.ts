import { sayKey } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import type { CommitteeBoard, CommitteeState } from '../schema.ts';

export const stateKind: Readonly<Record<CommitteeState, StatusKind>> = { 'on-time': 'ok', late: 'warn', missing: 'bad', awaited: 'idle' };
export const stateFill = { 'on-time': 'ok', late: 'warn', missing: 'bad', awaited: 'idle' } as const satisfies Readonly<Record<CommitteeState, string>>;
/** Worst first. */
export const stateOrder: Readonly<Record<CommitteeState, number>> = { missing: 0, late: 1, awaited: 2, 'on-time': 3 };
export const committeeStates = ['missing', 'late', 'awaited', 'on-time'] as const;

/** "Chậm 10 ngày": the state with its days. */
export const sayState = (one: { readonly state: CommitteeState; readonly daysLate: number }): string => sayKey(`org-units.committee-state.${one.state}`, { daysLate: one.daysLate });

export const countOf = (counts: CommitteeBoard['counts'], state: CommitteeState): number => ({ 'on-time': counts.onTime, late: counts.late, missing: counts.missing, awaited: counts.awaited })[state];

export const partsOf = (counts: CommitteeBoard['counts']): { key: CommitteeState; count: number; fill: 'ok' | 'warn' | 'bad' | 'idle' }[] =>
  committeeStates.map((state) => ({ key: state, count: countOf(counts, state), fill: stateFill[state] })).filter((part) => part.count > 0 || part.key !== 'awaited');
