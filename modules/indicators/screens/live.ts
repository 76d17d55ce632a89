import { useEffect, useRef, useState } from 'react';

type Change = { readonly periods: readonly string[]; readonly at: string };

/**
 * Follows the feed of changes while a screen is open and asks again when one of its periods moved; what waits in the background tab is
 * asked once when the tab is seen again.
 *
 * @returns when the last change was told, for "vừa cập nhật"
 */
export function useLive(periods: readonly string[], reload: () => void): string | undefined {
  const [at, setAt] = useState<string>();
  const wanted = useRef({ periods, reload });
  wanted.current = { periods, reload };
  useEffect(() => {
    if (typeof EventSource === 'undefined') return undefined;
    let waiting = false;
    const source = new EventSource('/api/returns/changes');
    const take = (): void => {
      waiting = false;
      wanted.current.reload();
    };
    source.onmessage = (event: MessageEvent<string>) => {
      const change = readChange(event.data);
      if (change === undefined || !change.periods.some((period) => wanted.current.periods.includes(period))) return;
      setAt(change.at);
      if (document.hidden) waiting = true;
      else take();
    };
    const seen = (): void => { if (waiting && !document.hidden) take(); };
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      source.close();
    };
  }, []);
  return at;
}

function readChange(text: string): Change | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('periods' in value) || !('at' in value) || !Array.isArray(value.periods)) return undefined;
    return { periods: value.periods.map(String), at: String(value.at) };
  } catch {
    return undefined;
  }
}
