import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { clears, extractDirective, type ExtractedAssignment, type Extraction } from './extract/extract.ts';
import en from './extract/messages.en.json' with { type: 'json' };
import vi from './extract/messages.vi.json' with { type: 'json' };
import { predictionOf } from './extract/prediction.ts';

type Io = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };
type Words = (key: string, facts?: Readonly<Record<string, string | number>>) => string;

const wordsOf = (language: string): Words => {
  const texts = new Map(Object.entries(language === 'en' ? en : vi));
  return (key, facts = {}) => (texts.get(`extract.${key}`) ?? key).replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? whole));
};

/** `sauro directives …`. Exit codes: 0 done, 2 wrong use, 3 the file cannot be read. */
export async function directivesCommand(args: readonly string[], io: Io): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'extract') return extractCommand(rest, io);
  io.stderr(`${wordsOf('vi')('cli.usage')}\n${wordsOf('en')('cli.usage')}\n`);
  return 2;
}

/**
 * `sauro directives extract FILE [--json] [--lang vi|en]`: prints the assignments a document gives.
 * Works without database, network or configuration; the same file gives the same bytes.
 * @returns 0 also when nothing is found; 2 wrong use; 3 the file cannot be read
 */
export async function extractCommand(args: readonly string[], io: Io): Promise<number> {
  const asked = parse(args);
  const words = wordsOf(asked?.language ?? 'vi');
  if (asked === undefined) {
    io.stderr(`${words('cli.usage')}\n`);
    return 2;
  }
  const read = await textOf(asked.file);
  if ('problem' in read) {
    io.stderr(`${words(read.problem === '' ? 'cli.no-file' : 'cli.refused', { file: asked.file, code: read.problem })}\n`);
    return 3;
  }
  const extraction = extractDirective(read.text);
  const id = basename(asked.file, extname(asked.file));
  io.stdout(asked.json ? `${JSON.stringify(predictionOf(id, extraction))}\n` : tableOf(extraction, words));
  return 0;
}

function parse(args: readonly string[]): { file: string; json: boolean; language: 'vi' | 'en' } | undefined {
  const files: string[] = [];
  let json = false;
  let language: 'vi' | 'en' = 'vi';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--json') json = true;
    else if (arg === '--lang') {
      const next = args[++i];
      if (next !== 'vi' && next !== 'en') return undefined;
      language = next;
    } else if (arg.startsWith('--')) return undefined;
    else files.push(arg);
  }
  const [file] = files;
  return files.length === 1 && file !== undefined ? { file, json, language } : undefined;
}

async function textOf(file: string): Promise<{ text: string } | { problem: string }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch {
    return { problem: '' };
  }
  if (/\.(?:txt|md)$/iu.test(file)) {
    try {
      // A byte order mark stays: spans count from the first unit of the file as it is.
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
      // Not UTF-8: the document reader knows the older encodings.
    }
  }
  const { readDocument } = await import('#platform/documents/read.ts');
  const answer = await readDocument(bytes, basename(file));
  return answer.ok ? { text: answer.value.text } : { problem: answer.problem.code };
}

function tableOf(extraction: Extraction, words: Words): string {
  if (!extraction.isDirective) return `${words(`not-directive.${extraction.notDirectiveReason ?? 'no-obligation'}`)}\n`;
  const lines = [words('cli.assignments', { count: extraction.assignments.length }), ''];
  extraction.assignments.forEach((one, i) => lines.push(...rowsOf(one, i + 1, words), ''));
  return `${lines.join('\n').trimEnd()}\n`;
}

function rowsOf(one: ExtractedAssignment, number: number, words: Words): string[] {
  const names = (actors: ExtractedAssignment['lead']) => actors.map((actor) => actor.text).join('; ') || words('cli.none');
  const rows = [`${number}. ${one.text.replace(/\s+/gu, ' ')}`, `   ${words('cli.lead')}: ${names(one.lead)}`];
  if (one.coordinating.length > 0) rows.push(`   ${words('cli.coordinating')}: ${names(one.coordinating)}`);
  rows.push(`   ${words('cli.deadline')}: ${one.deadlines.map((due) => `${due.value} (${due.text})`).join('; ') || words('cli.none')}`);
  rows.push(`   ${words('cli.product')}: ${one.result.product ?? words('cli.none')}`);
  if (one.result.targets.length > 0) rows.push(`   ${words('cli.targets')}: ${one.result.targets.map((target) => `${target.text}${target.year === null ? '' : ` (${target.year})`}`).join('; ')}`);
  for (const clear of clears) {
    const verdict = one.verdicts[clear];
    if (verdict.state !== 'clear') rows.push(`   ${words('cli.unclear')}: ${words(`reason.${verdict.reason.code}`, verdict.reason.facts)}`);
  }
  return rows;
}
