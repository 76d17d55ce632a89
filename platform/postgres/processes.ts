import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What proves that a process number still means the process we once started: the machine's boot and the tick it began at.
 * A number alone proves nothing, since numbers are used again.
 */
export type ProcessMark = { readonly pid: number; readonly startedAt: string };

/** Whether a process with this number runs. One that has ended and waits to be collected (a zombie) does not run. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return !isZombie(pid);
}

/** Whether a process has ended and only waits for its parent to collect it, which may be never in a container. */
export const isZombie = (pid: number): boolean => procState(pid) === 'Z';

function procStat(pid: number): string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name in brackets may hold spaces
  } catch {
    return undefined;
  }
}

const procState = (pid: number): string | undefined => procStat(pid)?.[0];

/** When a process began, as text that is equal only for the same process; undefined when it does not run. */
export function startMark(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined;
  const ticks = procStat(pid)?.[19];
  if (ticks !== undefined) return `${bootId()}/${ticks}`;
  if (process.platform === 'win32') return 'unknown';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Whether the marked process still runs. Cheap enough to be asked often, except that the mark is only compared where it costs nothing. */
export const isSameProcess = ({ pid, startedAt }: ProcessMark): boolean =>
  isRunning(pid) && (process.platform !== 'linux' || startMark(pid) === startedAt);

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** The directory a process works in, where the system tells: PostgreSQL stays in its data directory. */
export function workingDirectory(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** The command line of a process; undefined where the system does not tell. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Processes working in a directory: the postmaster and its backends. Empty where the system does not tell. */
export function processesIn(directory: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory && isRunning(pid));
}

/** Sends a signal; a process that has ended meanwhile is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Waits until a process has ended. @returns false when it still runs after `seconds` */
export async function waitForEnd(pid: number, seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1000;
  while (isRunning(pid)) {
    if (performance.now() > until) return false;
    await sleep(20);
  }
  return true;
}
