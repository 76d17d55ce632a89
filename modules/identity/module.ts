import { defineModule } from '#platform/module.ts';
import { sweepAway } from './actions/sweep.ts';
import { routes } from './routes.ts';

export const identity = defineModule({
  name: 'identity',
  tier: 'foundation',
  needs: ['org-units'],
  holds: 'places', // accounts are of officers at work, known by post; no record about a person in care
  tables: {
    account: 'reference', sign_in_name: 'reference', role_grant: 'reference', two_body_request: 'reference', preference: 'local', password: 'local', totp: 'local', passkey: 'local',
    oidc_link: 'local', known_device: 'local', session: 'local', invitation: 'local', challenge: 'local', attempt_lane: 'local',
  },
  permissions: {
    'identity.administer': ['administrator'],
    'identity.read-accounts': ['administrator', 'oversight'],
    'identity.two-bodies': ['administrator', 'oversight'],
  },
  routes,
  jobs: [{ name: 'identity-sweep', everyMinutes: 60, run: sweepAway }],
});
