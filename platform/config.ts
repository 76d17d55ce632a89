import { resolve } from 'node:path';
import { ok, refuse, type Result } from '#kernel/result.ts';

export type Config = {
  /** SAURO_DATA: folder of everything this installation keeps; `.data` below the checkout by default. */
  readonly dataDir: string;
  /** PORT, 8080 by default; HOST, loopback by default. */
  readonly port: number;
  readonly host: string;
  /** SAURO_MODE: `demonstration` (default) or `production`. */
  readonly mode: 'demonstration' | 'production';
  /** DATABASE_URL: a PostgreSQL server to use instead of the embedded one; its role owns the tables. */
  readonly databaseUrl: string | undefined;
  /** SAURO_PUBLIC_URL: the address people use, when it differs from http://localhost:PORT. */
  readonly publicUrl: string;
  /** SAURO_TRUST_PROXY=1: a proxy in front tells the client's address and scheme. */
  readonly trustProxy: boolean;
  /** SAURO_REQUESTS_PER_MINUTE: limit for one address; 0 turns it off, for measuring only. */
  readonly requestsPerMinute: number;
  /** SAURO_PROGRAMME: folder of the definitions to load at the first start instead of the ones delivered. */
  readonly programmeFolder?: string;
};

export type ConfigRefusal = { readonly code: 'config-invalid'; readonly name: string; readonly value: string };

/** Reads the settings from the environment. @returns a refusal that names the variable, never a silent default for a wrong one */
export function configOf(env: Readonly<Record<string, string | undefined>>, root: string): Result<Config, ConfigRefusal> {
  const port = Number(env['PORT'] ?? '8080');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return refuse({ code: 'config-invalid', name: 'PORT', value: env['PORT'] ?? '' });
  const mode = env['SAURO_MODE'] ?? 'demonstration';
  if (mode !== 'demonstration' && mode !== 'production') return refuse({ code: 'config-invalid', name: 'SAURO_MODE', value: mode });
  const requestsPerMinute = Number(env['SAURO_REQUESTS_PER_MINUTE'] ?? '1200');
  if (!Number.isInteger(requestsPerMinute) || requestsPerMinute < 0) return refuse({ code: 'config-invalid', name: 'SAURO_REQUESTS_PER_MINUTE', value: env['SAURO_REQUESTS_PER_MINUTE'] ?? '' });
  return ok({
    dataDir: resolve(root, env['SAURO_DATA'] ?? '.data'),
    port,
    host: env['HOST'] ?? '127.0.0.1',
    mode,
    databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
    publicUrl: (env['SAURO_PUBLIC_URL'] ?? `http://localhost:${port}`).replace(/\/$/, ''),
    trustProxy: env['SAURO_TRUST_PROXY'] === '1',
    requestsPerMinute,
    ...(env['SAURO_PROGRAMME'] === undefined || env['SAURO_PROGRAMME'] === '' ? {} : { programmeFolder: resolve(root, env['SAURO_PROGRAMME']) }),
  });
}
