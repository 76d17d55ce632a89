import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const prevention = defineModule({
  name: 'prevention',
  tier: 'register',
  needs: ['org-units', 'directives'],
  holds: 'places',
  tables: { model: 'distributed', base: 'distributed', activity: 'distributed', pilot: 'distributed', replication: 'distributed', drive: 'distributed', drive_count: 'distributed' },
  permissions,
  routes,
});
