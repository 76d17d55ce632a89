import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const indicators = defineModule({
  name: 'indicators',
  tier: 'measure',
  needs: ['org-units', 'identity', 'definitions', 'returns'],
  holds: 'places', // figures of units and facilities; none of a person (SECURITY E3)
  tables: { analysis: 'reference', judgement: 'distributed', commitment: 'distributed', sample: 'distributed', sample_seed: 'distributed', sample_count: 'distributed' },
  permissions,
  routes,
});
