import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './processes.ts';

/** A held lock. The kernel frees it when the process ends, however it ends. */
export type Lock = { readonly release: () => void };

// A lock nobody refers to would be closed by the garbage collector, and so be lost.
const held = new Set<DatabaseSync>();

/**
 * Takes the one-owner lock of a directory.
 *
 * Node offers no file lock of its own; SQLite's exclusive transaction on an empty file is one (`fcntl` or `LockFileEx`). Unlike a
 * bound socket it is seen from other network namespaces that share the directory, leaves nothing stale behind and needs no port.
 * A refused start writes nothing.
 *
 * @returns the lock, or the process number of the holder
 */
export async function takeLock(directory: string, name = 'supervisor'): Promise<Lock | { readonly heldBy: number }> {
  mkdirSync(directory, { recursive: true });
  const holderFile = join(directory, `${name}.holder`);
  for (let attempt = 0; ; attempt += 1) {
    const file = tryLock(join(directory, `${name}.lock`));
    if (file !== undefined) {
      const draft = `${holderFile}.${process.pid}`;
      writeFileSync(draft, `${process.pid}\n`, { mode: 0o644 });
      renameSync(draft, holderFile);
      return { release: () => { if (held.delete(file)) file.close(); } };
    }
    // The holder writes its number just after it has the lock: for that moment the number of the one before stands there.
    const pid = readHolder(holderFile);
    if ((pid !== undefined && isRunning(pid)) || attempt >= 50) return { heldBy: pid ?? 0 };
    await sleep(20);
  }
}

function tryLock(path: string): DatabaseSync | undefined {
  const file = new DatabaseSync(path);
  try {
    file.exec('pragma journal_mode = memory; begin exclusive'); // nothing is ever written to it
    held.add(file);
    return file;
  } catch (error) {
    file.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return undefined; // SQLITE_BUSY
    throw error;
  }
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}
