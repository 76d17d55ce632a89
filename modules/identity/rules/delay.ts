import type { Instant } from '#kernel/day.ts';

/**
 * How guessing is slowed (SECURITY R7): delay, never lock-out, so that nobody can shut another person out.
 *
 * A try passes only when each of its lanes is free; a failure makes its lanes wait. The lanes of a stranger are the account as seen from
 * one address block, the account as a whole, the address block, and everyone. A browser that signed in to this account before has one
 * lane of its own, so the real user enters while others guess.
 */
export const lanes = {
  'account-block': { free: 3, firstSeconds: 2, mostSeconds: 60 },
  account: { free: 10, firstSeconds: 2, mostSeconds: 30 },
  block: { free: 8, firstSeconds: 2, mostSeconds: 60 },
  device: { free: 8, firstSeconds: 1, mostSeconds: 30 },
  'second-factor': { free: 5, firstSeconds: 2, mostSeconds: 60 },
} as const;
export type LaneKind = keyof typeof lanes;

/** Seconds a lane waits after so many failures: nothing at first, then doubling up to its most. */
export function delayAfter(kind: LaneKind, failures: number): number {
  const { free, firstSeconds, mostSeconds } = lanes[kind];
  if (failures < free) return 0;
  return Math.min(mostSeconds, firstSeconds * 2 ** Math.min(failures - free, 10));
}

export type LaneState = { readonly failures: number; readonly freeAt: Instant; readonly lastAt: Instant };
const secondsAfter = (at: Instant, seconds: number): Instant => new Date(Date.parse(at) + seconds * 1000).toISOString();

/** Whole seconds until a lane is free; 0 when it is. */
export const waitOf = (lane: LaneState, at: Instant): number => Math.max(0, Math.ceil((Date.parse(lane.freeAt) - Date.parse(at)) / 1000));

/** The lane with one try more, counted as a failure before it is made, so that parallel tries cannot slip through together. */
export function afterTry(kind: LaneKind, lane: LaneState, at: Instant): LaneState {
  const forgotten = at >= secondsAfter(lane.lastAt, laneForgottenAfterSeconds);
  const failures = (forgotten ? 0 : lane.failures) + 1;
  return { failures, freeAt: secondsAfter(at, delayAfter(kind, failures)), lastAt: at };
}

/** After a success the person's own lanes start afresh; the shared ones only forget this one try, or a success would help a guesser. */
export function afterSuccess(kind: LaneKind, lane: LaneState, at: Instant): LaneState {
  const shared = kind === 'account' || kind === 'block';
  const failures = shared ? Math.max(0, lane.failures - 1) : 0;
  return { failures, freeAt: shared && delayAfter(kind, failures) > 0 ? lane.freeAt : at, lastAt: lane.lastAt };
}

/** A lane left alone this long starts afresh. */
export const laneForgottenAfterSeconds = 3600;

/** Everyone's failures together: so many at once, then one more a second (count; per second). */
export const everyone = { burst: 60, perSecond: 1 } as const;

/**
 * The block of addresses a try comes from: 24 bits of IPv4, 48 of IPv6 (what one subscriber is given).
 * An unknown form is its own block.
 */
export function addressBlock(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/i.exec(address);
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const front = head.split(':').filter((group) => group !== '');
  const back = address.includes('::') ? tail.split(':').filter((group) => group !== '') : [];
  const groups = [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0'), ...back];
  return `${groups.slice(0, 3).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/48`;
}
