import type { Instant } from '#kernel/day.ts';

/** SECURITY R3, in minutes. A half-finished sign-in lives ten minutes; a shown second factor counts as fresh for ten. */
export const sessionMinutes = { idle: 30, absolute: 12 * 60, unfinished: 10, fresh: 10, seenAgain: 1 } as const;
/** A one-time link: the first administrator's lives a day, others a week (hours). */
export const linkHours = { 'first-administrator': 24, 'new-account': 7 * 24, reset: 24 } as const;
/** Tries at the second factor before the password is asked again. */
export const mostSecondFactorTries = 5;

export const minutesAfter = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();

export type SessionTimes = { readonly stage: 'second-factor' | 'enrolment' | 'full'; readonly lastSeenAt: Instant; readonly endsAt: Instant };

/** True while the session may be used: not idle too long, not past its absolute end. */
export function isSessionLive(session: SessionTimes, at: Instant): boolean {
  const idle = session.stage === 'full' ? sessionMinutes.idle : sessionMinutes.unfinished;
  return at < session.endsAt && at < minutesAfter(session.lastSeenAt, idle);
}

/** A session is marked as seen at most once a minute, so that reading does not write. */
export const shouldMarkSeen = (lastSeenAt: Instant, at: Instant): boolean => at >= minutesAfter(lastSeenAt, sessionMinutes.seenAgain);
