import { useEffect, useRef } from 'react';
import type { MessageKey } from '../i18n/catalogue.ts';

/** One key of the screen: pressed outside text fields, listed by `?`. `key` as in KeyboardEvent.key, lower case. */
export type ScreenKey = { readonly key: string; readonly labelKey: MessageKey; readonly run: (event: KeyboardEvent) => void; readonly hidden?: boolean; /** True while the focus is in the part this key moves: of two tables, that one answers. */ readonly near?: () => boolean };

const layers: { keys: readonly ScreenKey[] }[] = [];

/** Keys in force now, the innermost screen's first. */
export function keysNow(): readonly ScreenKey[] {
  const all = [...layers].reverse().flatMap((layer) => layer.keys).filter((key) => key.hidden !== true);
  return all.filter((key, at) => all.findIndex((other) => other.key === key.key) === at);
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) && !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type));

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return; // Telex and VNI are left alone
  if (typing(event.target) || document.querySelector('dialog[open]') !== null) return;
  if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('a,button,summary,[role="option"]') !== null) return; // pressed, as the browser does
  const wanted = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const all = [...layers].reverse().flatMap((layer) => layer.keys).filter((key) => key.key === wanted);
  const found = all.find((key) => key.near?.() === true) ?? all[0];
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

/** Puts keys in force while the component is on the screen. */
export function useKeys(keys: readonly ScreenKey[]): void {
  const layer = useRef({ keys });
  layer.current.keys = keys;
  useEffect(() => {
    const own = layer.current;
    if (layers.length === 0) document.addEventListener('keydown', onKey);
    layers.push(own);
    return () => {
      layers.splice(layers.indexOf(own), 1);
      if (layers.length === 0) document.removeEventListener('keydown', onKey);
    };
  }, []);
}
