import { useEffect, useState, useSyncExternalStore } from 'react';
import { lastContact, watchContact } from '../api.ts';
import { clock } from '../i18n/format.ts';
import { language, t } from '../i18n/words.ts';
import { Icon, BrandMark } from '../kit/icon.tsx';
import { A } from '../kit/link.tsx';
import { useSessionState } from '../session.tsx';
import { addressIn } from './language.ts';
import type { ShellConfig } from './config.ts';
import { RoleMenu } from './role-menu.tsx';
import { ScopeButton } from './scope-button.tsx';

export const useContact = () => useSyncExternalStore(watchContact, lastContact);

function SyncState() {
  const { online, at } = useContact();
  const say = online ? (at === undefined ? t('shell.syncing') : t('shell.synced', { at: clock(at) })) : t('shell.offline');
  return <span className="sync" title={say}><Icon name={online ? 'cloud' : 'cloudOff'} /><span>{say}</span></span>;
}

/** The other language is a plain address: the page is loaded in it, so nothing of two languages is ever mixed. */
export const LanguageLinks = ({ className = 'lang' }: { readonly className?: string }) => (
  <span className={className}>
    {(['vi', 'en'] as const).map((one) => (one === language()
      ? <b key={one} lang={one} aria-current="true">{one.toUpperCase()}</b>
      : <a key={one} lang={one} hrefLang={one} href={addressIn(one, window.location.pathname, window.location.search)} title={one === 'en' ? 'English' : 'Tiếng Việt'}
          onFocus={(event) => { event.currentTarget.href = addressIn(one, window.location.pathname, window.location.search); }}
          onPointerEnter={(event) => { event.currentTarget.href = addressIn(one, window.location.pathname, window.location.search); }}>{one.toUpperCase()}</a>))}
  </span>
);

export function TopBar({ config, onSearch }: { readonly config: ShellConfig; readonly onSearch: () => void }) {
  const { session } = useSessionState();
  const [mac, setMac] = useState(false);
  useEffect(() => setMac(/Mac|iPhone|iPad/.test(navigator.platform)), []);
  return (
    <header className={session ? 'top signed' : 'top'}><div className="top-in">
      <A className="brand" to={config.home}><BrandMark /><span>{t('app.name')}<small>{config.programme?.[language()] ?? t('app.programme')}</small></span></A>
      {session && <ScopeButton source={config.scopes} />}
      {session && <button type="button" className="find" aria-keyshortcuts="Control+K" onClick={onSearch}><Icon name="search" /><span>{t('shell.search')}…</span><kbd aria-hidden="true">{mac ? '⌘ K' : 'Ctrl K'}</kbd></button>}
      {session ? <SyncState /> : <span className="sync" />}
      <LanguageLinks />
      {session && <RoleMenu session={session} config={config} />}
    </div></header>
  );
}
