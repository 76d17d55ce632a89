import { useEffect, useRef } from 'react';
import { addDays, compareDays } from '#kernel/day.ts';
import { today as deviceToday } from '#web/i18n/format.ts';
import { type Entry, isOpen } from '#web/offline/outbox.ts';
import type { Balance, Book } from '../schema.ts';
import { nextHere } from './queued-day.ts';

export type BookHere = { /** The day to write next, after what waits on this device. */ readonly next: { readonly day: string; readonly opening: Balance } | null; /** A day waits for the person: none is written over it. */ readonly held: boolean };

/** The book as this device has it: the server's, and over it the days that still wait here. Without a line the days go on. */
export function useBookHere(book: Book, entries: readonly Entry[], reload: () => void): BookHere {
  const received = entries.filter((entry) => entry.state === 'received').length;
  const last = useRef(received);
  useEffect(() => {
    if (received > last.current) reload();
    last.current = received;
  }, [received, reload]);
  const newest = book.days[0];
  const afterNewest = newest === undefined ? undefined : { day: addDays(newest.day, 1), opening: newest.closing };
  const start = book.next ?? afterNewest;
  const next = start === undefined ? undefined : nextHere(start, entries);
  const today = compareDays(deviceToday(), book.today) > 0 ? deviceToday() : book.today;
  return { next: next === undefined || compareDays(next.day, today) > 0 ? null : next, held: entries.some((entry) => isOpen(entry) && entry.hold !== null) };
}
