import { addressOf } from '#web/api.ts';
import { useFeed } from '#web/live.ts';
import { followPlaces } from '../schema.ts';
import type { Where } from './units.ts';

const listIn = (message: unknown, part: string): readonly unknown[] => {
  const found: unknown = typeof message === 'object' && message !== null ? Object.entries(message).find(([name]) => name === part)?.[1] : undefined;
  return Array.isArray(found) ? found : [];
};

/** Asks again when places in view changed. @returns when that last was */
export const usePlacesFeed = ({ province, commune }: Where, reload: () => void, hold = false): number | undefined =>
  useFeed(addressOf(followPlaces), {
    reload, hold,
    concerns: (message) => (commune === undefined || listIn(message, 'communes').includes(commune)) && (province === undefined || listIn(message, 'provinces').includes(province)),
  });
