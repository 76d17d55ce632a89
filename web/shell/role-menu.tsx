import { useState } from 'react';
import { language, sayKey, t } from '../i18n/words.ts';
import { Menu, type MenuItem } from '../kit/menu.tsx';
import { initialsOf, useSessionState, type Session } from '../session.tsx';
import { densityNow, setDensity, setTheme, themeNow, type Density, type Theme } from '../theme/theme.ts';
import type { ShellConfig } from './config.ts';
import { addressIn } from './language.ts';

const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const densities: readonly Density[] = ['thoang', 'vua', 'day'];

/** Who I am here, how the page looks, and the way out. */
export function RoleMenu({ session, config }: { readonly session: Session; readonly config: ShellConfig }) {
  const { signOut } = useSessionState();
  const [, redraw] = useState(0);
  const choose = (act: () => void) => () => { act(); redraw((n) => n + 1); };
  const other = language() === 'vi' ? 'en' : 'vi';
  const items: MenuItem[] = [
    { kind: 'heading', key: 'who', label: config.roleLine === '' ? session.name : `${session.name}, ${config.roleLine}` },
    { kind: 'link', key: 'account', label: t('nav.account'), icon: 'person', to: config.accountPath },
    { key: 'language', label: other === 'en' ? 'English' : 'Tiếng Việt', icon: 'chat', run: () => window.location.assign(addressIn(other, window.location.pathname, window.location.search)) },
    { kind: 'heading', key: 'theme', label: t('shell.theme') },
    ...themes.map((theme): MenuItem => ({ key: theme, label: sayKey(`shell.theme.${theme}`), checked: themeNow() === theme, run: choose(() => setTheme(theme)) })),
    { kind: 'heading', key: 'density', label: t('shell.density') },
    ...densities.map((density): MenuItem => ({ key: density, label: sayKey(`shell.density.${density}`), checked: densityNow() === density, run: choose(() => setDensity(density)) })),
    { key: 'out', label: t('shell.sign-out'), icon: 'exit', run: () => void signOut() },
  ];
  return (
    <Menu
      label={t('shell.menu-of', { name: session.name })} buttonClass="who" items={items}
      button={<><i aria-hidden="true">{initialsOf(session.name)}</i><span>{session.name}<small>{config.roleLine}</small></span></>}
    />
  );
}
