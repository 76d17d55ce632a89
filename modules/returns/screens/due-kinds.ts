import type { StatusKind } from '#web/kit/status.tsx';
import type { DueCell } from '../schema.ts';

/** The mark of a duty's state, on the calendar and wherever one line of it stands. */
export const dueKinds: Readonly<Record<DueCell['is'], StatusKind>> = { 'not-begun': 'idle', open: 'half', 'due-soon': 'warn', overdue: 'bad', sent: 'fair', returned: 'bad', approved: 'done', closed: 'idle' };
