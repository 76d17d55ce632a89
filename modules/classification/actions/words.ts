/** The module's words on the server, for papers. */
import { join } from 'node:path';
import { readMessages, type Messages } from '#platform/messages.ts';

let read: Messages | undefined;

/** The text of a key in a language, with its placeholders filled; the key itself when it is missing, so that nothing is hidden. */
export function say(language: 'vi' | 'en', key: string, facts: Readonly<Record<string, string | number>> = {}): string {
  read ??= readMessages(['..', '../screens'].map((folder) => join(import.meta.dirname, folder))); // papers call criteria what the screens call them
  return (read[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
