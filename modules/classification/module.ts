import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const classification = defineModule({
  name: 'classification',
  tier: 'measure',
  needs: ['org-units', 'identity', 'definitions', 'returns', 'indicators'],
  holds: 'places', // places and decisions about places; no field can hold a person (SECURITY E1, E3)
  tables: { decree: 'reference', key_route: 'distributed' },
  permissions,
  routes,
});
