import { useState } from 'react';
import { useLocation } from 'wouter';
import { sayKey, t } from '../i18n/words.ts';
import { Drawer } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { A } from '../kit/link.tsx';
import { useSession } from '../session.tsx';
import type { WebModule } from './config.ts';
import { isUnder, menuOf } from './nav.ts';

const MenuLinks = ({ modules, onGo }: { readonly modules: readonly WebModule[]; readonly onGo?: () => void }) => {
  const [location] = useLocation();
  return (
    <>
      {menuOf(modules, useSession()).map(({ group, screens }) => (
        <div key={group}>
          <h2>{sayKey(`nav.group.${group}`)}</h2>
          {screens.map((screen) => (
            <A key={screen.path} to={screen.path} aria-current={isUnder(location, screen.path) ? 'page' : undefined} onClick={onGo}>
              <Icon name={screen.nav.icon} />{t(screen.nav.labelKey)}
            </A>
          ))}
        </div>
      ))}
    </>
  );
};

export const SideMenu = ({ modules }: { readonly modules: readonly WebModule[] }) => (
  <nav className="side" aria-label={t('nav.main')}><MenuLinks modules={modules} /></nav>
);

/** Four places at the foot of small screens; the fourth opens the whole menu. */
export function TabBar({ modules }: { readonly modules: readonly WebModule[] }) {
  const [open, setOpen] = useState(false);
  const [location] = useLocation();
  const tabs = menuOf(modules, useSession()).flatMap(({ screens }) => screens).filter((screen) => screen.nav.tab !== undefined).sort((a, b) => (a.nav.tab ?? 0) - (b.nav.tab ?? 0));
  return (
    <>
      <nav className="tabbar" aria-label={t('nav.main')}>
        {tabs.map((screen) => (
          <A key={screen.path} to={screen.path} aria-current={isUnder(location, screen.path) ? 'page' : undefined}><Icon name={screen.nav.icon} size={20} />{t(screen.nav.tabKey ?? screen.nav.labelKey)}</A>
        ))}
        <button type="button" aria-expanded={open} onClick={() => setOpen(true)}><Icon name="menu" size={20} />{t('nav.more')}</button>
      </nav>
      <Drawer open={open} title={t('nav.more')} onClose={() => setOpen(false)}><div className="side-in"><MenuLinks modules={modules} onGo={() => setOpen(false)} /></div></Drawer>
    </>
  );
}
