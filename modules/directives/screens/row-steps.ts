import { useRef, type RefObject } from 'react';
import { useKeys } from '#web/kit/keys.ts';

/** J and K move the focus over the rows of a table body, Enter opens the row that has it. */
export function useRowSteps(count: number, open: (at: number) => void): RefObject<HTMLTableSectionElement | null> {
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = (): HTMLElement[] => [...(body.current?.rows ?? [])];
  const now = (): number => rows().findIndex((row) => row.contains(document.activeElement));
  const step = (by: number): void => {
    const at = Math.max(0, Math.min(count - 1, now() + by));
    rows()[at]?.focus({ preventScroll: true });
    rows()[at]?.scrollIntoView({ block: 'nearest' });
  };
  useKeys([
    { key: 'j', labelKey: 'kit.key-next', run: () => step(1) },
    { key: 'k', labelKey: 'kit.key-previous', run: () => step(-1) },
    { key: 'Enter', labelKey: 'kit.key-open', run: (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('a,button,summary')) event.target.click();
      else if (now() >= 0) open(now());
    } },
  ]);
  return body;
}
