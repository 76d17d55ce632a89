import { useEffect, useRef, useState, type ComponentType } from 'react';
import { useLocation } from 'wouter';
import { needWords, t } from '../i18n/words.ts';
import { Skeleton } from '../kit/notice.tsx';
import type { Screen, WebModule } from './config.ts';
import { Broken } from './pages.tsx';

type Loaded = { readonly screen: Screen | undefined; readonly View: ComponentType | undefined; readonly failed: boolean };

const wordsOf = (modules: readonly WebModule[], owner: WebModule) =>
  [owner, ...modules.filter((module) => owner.uses?.includes(module.name) === true)].map((module) => module.words);

/** Fetches a screen's code and its modules' words, then draws it; names the page and puts the focus on its heading. */
export function ScreenView({ screen, owner, modules }: { readonly screen: Screen; readonly owner: WebModule; readonly modules: readonly WebModule[] }) {
  const [loaded, setLoaded] = useState<Loaded>({ screen: undefined, View: undefined, failed: false });
  useEffect(() => {
    let gone = false;
    void Promise.all([screen.load(), needWords(wordsOf(modules, owner))]).then(
      ([module]) => { if (!gone) setLoaded({ screen, View: module.default, failed: false }); },
      () => { if (!gone) setLoaded({ screen, View: undefined, failed: true }); },
    );
    return () => { gone = true; };
  }, [screen, owner, modules]);
  useArrival(loaded.screen === screen, t(screen.titleKey));
  if (loaded.screen !== screen) return <Skeleton lines={6} />;
  if (loaded.failed || !loaded.View) return <Broken />;
  return <loaded.View />;
}

/** The first page keeps the browser's focus; each later one is announced by its heading. */
function useArrival(ready: boolean, title: string): void {
  const [location] = useLocation();
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (!ready || last.current === location) return undefined;
    let stop: (() => void) | undefined;
    document.title = `${title} – ${t('app.name')}`;
    if (last.current !== undefined || arrivals > 0) {
      window.scrollTo(0, 0);
      stop = focusHeading();
    }
    arrivals += 1;
    last.current = location;
    return stop;
  }, [ready, location, title]);
}

/** The heading takes the focus; when its facts are still on their way, or bring another heading in its place, as soon as that is drawn, unless the person moved on meanwhile. */
function focusHeading(): () => void {
  const main = document.querySelector<HTMLElement>('main');
  if (!main) return () => undefined;
  const heading = (): HTMLElement | null => main.querySelector<HTMLElement>('h1');
  (heading() ?? main).focus({ preventScroll: true });
  const watch = new MutationObserver(() => {
    const [held, late] = [document.activeElement, heading()];
    if (held !== main && held !== document.body && held !== late) stop();
    else if (late !== null && held !== late) late.focus({ preventScroll: true });
  });
  const acts = ['keydown', 'pointerdown'] as const;
  const stop = (): void => {
    watch.disconnect();
    for (const act of acts) removeEventListener(act, stop, true);
  };
  watch.observe(main, { childList: true, subtree: true });
  for (const act of acts) addEventListener(act, stop, { capture: true, once: true });
  return stop;
}

let arrivals = 0;

/** A screen about one thing names the page after it. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => { if (title !== undefined) document.title = `${title} – ${t('app.name')}`; }, [title]);
}
