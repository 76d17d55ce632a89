import { useEffect, useMemo, useState, type ComponentType } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { moment } from '../i18n/format.ts';
import { language, t } from '../i18n/words.ts';
import { Icon } from '../kit/icon.tsx';
import { KeyHelp } from '../kit/key-help.tsx';
import { Skeleton } from '../kit/notice.tsx';
import { ToastHost } from '../kit/toast.tsx';
import { useSessionState } from '../session.tsx';
import type { Screen, ShellConfig, WebModule } from './config.ts';
import { baseOf } from './language.ts';
import { mayOpen } from './nav.ts';
import { PanelsOf } from './panels.tsx';
import { ErrorBoundary, Forbidden, NotFound } from './pages.tsx';
import { ScreenView } from './screen-view.tsx';
import { SideMenu, TabBar } from './side-menu.tsx';
import { TopBar, useContact } from './top-bar.tsx';
import { UpdateNotice } from './update-notice.tsx';

/** The frame of every screen: bar, menu, content, tabs; who may open what; what happens offline. */
export const Shell = ({ config }: { readonly config: ShellConfig }) => (
  <Router base={baseOf(language())}><PanelsOf modules={config.modules}><Frame config={config} /></PanelsOf></Router>
);

function Frame({ config }: { readonly config: ShellConfig }) {
  const { session } = useSessionState();
  const [location] = useLocation();
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); setSearching(true); }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <a className="skip" href="#noi-dung" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>('main')?.focus(); }}>{t('shell.skip')}</a>
      <TopBar config={config} onSearch={() => setSearching(true)} />
      {config.demonstration && <aside className="synthetic" aria-label={t('app.name')}>{t('app.synthetic')}</aside>}
      <div className={`frame${session ? '' : ' bare'}`}>
        {session && <SideMenu modules={config.modules} />}
        <main id="noi-dung" tabIndex={-1} data-quiet-focus>
          <OfflineBanner />
          <UpdateNotice />
          <ErrorBoundary of={location}><Screens config={config} /></ErrorBoundary>
        </main>
      </div>
      {session && <TabBar modules={config.modules} />}
      {session && searching && <LazyPalette config={config} onClose={() => setSearching(false)} />}
      <KeyHelp />
      <ToastHost />
    </>
  );
}

function OfflineBanner() {
  const { online, at } = useContact();
  if (online) return null;
  return <div className="offline" role="status"><Icon name="cloudOff" /><span>{t('shell.offline-banner')} {at !== undefined && t('shell.offline-since', { at: moment(at) })}</span></div>;
}

function Screens({ config }: { readonly config: ShellConfig }) {
  const { session } = useSessionState();
  const all = useMemo(() => config.modules.flatMap((owner) => owner.screens.map((screen) => ({ screen, owner }))), [config.modules]);
  const signIn = useMemo((): { screen: Screen; owner: WebModule } | undefined => {
    const owner = config.modules.find((module) => module.name === 'identity');
    return owner && { owner, screen: { path: '*', titleKey: 'shell.sign-in', permission: 'anyone', load: config.signIn } };
  }, [config]);
  if (session === undefined) return <Skeleton lines={6} />;
  return (
    <Switch>
      {all.map(({ screen, owner }) => (
        <Route key={screen.path} path={screen.path}>
          {mayOpen(screen, session) ? <ScreenView screen={screen} owner={owner} modules={config.modules} />
            : session === null && signIn ? <ScreenView {...signIn} modules={config.modules} /> : <Forbidden home={config.home} />}
        </Route>
      ))}
      <Route path="/">{session === null && signIn ? <ScreenView {...signIn} modules={config.modules} /> : <Redirect to={config.home} replace />}</Route>
      <Route>{session === null && signIn ? <ScreenView {...signIn} modules={config.modules} /> : <NotFound home={config.home} />}</Route>
    </Switch>
  );
}

type Palette = ComponentType<{ open: boolean; onClose: () => void; sources: ShellConfig['searches']; modules: ShellConfig['modules'] }>;

function LazyPalette({ config, onClose }: { readonly config: ShellConfig; readonly onClose: () => void }) {
  const [View, setView] = useState<Palette>();
  useEffect(() => { void import('./search-palette.tsx').then((module) => setView(() => module.SearchPalette)); }, []);
  return View ? <View open onClose={onClose} sources={config.searches} modules={config.modules} /> : null;
}
