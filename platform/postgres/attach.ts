import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { databaseNames } from './roles.ts';
import { readSecrets } from './secrets.ts';
import { readPidFile, urlOf } from './server.ts';

export type AttachedUrls = { readonly ownerUrl: string; readonly appUrl: string; readonly jobsUrl: string };

/**
 * The addresses of the embedded server that another process of ours supervises right now: for a command run beside the product.
 * Nothing is started, adopted or stopped.
 *
 * @returns undefined when no server of this data directory is ready, or its passwords cannot be read by this user
 */
export function attachToRunning(dataDir: string): AttachedUrls | undefined {
  if (!existsSync(dataDir)) return undefined;
  const real = realpathSync(dataDir);
  const pointer = join(real, 'postgres.location');
  const base = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(real, 'postgres');
  try {
    const secrets = readSecrets(join(base, 'secrets.json'));
    const file = readPidFile(join(base, 'cluster'));
    if (secrets === undefined || file === undefined || file.status !== 'ready') return undefined;
    const url = (role: 'owner' | 'app' | 'jobs'): string => urlOf(file.listen, databaseNames[role], secrets[role], databaseNames.database);
    return { ownerUrl: url('owner'), appUrl: url('app'), jobsUrl: url('jobs') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) return undefined;
    throw error;
  }
}
