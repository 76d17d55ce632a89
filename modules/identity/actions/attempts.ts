import { createHash } from 'node:crypto';
import type { Instant } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import { addressBlock, afterSuccess, afterTry, everyone, waitOf, type LaneKind, type LaneState } from '../rules/delay.ts';
import { lockLanes, saveLanes } from '../store/attempts.ts';

/** A try on its way: it counts as failed until `succeeded` says otherwise. */
export type Try = { readonly lanes: readonly { readonly kind: LaneKind; readonly name: string }[]; readonly stranger: boolean };
export type TooMany = { readonly code: 'too-many-tries'; readonly retryAfterSeconds: number };

type Memory = { readonly lanes: Map<string, LaneState>; tokens: number; filledAt: number };
const memories = new WeakMap<Database, Memory>();
const mostRemembered = 50_000;

function memoryOf(db: Database, at: Instant): Memory {
  const known = memories.get(db);
  if (known) return known;
  const made: Memory = { lanes: new Map(), tokens: everyone.burst, filledAt: Date.parse(at) };
  memories.set(db, made);
  return made;
}

const lane = (kind: LaneKind, ...of: readonly string[]) => ({ kind, name: `${kind}:${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 40)}` });

/** A password try. @param device the token of a browser known to this account, or undefined for a stranger */
export const passwordTry = (userName: string, address: string, device: string | undefined): Try =>
  device !== undefined
    ? { lanes: [lane('device', userName, device)], stranger: false }
    : { lanes: [lane('account-block', userName, addressBlock(address)), lane('account', userName), lane('block', addressBlock(address))], stranger: true };
export const secondFactorTry = (account: string): Try => ({ lanes: [lane('second-factor', account)], stranger: false });
export const linkTry = (address: string): Try => ({ lanes: [lane('block', 'link', addressBlock(address))], stranger: true });

/**
 * Lets a try pass or says how long to wait (SECURITY R7). Memory answers first, so a flood costs no query; the table decides, so a
 * restart or a second server forgets nothing. A refused try changes nothing: hammering does not lengthen anybody's wait.
 */
export async function passGate(db: Database, tried: Try, at: Instant): Promise<Result<Try, TooMany>> {
  const memory = memoryOf(db, at);
  const remembered = tried.lanes.map(({ name }) => memory.lanes.get(name)).filter((state) => state !== undefined);
  const wait = Math.max(0, ...remembered.map((state) => waitOf(state, at)));
  if (wait > 0) return tooMany(wait);
  if (tried.stranger && !takeToken(memory, at)) return tooMany(2);
  const fresh: LaneState = { failures: 0, freeAt: at, lastAt: at };
  for (const { kind, name } of tried.lanes) remember(memory, name, afterTry(kind, memory.lanes.get(name) ?? fresh, at));
  return db.write('system', async (tx) => {
    const rows = await lockLanes(tx, tried.lanes.map(({ name }) => name), at);
    const stored = Math.max(0, ...rows.map((row) => waitOf(row, at)));
    if (stored > 0) {
      for (const row of rows) remember(memory, row.lane, row);
      if (tried.stranger) memory.tokens += 1;
      return tooMany(stored);
    }
    const next = rows.map((row) => ({ lane: row.lane, ...afterTry(kindOf(tried, row.lane), row, at) }));
    for (const row of next) remember(memory, row.lane, row);
    await saveLanes(tx, next);
    return ok(tried);
  });
}

/** The try was right: its lanes are given back. */
export async function succeeded(db: Database, tried: Try, at: Instant): Promise<void> {
  const memory = memoryOf(db, at);
  if (tried.stranger) memory.tokens = Math.min(everyone.burst, memory.tokens + 1);
  await db.write('system', async (tx) => {
    const rows = await lockLanes(tx, tried.lanes.map(({ name }) => name), at);
    const next = rows.map((row) => ({ lane: row.lane, ...afterSuccess(kindOf(tried, row.lane), row, at) }));
    for (const row of next) remember(memory, row.lane, row);
    await saveLanes(tx, next);
  });
}

const tooMany = (seconds: number) => refuse({ code: 'too-many-tries', retryAfterSeconds: seconds } as const);
const kindOf = (tried: Try, name: string): LaneKind => tried.lanes.find((each) => each.name === name)?.kind ?? 'account';

function takeToken(memory: Memory, at: Instant): boolean {
  const now = Date.parse(at);
  memory.tokens = Math.min(everyone.burst, memory.tokens + (Math.max(0, now - memory.filledAt) / 1000) * everyone.perSecond);
  memory.filledAt = Math.max(now, memory.filledAt);
  if (memory.tokens < 1) return false;
  memory.tokens -= 1;
  return true;
}

function remember(memory: Memory, name: string, state: LaneState): void {
  memory.lanes.delete(name);
  memory.lanes.set(name, { failures: state.failures, freeAt: state.freeAt, lastAt: state.lastAt });
  if (memory.lanes.size <= mostRemembered) return;
  const [oldest] = memory.lanes.keys();
  if (oldest !== undefined) memory.lanes.delete(oldest);
}
