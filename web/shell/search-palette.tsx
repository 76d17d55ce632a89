import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import { t } from '../i18n/words.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { scopeQuery, withQuery } from '../place.ts';
import { useSession } from '../session.tsx';
import type { Hit, SearchSource, WebModule } from './config.ts';
import { mayOpen, menuOf } from './nav.ts';

type Found = { readonly key: string; readonly label: string; readonly hits: readonly Hit[] };
type PaletteProps = { readonly open: boolean; readonly onClose: () => void; readonly sources: readonly SearchSource[]; readonly modules: readonly WebModule[] };

/** Ctrl K: units, tasks, documents and the screens themselves; never people (SECURITY E6). */
export function SearchPalette({ open, onClose, sources, modules }: PaletteProps) {
  const session = useSession();
  const [, navigate] = useLocation();
  const search = useSearch();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly Found[]>([]);
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => { if (open) box.current?.focus(); }, [open]);
  useEffect(() => {
    const text = typed.trim();
    const screens = menuOf(modules, session).flatMap((group) => group.screens).map((screen): Hit => ({ key: screen.path, label: t(screen.nav.labelKey), to: screen.path, icon: screen.nav.icon }));
    const ownHits = text === '' ? screens : screens.filter((hit) => hit.label.toLowerCase().includes(text.toLowerCase()));
    const own: Found[] = ownHits.length === 0 ? [] : [{ key: 'screens', label: t('nav.main'), hits: ownHits }];
    setAt(0);
    if (text === '') { setFound(own); setBusy(false); return undefined; }
    const stop = new AbortController();
    setBusy(true);
    const allowed = sources.filter((source) => mayOpen(source, session));
    const timer = setTimeout(() => {
      void Promise.all(allowed.map(async (source): Promise<Found> => ({ key: source.key, label: t(source.labelKey), hits: await source.search(text, stop.signal) }))).then((answers) => {
        if (stop.signal.aborted) return;
        setFound([...answers.filter((answer) => answer.hits.length > 0), ...own]);
        setBusy(false);
      });
    }, 90);
    return () => { stop.abort(); clearTimeout(timer); };
  }, [typed, sources, modules, session]);
  const hits = found.flatMap((group) => group.hits.map((hit) => ({ group: group.key, hit })));
  const go = (hit: Hit): void => {
    const [path = '', own = ''] = hit.to.split('?'); // what the hit says of the day or scope goes before the scope in force
    setTyped('');
    onClose();
    navigate(withQuery(withQuery(path, scopeQuery(search)), Object.fromEntries(new URLSearchParams(own))));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((now) => (hits.length === 0 ? 0 : (now + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      const chosen = hits[at];
      if (chosen) { event.preventDefault(); go(chosen.hit); }
    }
  };
  useEffect(() => { document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }); }, [id, at]);
  let index = -1;
  return (
    <Dialog open={open} title={t('shell.search')} onClose={onClose} kind="palette" hideTitle>
      <div className="with-icon"><Icon name="search" />
        <input ref={box} className="in" type="text" role="combobox" aria-label={t('shell.search')} aria-expanded={hits.length > 0} aria-controls={`${id}-list`} aria-activedescendant={hits.length > 0 ? `${id}-${at}` : undefined} aria-autocomplete="list"
          placeholder={t('shell.search-hint')} autoComplete="off" spellCheck={false} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} onKeyDown={onKey} />
      </div>
      <div className="hits" role="listbox" id={`${id}-list`} aria-label={t('shell.search')}>
        {found.map((group) => (
          <div key={group.key} role="group" aria-label={group.label}>
            <h3 aria-hidden="true">{group.label}</h3>
            {group.hits.map((hit) => {
              index += 1;
              return <div key={hit.key} id={`${id}-${index}`} role="option" aria-selected={index === at} className="opt" onMouseDown={(event) => { event.preventDefault(); go(hit); }}><Icon name={hit.icon ?? 'right'} /><span className="grow">{hit.label}{hit.hint !== undefined && <small>{hit.hint}</small>}</span></div>;
            })}
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className="say" role="status">{busy ? t('kit.searching') : t('shell.search-none', { query: typed })}</p>}
      <div className="foot">{t('shell.search-keys')}</div>
    </Dialog>
  );
}
