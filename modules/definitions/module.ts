import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';

export const definitions = defineModule({
  name: 'definitions',
  tier: 'foundation',
  needs: [],
  holds: 'places',
  tables: { edition: 'reference', item: 'reference', slot: 'reference' },
  // Reading is open to every signed-in person; loading is the operator's command, which leaves its leaf in the log.
  permissions: {},
  routes,
});
