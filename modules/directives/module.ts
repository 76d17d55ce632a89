import { defineModule } from '#platform/module.ts';
import { cascadeToProvince, noteProvincesReached, withdrawInProvince } from './actions/cascade.ts';
import { recomputeCells } from './actions/cells.ts';
import { dateByEvent, runClock } from './actions/clock.ts';
import { sendDigests } from './actions/digest.ts';
import { tellOfMove } from './actions/tell.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const directives = defineModule({
  name: 'directives',
  tier: 'register',
  needs: ['org-units', 'identity'],
  holds: 'places',
  tables: {
    directive: 'distributed', assignment: 'distributed', reach: 'distributed', task: 'distributed', entry: 'distributed', evidence: 'distributed', vector: 'distributed', notice: 'distributed',
    notice_read: 'distributed', seat: 'reference', saved_view: 'reference', feed: 'reference', calendar_day: 'reference', event_day: 'reference', clock_day: 'reference',
  },
  permissions,
  routes,
  consumers: [
    { name: 'directives.cascade-province', event: 'directives.issued', consume: cascadeToProvince },
    { name: 'directives.note-reach', event: 'directives.reached', consumeTogether: noteProvincesReached },
    { name: 'directives.withdraw-province', event: 'directives.withdrawn', consume: (tx, event, now) => withdrawInProvince(tx, event, now, recomputeCells) },
    { name: 'directives.tell', event: 'directives.task-moved', consume: tellOfMove },
    { name: 'directives.date-tasks', event: 'directives.event-dated', consume: dateByEvent },
  ],
  jobs: [
    { name: 'directives-clock', everyMinutes: 60, run: runClock },
    { name: 'directives-digest', everyMinutes: 60, run: sendDigests },
  ],
});
