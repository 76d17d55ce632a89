import { addressOf } from '#web/api.ts';
import { useFeed } from '#web/live.ts';
import { followChanges } from '../schema.ts';

export type Followed = {
  /** Units or provinces in view; the nation is '00'. Undefined: all the reader is told of. */
  readonly nodes?: readonly string[];
  /** Periods in view; undefined: any. */
  readonly periods?: readonly string[];
  readonly reload: () => void;
  readonly hold?: boolean;
};

/** Asks again when returns in view were sent or decided on. @returns when that last was */
export const useReturnsFeed = ({ nodes, periods, reload, hold = false }: Followed): number | undefined =>
  useFeed(addressOf(followChanges), { reload, hold, concerns: (message) => touches(message, 'nodes', nodes) && touches(message, 'periods', periods) });

function touches(message: unknown, part: 'nodes' | 'periods', wanted: readonly string[] | undefined): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const named: unknown = Object.entries(message).find(([name]) => name === part)?.[1];
  return Array.isArray(named) && (wanted === undefined || named.some((one) => typeof one === 'string' && wanted.includes(one)));
}
