import { defineModule } from '#platform/module.ts';
import { watchEvidence } from './actions/reviewing.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const classification = defineModule({
  name: 'classification',
  tier: 'measure',
  needs: ['org-units', 'identity', 'definitions', 'returns', 'indicators', 'hotspots'],
  holds: 'places', // places and decisions about places; no field can hold a person (SECURITY E1, E3)
  tables: {
    decree: 'reference', key_route: 'distributed', assessed_case: 'distributed', opinion: 'distributed', decision: 'distributed', signature: 'distributed', objection: 'distributed', case_entry: 'distributed', council: 'distributed',
    status_held: 'distributed', notice: 'distributed', notice_item: 'distributed',
  },
  permissions,
  routes,
  consumers: [
    { name: 'classification.watch-returns', event: 'returns.received', consumeTogether: watchEvidence },
    { name: 'classification.watch-approvals', event: 'returns.decided', consumeTogether: watchEvidence },
    { name: 'classification.watch-places', event: 'hotspots.changed', consumeTogether: watchEvidence },
  ],
});
