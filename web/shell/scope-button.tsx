import { useEffect, useRef, useState, type ComponentType } from 'react';
import { day } from '../i18n/format.ts';
import { t } from '../i18n/words.ts';
import { Icon } from '../kit/icon.tsx';
import { useScope } from '../place.ts';
import { homeReach, useSession } from '../session.tsx';
import type { ScopeSource } from './config.ts';
import type { ScopePanelProps } from './scope-panel.tsx';

/** The unit whose facts are on the screen. Its panel is fetched when first opened. */
export function ScopeButton({ source }: { readonly source: ScopeSource }) {
  const scope = useScope();
  const home = homeReach(useSession());
  const code = scope.commune ?? scope.province ?? (home.level === 'commune' ? home.commune : home.level === 'province' ? home.province : undefined);
  const [name, setName] = useState<string>();
  const [open, setOpen] = useState(false);
  const [Panel, setPanel] = useState<ComponentType<ScopePanelProps>>();
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let gone = false;
    setName(undefined);
    if (code !== undefined && code !== '00') void source.nameOf(code, scope.asOf).then((found) => { if (!gone) setName(found ?? code); });
    return () => { gone = true; };
  }, [code, scope.asOf, source]);
  useEffect(() => {
    if (!open) return undefined;
    void import('./scope-panel.tsx').then((module) => setPanel(() => module.ScopePanel));
    const outside = (event: Event): void => { if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false); };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const shown = code === undefined || code === '00' ? t('shell.nation') : (name ?? '…');
  const close = (): void => { setOpen(false); opener.current?.focus(); };
  return (
    <div className="menu" ref={whole} onKeyDown={(event) => { if (event.key === 'Escape' && open) close(); }}>
      <button ref={opener} type="button" className="scope" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="vh">{t('shell.scope')}: </span><Icon name="pin" /><span>{shown}{scope.asOf !== undefined && ` (${t('shell.as-of', { day: day(scope.asOf) })})`}</span><Icon name="down" size={12} />
      </button>
      {open && Panel && <Panel source={source} onClose={close} />}
    </div>
  );
}
