import { useEffect, useState } from 'react';
import { t } from '../i18n/words.ts';
import { Icon } from './icon.tsx';

type Toast = { readonly id: number; readonly text: string; readonly undo: (() => void) | undefined };

let toasts: readonly Toast[] = [];
let nextId = 1;
const watchers = new Set<(all: readonly Toast[]) => void>();
const show = (all: readonly Toast[]): void => {
  toasts = all;
  watchers.forEach((watcher) => watcher(all));
};

/** Says that something was done; with `undo` it can be taken back while the words stand (10 s; longer while touched). */
export function toast(text: string, options: { readonly undo?: () => void } = {}): void {
  show([...toasts.slice(-2), { id: nextId, text, undo: options.undo }]);
  nextId += 1;
}

const dismiss = (id: number): void => show(toasts.filter((one) => one.id !== id));

/** Drawn once, by the shell. */
export function ToastHost() {
  const [all, setAll] = useState(toasts);
  useEffect(() => {
    watchers.add(setAll);
    return () => void watchers.delete(setAll);
  }, []);
  return <div className="toasts" role="status" aria-live="polite">{all.map((one) => <ToastLine key={one.id} toast={one} />)}</div>;
}

const lifeMs = 10_000;

function ToastLine({ toast: { id, text, undo } }: { readonly toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(id), lifeMs);
    return () => clearTimeout(timer);
  }, [held, id]);
  return (
    <div className="toast" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Icon name="fair" /><span className="grow">{text}</span>
      {undo && <button type="button" onClick={() => { dismiss(id); undo(); }}>{t('kit.undo')}</button>}
      <button type="button" className="x" aria-label={t('kit.close')} onClick={() => dismiss(id)}><Icon name="close" size={12} /></button>
    </div>
  );
}
