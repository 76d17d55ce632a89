import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartRefused } from './refusal.ts';

/** The operating-system user PostgreSQL runs as; `undefined` fields never occur: no account means "as we are". */
export type Account = { readonly uid: number; readonly gid: number };

export const ourUid = (): number => process.geteuid?.() ?? -1;
export const startedAsRoot = (): boolean => ourUid() === 0;

/**
 * Whom to run PostgreSQL as (SECURITY R54.5).
 *
 * @param existing a folder of an earlier start: its owner runs the server again, so that no file changes hands
 * @returns undefined when the server runs as the current user
 * @throws StartRefused when started as root on a machine without an unprivileged account, or when the folder is another user's
 */
export function accountFor(existing: string | undefined): Account | undefined {
  if (process.platform === 'win32') return undefined;
  const owner = existing === undefined ? undefined : ownerOf(existing);
  if (!startedAsRoot()) {
    if (owner !== undefined && owner.uid !== ourUid()) {
      throw new StartRefused('database-foreign-owner', { dir: existing ?? '', owner: owner.uid });
    }
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return owner;
  const found = passwdAccount('postgres') ?? passwdAccount('nobody');
  if (found === undefined) throw new StartRefused('database-no-account');
  return found;
}

function ownerOf(path: string): Account | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : { uid: stat.uid, gid: stat.gid };
}

// initdb asks the password file for the name of its user, so a bare number without an entry would not do.
function passwdAccount(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined || Number(uid) === 0) return undefined;
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whether the account may pass through a directory and every directory above it. */
export function mayEnter(path: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  for (let dir = resolve(path); ; dir = dirname(dir)) {
    const stat = statSync(dir, { throwIfNoEntry: false });
    if (stat !== undefined && !allows(stat, account, 0o1)) return false;
    if (dir === dirname(dir)) return true;
  }
}

/** Whether the account may read a file (or read and enter a directory) that stands at `path`. */
export function mayRead(path: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !mayEnter(dirname(path), account)) return false;
  return allows(stat, account, stat.isDirectory() ? 0o5 : 0o4);
}

function allows(stat: { mode: number; uid: number; gid: number }, account: Account, bits: number): boolean {
  const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0;
  return ((stat.mode >> shift) & bits) === bits;
}

export function giveTo(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/**
 * Gives up root for good: from here on this process is the account PostgreSQL runs as, and may still start and stop it. Call it once the
 * port is open and everything root alone could read has been read. Does nothing when not started as root.
 *
 * @param own directories that this process goes on writing to: what root made in them is given to the account first
 * @param needs directories that must stay readable (the checkout); when one would not, nothing is given up
 * @returns whether this process runs without root now
 */
export function dropPrivileges(account: Account | undefined, { own = [], needs = [] }: { own?: readonly string[]; needs?: readonly string[] } = {}): boolean {
  if (!startedAsRoot()) return true;
  if (account === undefined || ![...own, ...needs].every((path) => mayEnter(path, account))) return false;
  for (const path of own) giveTree(path, account);
  process.setgroups?.([]);
  process.setgid?.(account.gid);
  process.setuid?.(account.uid);
  return true;
}

function giveTree(path: string, account: Account): void {
  const stat = lstatSync(path);
  // A link is given itself, never what it leads to.
  if (stat.uid === 0) lchownSync(path, account.uid, account.gid);
  if (stat.isDirectory()) for (const name of readdirSync(path)) giveTree(join(path, name), account);
}
