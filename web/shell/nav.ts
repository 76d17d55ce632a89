import { mayInSession, type Session } from '../session.tsx';
import { navGroups, type NavGroup, type Screen, type WebModule } from './config.ts';

export const mayOpen = (screen: Pick<Screen, 'permission'>, session: Session | null): boolean =>
  screen.permission === 'anyone' || (session !== null && (screen.permission === 'signed-in' || mayInSession(session, screen.permission)));

export type NavScreen = Screen & { readonly nav: NonNullable<Screen['nav']> };
const inMenu = (screen: Screen): screen is NavScreen => screen.nav !== undefined;

/** The menu of a session: only what exists and may be opened, in the groups' order. */
export function menuOf(modules: readonly WebModule[], session: Session): readonly { readonly group: NavGroup; readonly screens: readonly NavScreen[] }[] {
  const open = modules.flatMap((module) => module.screens).filter(inMenu).filter((screen) => mayOpen(screen, session));
  return navGroups.map((group) => ({ group, screens: open.filter((screen) => screen.nav.group === group) })).filter(({ screens }) => screens.length > 0);
}

/** True when the address is the entry's own or below it. */
export const isUnder = (location: string, path: string): boolean => location === path || location.startsWith(`${path}/`);
