import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const facilities = defineModule({
  name: 'facilities',
  tier: 'register',
  needs: ['org-units', 'identity', 'definitions'],
  holds: 'places', // counts only; no field can hold a person (SECURITY E1)
  tables: {
    facility: 'distributed', profile: 'distributed', day: 'distributed', day_before: 'distributed', standing: 'distributed', staffing: 'distributed', activity: 'distributed', inspection: 'distributed', answer: 'distributed',
    matter: 'distributed', matter_step: 'distributed',
  },
  permissions,
  routes,
});
