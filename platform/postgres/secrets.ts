import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Account, giveTo } from './account.ts';

/** Passwords of the database roles, 192 random bits each, safe in a URL. Made once and kept 0600 beside the data. */
export type RoleSecrets = { readonly superuser: string; readonly owner: string; readonly app: string; readonly jobs: string };

const names = ['superuser', 'owner', 'app', 'jobs'] as const;

/** Reads the stored passwords. @returns undefined when there is no such file yet */
export function readSecrets(file: string): RoleSecrets | undefined {
  if (!existsSync(file)) return undefined;
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${file} holds no passwords`);
  const entries = new Map(Object.entries(parsed));
  const read = (name: (typeof names)[number]) => {
    const value: unknown = entries.get(name);
    if (typeof value !== 'string' || value.length < 16) throw new Error(`${file} lacks the password of ${name}`);
    return value;
  };
  return { superuser: read('superuser'), owner: read('owner'), app: read('app'), jobs: read('jobs') };
}

/** Reads the stored passwords or makes them. They are on the disk before anything is created with them. */
export function readOrMakeSecrets(file: string, account: Account | undefined): RoleSecrets {
  const stored = readSecrets(file);
  if (stored !== undefined) return stored;
  const make = () => randomBytes(24).toString('base64url');
  const made: RoleSecrets = { superuser: make(), owner: make(), app: make(), jobs: make() };
  writePrivately(file, `${JSON.stringify(made, null, 2)}\n`, account);
  return made;
}

/** Writes a file only its owner reads, whole or not at all, and on the disk when this returns. */
export function writePrivately(file: string, text: string, account: Account | undefined): void {
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  giveTo(draft, account);
  renameSync(draft, file);
  syncDirectory(dirname(file));
}

/** Puts the names in a directory on the disk, so that a rename survives a power cut. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
