import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { A } from './link.tsx';

export type MenuItem =
  | { readonly kind?: 'action'; readonly key: string; readonly label: ReactNode; readonly icon?: IconName; readonly run: () => void; readonly checked?: boolean }
  | { readonly kind: 'link'; readonly key: string; readonly label: ReactNode; readonly icon?: IconName; readonly to: string }
  | { readonly kind: 'heading'; readonly key: string; readonly label: string };

type MenuProps = {
  readonly items: readonly MenuItem[];
  /** What the button shows; its text (also hidden text) is its name. */
  readonly button: ReactNode;
  readonly buttonClass?: string;
  readonly label?: string;
  readonly side?: 'left' | 'right';
};

/** A button that opens a list of actions (WAI-ARIA menu button): arrows, Home, End, Escape, first letter by Tab order. */
export function Menu({ items, button, buttonClass = 'btn', label, side = 'right' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [near, setNear] = useState(side);
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const entries = (): HTMLElement[] => [...(whole.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  useEffect(() => {
    if (!open) return undefined;
    const place = opener.current?.getBoundingClientRect();
    setNear(place !== undefined && place.right < 250 ? 'left' : side);
    entries()[0]?.focus();
    const outside = (event: Event): void => { if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false); };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open, side]);
  const close = (): void => { setOpen(false); opener.current?.focus(); };
  const onKey = (event: KeyboardEvent): void => {
    if (!open) {
      if (event.key === 'ArrowDown') { event.preventDefault(); setOpen(true); }
      return;
    }
    const all = entries();
    const now = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1;
    const to = event.key === 'ArrowDown' ? now + 1 : event.key === 'ArrowUp' ? now - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : undefined;
    if (to !== undefined) { event.preventDefault(); all[(to + all.length) % all.length]?.focus(); }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === 'Tab') setOpen(false);
  };
  return (
    <div className="menu" ref={whole} onKeyDown={onKey}>
      <button ref={opener} type="button" className={buttonClass} aria-haspopup="menu" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>{button}</button>
      {open && (
        <div className={`menu-list${near === 'left' ? ' left' : ''}`} role="menu" id={id} aria-label={label}>
          {items.map((item) => <Entry key={item.key} item={item} close={close} />)}
        </div>
      )}
    </div>
  );
}

function Entry({ item, close }: { readonly item: MenuItem; readonly close: () => void }) {
  if (item.kind === 'heading') return <h3 role="presentation">{item.label}</h3>;
  const inside = <>{item.icon && <Icon name={item.icon} />}<span>{item.label}</span></>;
  if (item.kind === 'link') return <A to={item.to} role="menuitem" tabIndex={-1} onClick={close}>{inside}</A>;
  return (
    <button
      type="button" tabIndex={-1} onClick={() => { close(); item.run(); }}
      {...(item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.checked })}
    >{inside}</button>
  );
}
