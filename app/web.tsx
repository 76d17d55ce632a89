import { createRoot } from 'react-dom/client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import type { Reach } from '#kernel/actor.ts';
import { currentSession, signOut as endSession } from '#modules/identity/schema.ts';
import { call, type Answer } from '#web/api.ts';
import { raiseFloor } from '#web/floor.ts';
import { addWords, needWords, sayKey, setLanguage } from '#web/i18n/words.ts';
import { forgetWho, keepWho, keptWho } from '#web/offline/own-device.ts';
import { knowSenders } from '#web/offline/senders.ts';
import { forgetAll, hereStore } from '#web/offline/store.ts';
import { SessionProvider, type Session, type SessionState } from '#web/session.tsx';
import type { ShellConfig } from '#web/shell/config.ts';
import { languageOfAddress } from '#web/shell/language.ts';
import { mayOpen } from '#web/shell/nav.ts';
import { Shell } from '#web/shell/shell.tsx';
import { startTheme } from '#web/theme/theme.ts';
import '#web/theme/index.css';
import { getAbout } from './about.ts';
import { RecoverHost } from './web-recover.tsx';
import { homes, roleHomes, webModules } from './web-modules.ts';
import { searchSources, unitScopes } from './web-sources.ts';

type SessionReply = ReplyOf<typeof currentSession>;
type About = ReplyOf<typeof getAbout>;

const identity = webModules.find((module) => module.name === 'identity');

const reachOf = (grant: SessionReply['grants'][number]): Reach => {
  if (grant.level === 'nation') return { level: 'nation' };
  return grant.level === 'commune' && grant.commune !== null
    ? { level: 'commune', province: grant.province, commune: grant.commune } : { level: 'province', province: grant.province };
};

/** The session as screens use it: each role with what the policy lets it do. null: nobody, or the sign-in is not complete. */
function sessionOf(reply: SessionReply, policy: About['policy']): Session | null {
  if (reply.stage !== 'full' || reply.account === null) return null;
  const permissionsOf = (role: string): string[] => Object.entries(policy).filter(([, roles]) => roles.includes(role)).map(([permission]) => permission);
  return {
    account: reply.account.id, name: reply.account.name, language: reply.account.language, permissions: [],
    holdings: reply.grants.map((grant) => ({ role: grant.role, post: grant.post, office: grant.office, reach: reachOf(grant), permissions: permissionsOf(grant.role) })),
  };
}

const tabKey = 'sauro.session';

/** Who is signed in, kept for this tab (and on a device of one's own beyond it), so that a reload without network still opens; every answer still comes from the server. */
function keepInTab(reply: SessionReply): void {
  if (reply.stage === 'full') keepWho(reply); else forgetWho();
  try {
    if (reply.stage === 'full') sessionStorage.setItem(tabKey, JSON.stringify(reply));
    else sessionStorage.removeItem(tabKey);
  } catch { /* private mode keeps nothing */ }
}

function keptInTab(): SessionReply | undefined {
  try {
    const text = sessionStorage.getItem(tabKey);
    return (text === null ? keptWho() : JSON.parse(text)) as SessionReply | undefined; // written above, by this build or one before
  } catch {
    return undefined;
  }
}

const roleLine = (session: Session | null | undefined): string => {
  const first = session?.holdings[0];
  return first === undefined ? '' : sayKey(`identity.role.${first.role}`, {}, first.role);
};

const homeOf = (session: Session | null | undefined): string => {
  const screens = webModules.flatMap((module) => module.screens);
  const ofRole = session?.holdings.map((holding) => roleHomes[holding.role]) ?? [];
  return [...ofRole.filter((path) => path !== undefined), ...homes].find((path) => screens.some((screen) => screen.path === path && mayOpen(screen, session ?? null))) ?? '/tai-khoan';
};

function App({ about }: { readonly about: About | undefined }) {
  const [session, setSession] = useState<Session | null>();
  const load = useCallback(async () => {
    const answer: Answer<SessionReply> = await call(currentSession, {}, { recover: false });
    const policy = about?.policy ?? {};
    if (answer.ok) keepInTab(answer.value);
    const kept = answer.ok ? answer.value : answer.problem.code === 'offline' ? keptInTab() : undefined;
    setSession((before) => (kept === undefined ? (before ?? null) : sessionOf(kept, policy)));
  }, [about]);
  const signOut = useCallback(async () => {
    await call(endSession, { body: {} }, { recover: false });
    await forgetAll();
    sessionStorage.removeItem(tabKey);
    forgetWho();
    navigator.serviceWorker?.controller?.postMessage('forget');
    window.location.assign(document.documentElement.lang === 'en' ? '/en/' : '/');
  }, []);
  useEffect(() => { void load(); }, [load]);
  const account = session?.account;
  useEffect(() => {
    // What waits on this device is sent wherever the person is; nothing is fetched while nothing waits.
    if (account !== undefined) void hereStore.list(`${account}/entry/`).then((rows) => { if (rows.length > 0) void import('#web/offline/outbox-here.ts').then(({ keepSending }) => keepSending(account)); });
  }, [account]);
  const state = useMemo((): SessionState => ({ session, reload: load, signOut }), [session, load, signOut]);
  const config = useMemo((): ShellConfig => ({
    modules: webModules, scopes: unitScopes, searches: searchSources, home: homeOf(session), accountPath: '/tai-khoan',
    signIn: () => import('../modules/identity/screens/sign-in.tsx'), demonstration: about?.synthetic === true, programme: about?.programme ?? null, roleLine: roleLine(session),
  }), [session, about]);
  return (
    <SessionProvider state={state}>
      <Shell config={config} />
      <RecoverHost account={session?.account} />
    </SessionProvider>
  );
}

const aboutKey = 'sauro.about';
/** What the server says of itself, holding nothing of any person; the last such answer when there is no line, or roles would open nothing. */
function aboutOf(answer: Answer<About>): About | undefined {
  try {
    if (answer.ok) localStorage.setItem(aboutKey, JSON.stringify(answer.value));
    else return JSON.parse(localStorage.getItem(aboutKey) ?? 'null') as About | null ?? undefined; // written above, by this build or one before
  } catch { /* private mode keeps nothing */ }
  return answer.ok ? answer.value : undefined;
}

async function start(): Promise<void> {
  raiseFloor();
  startTheme();
  for (const module of webModules) {
    for (const [kind, load] of Object.entries(module.sends ?? {})) knowSenders({ [kind]: async () => (await Promise.all([load(), needWords([module.words])]))[0].default });
  }
  setLanguage(languageOfAddress(window.location.pathname), { pseudo: new URLSearchParams(window.location.search).has('pseudo') });
  const [words, about] = await Promise.all([
    document.documentElement.lang === 'en' ? import('../web/messages.en.json') : import('../web/messages.vi.json'),
    call(getAbout, {}, { recover: false }),
    ...(identity ? [needWords([identity.words])] : []),
  ]);
  addWords(words.default);
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App about={aboutOf(about)} />);
}

void start();
