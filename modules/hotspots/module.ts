import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const hotspots = defineModule({
  name: 'hotspots',
  tier: 'register',
  needs: ['org-units', 'identity', 'directives'],
  holds: 'places',
  tables: {
    place: 'distributed', cycle: 'distributed', entry: 'distributed', check_made: 'distributed', exact_place: 'distributed', photograph: 'distributed', photograph_image: 'distributed', linked_count: 'distributed', version: 'distributed', counter: 'distributed',
  },
  permissions,
  routes,
});
