import { defineModule } from '#platform/module.ts';
import { routes } from './routes.ts';

/**
 * The administrator is not among the readers: the log watches the operator too (SECURITY R16). Who else reads is said a second
 * time to row security in migrations/001-readers.sql; a test holds the two together.
 */
export const audit = defineModule({
  name: 'audit',
  tier: 'foundation',
  needs: ['org-units'], // its screens name units by the register
  holds: 'places',
  tables: {},
  permissions: { 'audit.read': ['oversight', 'auditor', 'government-office', 'province-leader'] },
  routes,
});
