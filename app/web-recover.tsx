import { useEffect, useState, type ComponentType } from 'react';
import { needWords } from '#web/i18n/words.ts';
import { recoverWith } from '#web/api.ts';
import { webModules } from './web-modules.ts';

type Asked = { readonly code: 'sign-in-needed' | 'step-up-needed'; readonly answer: (again: boolean) => void };
type Dialog = ComponentType<{ readonly code: Asked['code']; readonly account: string | undefined; readonly onDone: (again: boolean) => void }>;

/** Opens the sign-in (or second factor) over the page when a call needs it; what was being typed stays where it is. */
export function RecoverHost({ account }: { readonly account: string | undefined }) {
  const [asked, setAsked] = useState<Asked>();
  const [View, setView] = useState<Dialog>();
  useEffect(() => {
    let waiting: Promise<boolean> | undefined;
    recoverWith((code) => {
      if (account === undefined) return Promise.resolve(false);
      waiting ??= new Promise<boolean>((settle) => setAsked({ code, answer: settle })).finally(() => { waiting = undefined; setAsked(undefined); });
      return waiting;
    });
    return () => recoverWith(async () => false);
  }, [account]);
  useEffect(() => {
    if (!asked) return;
    const words = webModules.filter((module) => module.name === 'identity').map((module) => module.words);
    void Promise.all([import('../modules/identity/screens/recover.tsx'), needWords(words)]).then(([module]) => setView(() => module.default), () => asked.answer(false));
  }, [asked]);
  return asked && View ? <View code={asked.code} account={account} onDone={asked.answer} /> : null;
}
