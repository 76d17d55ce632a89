import { defineModule } from '#platform/module.ts';
import { judgeAcross } from './actions/across.ts';
import { runSelfAudit } from './actions/self-audit.ts';
import { findOutliers } from './actions/violations.ts';
import { routes } from './routes.ts';
import { permissions } from './rules/permissions.ts';

export const returns = defineModule({
  name: 'returns',
  tier: 'register',
  needs: ['org-units', 'identity', 'definitions'],
  holds: 'places', // counts only; no field can hold a person (SECURITY E1)
  tables: {
    packed: 'distributed', revision: 'distributed', receipt: 'distributed', roll_up: 'distributed', approval: 'distributed', acceptance: 'distributed', violation: 'distributed', incident: 'distributed', attachment: 'distributed',
    version: 'reference', audit_slice: 'reference',
  },
  permissions,
  routes,
  consumers: [{ name: 'returns.find-outliers', event: 'returns.received', consume: findOutliers }, { name: 'returns.judge-across', event: 'returns.received', consume: judgeAcross }, { name: 'returns.judge-imported', event: 'returns.imported', consume: judgeAcross }],
  jobs: [{ name: 'returns-self-audit', everyMinutes: 1, run: runSelfAudit }],
});
