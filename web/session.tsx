import { createContext, useContext, type ReactNode } from 'react';
import { reaches, type Reach } from '#kernel/actor.ts';
import type { Place } from '#kernel/policy.ts';
import type { Language } from './i18n/catalogue.ts';

/** One role held at an office by post, with what it may do; drawn from identity's reply by `app/`. */
export type Holding = {
  readonly role: string;
  readonly post: string;
  readonly office: string;
  readonly reach: Reach;
  readonly permissions: readonly string[];
};

export type Session = {
  readonly account: string;
  readonly name: string;
  readonly language: Language;
  readonly holdings: readonly Holding[];
  /** Permissions of every signed-in account. */
  readonly permissions: readonly string[];
};

export type SessionState = {
  /** undefined: still asking; null: nobody is signed in. */
  readonly session: Session | null | undefined;
  readonly reload: () => Promise<void>;
  readonly signOut: () => Promise<void>;
};

const Holder = createContext<SessionState>({ session: undefined, reload: async () => undefined, signOut: async () => undefined });

export const SessionProvider = ({ state, children }: { readonly state: SessionState; readonly children: ReactNode }) =>
  <Holder.Provider value={state}>{children}</Holder.Provider>;

export const useSessionState = (): SessionState => useContext(Holder);

/** Who is signed in. Inside a screen that needs a session there always is one. @throws outside such a screen */
export function useSession(): Session {
  const { session } = useContext(Holder);
  if (!session) throw new Error('this screen was opened without a session');
  return session;
}

/** May this session do this, here? Left out, `place` asks "anywhere". The server decides; this only draws buttons. */
export const mayInSession = (session: Session, permission: string, place?: Place): boolean =>
  session.permissions.includes(permission) || session.holdings.some((holding) =>
    holding.permissions.includes(permission) && (place === undefined || reaches(holding.reach, place.province, place.commune)));

/** `const may = useMay(); may('directives.issue', { province })` */
export function useMay(): (permission: string, place?: Place) => boolean {
  const session = useSession();
  return (permission, place) => mayInSession(session, permission, place);
}

/** The widest reach the session holds: where its screens begin. */
export function homeReach(session: Session): Reach {
  const order = ['nation', 'province', 'commune'] as const;
  const reach = order.map((level) => session.holdings.find((holding) => holding.reach.level === level)?.reach).find((found) => found !== undefined);
  return reach ?? { level: 'nation' };
}

/** Two letters for the round mark: first of the family name, first of the given name. */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = parts[0]?.[0] ?? '';
  const last = parts.length > 1 ? (parts[parts.length - 1]?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
