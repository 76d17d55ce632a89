/** `sauro programme …`: check, diff, load. Exit codes: 0 done, 1 the folder has errors, 2 wrong use. */
import { parseArgs } from 'node:util';
import type { Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import { checkFiles, loadProgramme, type LoadOptions } from './load.ts';
import { readProgrammeFolder } from './load/folder.ts';
import { say, verdictLines, type Language } from './load/words.ts';
import type { EditionDiff, ProgrammeFiles, ProgrammeRefused, Verdict } from './schema.ts';

type Io = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };
type Asked = { readonly folder: string; readonly json: boolean; readonly language: Language; readonly note: string | undefined; readonly partial: boolean };
type Ask = Asked & { readonly io: Io };

const help = `sauro programme check FOLDER [--json]
    kiểm tra thư mục định nghĩa, không cần cơ sở dữ liệu / check a folder of definitions; needs no database
sauro programme diff FOLDER [--partial] [--json]
    nạp thử: nói sẽ đổi gì, không ghi / a dry run: tells what would change and writes nothing
sauro programme load FOLDER --note TEXT [--partial] [--json]
    nạp: một ấn bản mới, hoặc không gì cả / load: one new edition, or nothing
--partial       mục không có trong thư mục được giữ nguyên / items the folder does not name are left as they are
--lang vi|en    ngôn ngữ / language
Mã thoát / exit codes: 0 xong / done; 1 có lỗi / errors; 2 dùng sai / wrong use
`;

/** `programme check` reads files only. @returns undefined when the verb needs the database */
export async function programmeCheckCommand(args: readonly string[], io: Io): Promise<0 | 1 | 2 | undefined> {
  const [verb, ...rest] = args;
  if (verb === 'diff' || verb === 'load') return undefined;
  const asked = verb === 'check' ? readAsked(rest) : undefined;
  if (asked === undefined) { io.stderr(help); return 2; }
  const read = await readProgrammeFolder(asked.folder);
  if (!read.ok) return refused({ ...asked, io }, read.problem);
  const verdicts = checkFiles(read.value);
  const errors = verdicts.filter((one) => one.severity === 'error').length;
  if (errors > 0) return refused({ ...asked, io }, { code: 'programme-has-errors', errors, verdicts });
  const items = read.value.files.reduce((sum, file) => sum + file.items.length, 0);
  if (asked.json) io.stdout(`${JSON.stringify({ items, verdicts })}\n`);
  else io.stdout(`${[...verdictLines(verdicts, asked.language), say('definitions.cli.checked', { items, warnings: verdicts.length }, asked.language)].join('\n')}\n`);
  return 0;
}

/** `programme diff` and `programme load`. */
export async function programmeCommand(args: readonly string[], io: Io, db: Database): Promise<0 | 1 | 2> {
  const [verb, ...rest] = args;
  const asked = readAsked(rest);
  if (asked === undefined || (verb === 'load' && asked.note === undefined)) { io.stderr(help); return 2; }
  const ask = { ...asked, io };
  const read = await readProgrammeFolder(asked.folder);
  if (!read.ok) return refused(ask, read.problem);
  const loaded = await run(db, read.value, { note: asked.note ?? '', by: 'command line', dryRun: verb === 'diff', partial: asked.partial });
  if (!loaded.ok) return refused(ask, loaded.problem);
  if (asked.json) io.stdout(`${JSON.stringify(loaded.value)}\n`);
  else io.stdout(`${diffLines(loaded.value, asked.language).join('\n')}\n`);
  return 0;
}

const run = (db: Database, files: ProgrammeFiles, options: LoadOptions): Promise<Result<EditionDiff, ProgrammeRefused>> => loadProgramme(db, files, options);

function readAsked(args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: { json: { type: 'boolean' }, partial: { type: 'boolean' }, note: { type: 'string' }, lang: { type: 'string' } } });
    const { lang } = values;
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1 || (lang !== undefined && lang !== 'vi' && lang !== 'en')) return undefined;
    return { folder, json: values.json === true, partial: values.partial === true, language: lang, note: values.note?.trim() === '' ? undefined : values.note?.trim() };
  } catch {
    return undefined; // an option that does not exist: the help says which do
  }
}

function refused({ io, json, language }: Ask, problem: { readonly code: string; readonly errors: number; readonly verdicts: readonly Verdict[] }): 1 {
  if (json) io.stdout(`${JSON.stringify({ problem })}\n`);
  else io.stderr(`${[...verdictLines(problem.verdicts, language), say('problem.programme-has-errors', { errors: problem.errors }, language)].join('\n')}\n`);
  return 1;
}

const marks: Readonly<Record<string, string>> = { added: '+', changed: '~', ended: '-', corrected: '!' };

function diffLines(diff: EditionDiff, language: Language): string[] {
  if (diff.unchanged) return [say('definitions.cli.unchanged', { edition: diff.edition }, language)];
  const shown = diff.changes.slice(0, 200).map((one) => `${marks[one.change] ?? ' '} ${one.kind} ${one.id} ${one.from}${one.fields.length > 0 ? ` (${one.fields.map((field) => field.field).join(', ')})` : ''}`);
  return [
    ...shown, ...(diff.changes.length > shown.length ? [`… ${diff.changes.length - shown.length}`] : []), ...verdictLines(diff.warnings, language),
    say(diff.dryRun ? 'definitions.cli.would' : 'definitions.cli.loaded', { edition: diff.edition, added: diff.added, changed: diff.changed, ended: diff.ended, corrected: diff.corrected, slotsAdded: diff.slotsAdded, slotsRetired: diff.slotsRetired }, language),
  ];
}
