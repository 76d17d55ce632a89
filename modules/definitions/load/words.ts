/** Verdicts in words, for the command line and the operator's screen. */
import { fileURLToPath } from 'node:url';
import { readMessages } from '#platform/messages.ts';
import type { Verdict } from '../schema.ts';

export type Language = 'vi' | 'en' | undefined;
const folders = [new URL('..', import.meta.url), new URL('../formula/', import.meta.url)].map((url) => fileURLToPath(url));
const fill = (text: string, facts: Readonly<Record<string, unknown>>): string => text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? whole));

/** A message of this module; both languages beside each other when none is asked for. */
export function say(key: string, facts: Readonly<Record<string, unknown>>, language: Language): string {
  const messages = readMessages(folders);
  const one = (which: 'vi' | 'en'): string => {
    const says = typeof facts['problem'] === 'string' ? fill(messages[which][`formula.${facts['problem']}`] ?? facts['problem'], facts) : '';
    return fill(messages[which][key] ?? key, { ...facts, says });
  };
  return language === undefined ? `${one('vi')} / ${one('en')}` : one(language);
}

/** A verdict: mark, file, item, field and what to do; a formula's place is drawn below. */
export const verdictLines = (verdicts: readonly Verdict[], language: Language): string[] => verdicts.flatMap((one) => [
  `${one.severity === 'error' ? '✗' : '!'} ${[one.file, one.item, one.field].filter((part) => part !== '').join(' › ')}: ${say(`definitions.verdict.${one.code}`, { item: one.item, field: one.field, ...one.facts }, language)}`,
  ...(typeof one.facts['caret'] === 'string' ? one.facts['caret'].split('\n').map((line) => `    ${line}`) : []),
]);
