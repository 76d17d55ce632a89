import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';

export const orgUnits = defineModule({
  name: 'org-units',
  tier: 'foundation',
  needs: [],
  holds: 'places',
  tables: {
    edition: 'reference', unit: 'reference', unit_version: 'reference', unit_link: 'reference', unit_alias: 'reference', office: 'reference',
    amendment: 'reference', unit_tier: 'reference', group_set: 'reference', unit_group: 'reference', unit_group_member: 'reference', unit_attribute: 'reference',
    steering_committee: 'distributed', boundary: 'local',
  },
  permissions: {
    'org-units.record-committee': ['province-leader', 'province-secretary', 'government-office', 'ministry'],
  },
  routes,
});
