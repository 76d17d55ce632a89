import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const coverage = defineModule({
  name: 'coverage',
  tier: 'register',
  needs: ['org-units'],
  holds: 'places',
  tables: { campaign: 'distributed', place: 'distributed', visit: 'distributed' },
  permissions,
  routes,
});
