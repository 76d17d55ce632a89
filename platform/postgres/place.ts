import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Account, accountFor, giveTo, mayEnter, ourUid, startedAsRoot } from './account.ts';
import { StartRefused } from './refusal.ts';
import { writePrivately } from './secrets.ts';

/** Where one installation keeps its PostgreSQL, and whom it runs as. */
export type Place = {
  readonly dataDir: string;
  /** Owned by the account, 0700: cluster, passwords, log, socket. */
  readonly base: string;
  readonly cluster: string;
  readonly secretsFile: string;
  readonly logFile: string;
  readonly account: Account | undefined;
  /** True when the account cannot enter `dataDir` and the base stands elsewhere. */
  readonly moved: boolean;
  /** Older bases elsewhere that were made for this data directory before it was emptied; never deleted by us. */
  readonly leftBehind: readonly string[];
};

/** Makes the data directory, so that its lock can be taken before anything else is looked at. */
export function makeDataDir(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return realpathSync(dataDir);
}

/**
 * Finds or makes the base directory. Call it with the data directory's lock held.
 *
 * Started as root, the server runs under an unprivileged account, which cannot enter a directory below a home such as `/root`. The
 * base then stands in a system directory under a random name, and `postgres.location` in the data directory points to it.
 */
export function findPlace(dataDir: string): Place {
  const pointer = join(dataDir, 'postgres.location');
  const inside = join(dataDir, 'postgres');
  const known = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : inside;
  const account = accountFor(existsSync(join(known, 'cluster')) ? join(known, 'cluster') : undefined);
  if (known !== inside) return placeAt(dataDir, makeBase(known, account), account);
  if (account !== undefined && lstatSync(dataDir).uid === 0) giveTo(dataDir, account);
  if (mayEnter(dataDir, account)) return placeAt(dataDir, makeBase(inside, account), account);
  const leftBehind = basesElsewhere(dataDir);
  const elsewhere = makeElsewhere(account);
  writePrivately(join(elsewhere, madeFor), `${dataDir}\n`, undefined);
  writePrivately(pointer, `${elsewhere}\n`, undefined);
  return { ...placeAt(dataDir, elsewhere, account), leftBehind };
}

function placeAt(dataDir: string, base: string, account: Account | undefined): Place {
  return {
    dataDir,
    base,
    cluster: join(base, 'cluster'),
    secretsFile: join(base, 'secrets.json'),
    logFile: join(base, 'postgres.log'),
    account,
    moved: dirname(base) !== dataDir,
    leftBehind: [],
  };
}

function makeBase(base: string, account: Account | undefined): string {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  chmodSync(base, 0o700);
  giveTo(base, account);
  return realpathSync(base);
}

const systemDirectories = ['/var/lib/sauro', '/srv/sauro', '/opt/sauro'];
const madeFor = 'made-for';

function basesElsewhere(dataDir: string): string[] {
  return systemDirectories
    .flatMap((parent) => (existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : []))
    .filter((base) => existsSync(join(base, madeFor)) && readFileSync(join(base, madeFor), 'utf8').trim() === dataDir);
}

function makeElsewhere(account: Account | undefined): string {
  for (const parent of systemDirectories) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o711 });
      if (!mayEnter(parent, account)) continue;
      return makeBase(mkdtempSync(join(parent, 'db-')), account);
    } catch {
      // Not writable here: the next one.
    }
  }
  throw new StartRefused('database-no-place');
}

// A socket's address holds at most 107 bytes on Linux and 103 elsewhere; the configuration file's lists know no odd characters.
const maxSocketPath = 103;
const fits = (dir: string): boolean =>
  Buffer.byteLength(join(dir, '.s.PGSQL.5432')) <= maxSocketPath && /^[\w./+@-]+$/.test(dir);

/**
 * The private directory of the socket: inside the base when its address is short enough, else in the system's folder for temporary
 * files under a name that follows from the base.
 */
export function makeSocketDir(base: string, account: Account | undefined): string {
  const inside = join(base, 'run');
  if (fits(inside)) return makePrivate(inside, account) ? inside : mustBePrivate(inside);
  const name = `sauro-${createHash('sha256').update(base).digest('hex').slice(0, 16)}`;
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    const dir = join(resolve(parent), name);
    if (fits(dir) && mayEnter(parent, account) && makePrivate(dir, account)) return dir;
  }
  throw new StartRefused('database-no-place');
}

function makePrivate(dir: string, account: Account | undefined): boolean {
  try {
    mkdirSync(dir, { mode: 0o700 });
    giveTo(dir, account);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false;
  }
  const stat = lstatSync(dir);
  const owner = account?.uid ?? ourUid();
  // Someone else may have made this name first; then it is not used.
  if (!stat.isDirectory() || !(stat.uid === owner || (startedAsRoot() && stat.uid === 0))) return false;
  giveTo(dir, account);
  chmodSync(dir, 0o700);
  return true;
}

function mustBePrivate(dir: string): never {
  throw new StartRefused('database-foreign-owner', { dir, owner: lstatSync(dir).uid });
}
