import { readFileSync } from 'node:fs';

const vi = readMessages('messages.vi.json');
const en = readMessages('messages.en.json');

function readMessages(file: string): Map<string, string> {
  const parsed: unknown = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${file} is not a table of messages`);
  return new Map(Object.entries(parsed).map(([key, text]) => [key, String(text)]));
}

export type Facts = Readonly<Record<string, string | number>>;

/** The sentence of a message key in both languages, Vietnamese first; `{name}` is replaced by the fact of that name. */
export function sentences(key: string, facts: Facts = {}): { readonly vi: string; readonly en: string } {
  const fill = (text: string | undefined) =>
    (text ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
  return { vi: fill(vi.get(key)), en: fill(en.get(key)) };
}

/**
 * The database may not be used as it is. `message` holds the plain sentence in Vietnamese and in English, one a line:
 * print it and leave with `exitCode`.
 */
export class StartRefused extends Error {
  readonly problem: { readonly code: string } & Facts;
  readonly sentences: { readonly vi: string; readonly en: string };
  readonly exitCode = 3;

  constructor(code: string, facts: Facts = {}) {
    const both = sentences(`problem.${code}`, facts);
    super(`${both.vi}\n${both.en}`);
    this.name = 'StartRefused';
    this.problem = { ...facts, code };
    this.sentences = both;
  }
}
