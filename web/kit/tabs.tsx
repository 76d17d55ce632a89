import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

export type Tab<V extends string> = { readonly value: V; readonly label: ReactNode };

/** Parts of one page, one seen at a time. Arrows move and choose. */
export function Tabs<V extends string>({ label, value, tabs, onChoose, children }: { readonly label: string; readonly value: V; readonly tabs: readonly Tab<V>[]; readonly onChoose: (value: V) => void; readonly children: ReactNode }) {
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent): void => {
    const now = tabs.findIndex((tab) => tab.value === value);
    const to = event.key === 'ArrowRight' ? now + 1 : event.key === 'ArrowLeft' ? now - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : undefined;
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    onChoose(tab.value);
    bar.current?.querySelector<HTMLElement>(`[data-tab="${tab.value}"]`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={bar} onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab.value} type="button" role="tab" id={`${id}-${tab.value}`} data-tab={tab.value} aria-selected={tab.value === value} tabIndex={tab.value === value ? 0 : -1}
            {...(tab.value === value ? { 'aria-controls': `${id}-panel` } : {})} onClick={() => onChoose(tab.value)}
          >{tab.label}</button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>{children}</div>
    </>
  );
}

/** Two to four ways to look at the same thing. */
export const Segmented = <V extends string>({ label, value, choices, onChoose }: { readonly label: string; readonly value: V; readonly choices: readonly Tab<V>[]; readonly onChoose: (value: V) => void }) => (
  <div className="seg" role="group" aria-label={label}>
    {choices.map((choice) => <button key={choice.value} type="button" aria-pressed={choice.value === value} onClick={() => onChoose(choice.value)}>{choice.label}</button>)}
  </div>
);
