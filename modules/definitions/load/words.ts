/** Verdicts in words, for the command line and the operator's screen. */
import { fileURLToPath } from 'node:url';
import { readMessages } from '#platform/messages.ts';
import type { Verdict } from '../schema.ts';

type Language = 'vi' | 'en';
const folder = fileURLToPath(new URL('..', import.meta.url));
const fill = (text: string, facts: Readonly<Record<string, unknown>>): string => text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? whole));

/** A message of this module; both languages beside each other when none is asked for. */
export function say(key: string, facts: Readonly<Record<string, unknown>>, language: Language | undefined): string {
  const messages = readMessages([folder]);
  const one = (which: Language): string => fill(messages[which][key] ?? key, facts);
  return language === undefined ? `${one('vi')} / ${one('en')}` : one(language);
}

/** One line a verdict: mark, file, item, field, and what to do. */
export const verdictLines = (verdicts: readonly Verdict[], language: Language | undefined): string[] =>
  verdicts.map((one) => `${one.severity === 'error' ? '✗' : '!'} ${[one.file, one.item, one.field].filter((part) => part !== '').join(' › ')}: ${say(`definitions.verdict.${one.code}`, { item: one.item, field: one.field, ...one.facts }, language)}`);
