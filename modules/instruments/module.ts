import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const instruments = defineModule({
  name: 'instruments',
  tier: 'register',
  needs: ['org-units', 'directives'],
  holds: 'places',
  tables: { instrument: 'distributed', stage: 'distributed' },
  permissions,
  routes,
});
