/** `sauro import dhis2 …` and `sauro values export …`. Exit codes: 0 done, 1 refused or cut, 2 wrong use, 3 unreadable. */
import { accessSync, constants, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '#platform/db/database.ts';
import type { Facts, ObjectNote } from './exchange/report.ts';
import { exportValues, type ExportFormat } from './load/export-values.ts';
import { FileFault } from './load/files.ts';
import { importDhis2, type ImportReport } from './load/import-dhis2.ts';
import { objectSentence, sentence, words } from './exchange/words.ts';

type Io = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };
type Exit = 0 | 1 | 2 | 3;
type Language = 'vi' | 'en';

const importHelp = `sauro import dhis2 --units FILE --metadata FILE --values FILE… [--dry-run] [--report FILE|none] [--json]
    nhập cây đơn vị, định nghĩa và số liệu từ DHIS2 (JSON, CSV, gz, zip) / import units, definitions and values from DHIS2
  --units FILE       đơn vị, nhóm; lặp lại được / units and groups; may repeat
  --metadata FILE    gói mô tả; lặp lại được / metadata bundle; may repeat
  --values FILE      dataValueSets JSON hoặc CSV; lặp lại được / dataValueSets as JSON or CSV; may repeat
  --dry-run          chỉ nói điều sẽ đổi / only say what would change
  --report FILE      kết luận từng dòng (mặc định: cạnh tệp số liệu) / verdict of every row (default: beside the values)
  --strict           mã thoát 1 khi có dòng bị từ chối / exit code 1 when a row is refused
  --lang vi|en       ngôn ngữ / language
`;
const valuesHelp = `sauro values export --format csv|json|dhis2 [--period P]… [--data-set ID]… [--unit CODE]… [--out FILE]
    xuất số liệu, mỗi giá trị một dòng / export values, one row a value
`;

/** @param args what follows `sauro import` */
export async function importCommand(args: readonly string[], io: Io, db: Database): Promise<Exit> {
  const asked = parseImport(args);
  if (asked === undefined) { io.stderr(importHelp); return 2; }
  const { language } = asked;
  try {
    const answer = await importDhis2(db, asked);
    if (!answer.ok) {
      const facts = factsOf(answer.problem);
      if (asked.json) io.stdout(`${JSON.stringify({ problem: answer.problem })}\n`);
      else io.stderr(`${say(`problem.${answer.problem.code}`, facts, language)}\n`);
      return 1;
    }
    io.stdout(asked.json ? `${JSON.stringify(plain(answer.value, asked.report), null, 1)}\n` : summary(answer.value, language, asked.report));
    if (!asked.json) for (const { file, fault } of answer.value.fileProblems) io.stderr(`${say(`problem.import-${fault.code}`, { file, columns: fault.columns ?? '' }, language)}\n`);
    return answer.value.fileProblems.length > 0 || (asked.strict && answer.value.rows.refused > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (asked.json) io.stdout(`${JSON.stringify({ problem: { code: error.code, ...error.facts } })}\n`);
    else io.stderr(`${say(`problem.${error.code}`, error.facts, language)}\n`);
    return 3;
  }
}

const factsOf = (problem: object): Facts => Object.fromEntries(Object.entries(problem).map(([key, value]): [string, string | number] => [key, typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value)]));
const say = (key: string, facts: Facts, language: Language | undefined): string => (language === undefined ? `${words(key, facts, 'vi')} / ${words(key, facts, 'en')}` : words(key, facts, language));

function parseImport(args: readonly string[]) {
  const [from, ...rest] = args;
  if (from !== 'dhis2') return undefined;
  try {
    const { values, positionals } = parseArgs({
      args: [...rest], allowPositionals: true, strict: true,
      options: {
        units: { type: 'string', multiple: true }, metadata: { type: 'string', multiple: true }, values: { type: 'string', multiple: true }, report: { type: 'string' }, into: { type: 'string' }, lang: { type: 'string' },
        'dry-run': { type: 'boolean' }, json: { type: 'boolean' }, strict: { type: 'boolean' },
      },
    });
    const { units = [], metadata = [], values: files = [], lang } = values;
    if (positionals.length > 0 || (units.length === 0 && metadata.length === 0) || (lang !== undefined && lang !== 'vi' && lang !== 'en')) return undefined;
    const [first] = files;
    const beside = first === undefined ? undefined : join(mayWriteIn(dirname(first)) ? dirname(first) : tmpdir(), `${basename(first).replace(/\.(?:gz|zip)$/u, '').replace(/\.(?:json|csv)$/u, '')}.verdicts.csv`);
    return {
      units, metadata, values: files, report: values.report === 'none' ? undefined : values.report ?? beside, dryRun: values['dry-run'] === true, json: values.json === true, strict: values.strict === true,
      language: lang as Language | undefined, // one of the two, as checked above
    };
  } catch {
    return undefined; // an option that does not exist: the help says which do
  }
}

/** A bundle may lie on a disk that can only be read. */
function mayWriteIn(folder: string): boolean {
  try { accessSync(folder, constants.W_OK); return true; } catch { return false; }
}

/** As JSON: maps as objects, the path of the verdicts beside. */
const plain = ({ rows, firstFacts: _firstFacts, ...report }: ImportReport, path: string | undefined) => ({ ...report, rows: { ...rows, byCode: Object.fromEntries(rows.byCode) }, valuesPerSecond: Math.round(rows.read / report.seconds), verdicts: path ?? null });

function summary(report: ImportReport, language: Language | undefined, path: string | undefined): string {
  const { tree, groups, definitions, objects, rows, returns, seconds, dryRun } = report;
  const told: readonly Language[] = language === undefined ? ['vi', 'en'] : [language];
  const both = (make: (one: Language) => string): string => told.map(make).join(' / ');
  const lines = [
    ...(dryRun ? [say('summary.dry-run', {}, language)] : []),
    ...(tree === null ? [] : [say('summary.tree', tree.counts, language)]),
    ...(groups === null ? [] : [say('summary.groups', { sets: groups.sets, groups: groups.groups, members: groups.members }, language)]),
    ...(definitions === null ? [] : definitionLines(definitions, language)),
    ...objects.filter((one) => one.read > 0).flatMap((one) => [
      `  ${say('summary.kind', { kind: one.kind, read: one.read, taken: one.taken, changed: new Set(one.changed.map((note) => note.id)).size, refused: one.refused.length }, language)}`,
      ...noteLines(one.refused, '✗', { both, language, named: true }), ...noteLines(one.changed, '~', { both, language, named: false }),
    ]),
    ...(objects.some((one) => one.ignored > 0) ? [say('summary.ignored', { kinds: objects.filter((one) => one.ignored > 0).map((one) => `${one.kind} ${one.ignored}`).join(', ') }, language)] : []),
    say('summary.rows', { read: rows.read, added: rows.added, changed: rows.changed, removed: rows.removed, same: rows.same, refused: rows.refused, kept: rows.kept }, language),
    ...[...rows.byCode].sort((a, b) => b[1] - a[1]).map(([code, count]) => say('summary.codes', { count, text: both((each) => sentence(code, report.firstFacts.get(code) ?? {}, each)) }, told[0])),
    say('summary.returns', { added: returns.added, changed: returns.changed, same: returns.same, violations: returns.violations }, language),
    say('summary.time', { seconds: seconds.toFixed(2), rate: Math.round(rows.read / seconds) }, language),
    ...(path === undefined ? [] : [say('summary.report', { file: path }, language)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What changes in the definitions, item by item while they are few. */
function definitionLines({ edition, unchanged, changes, added, changed, corrected, ended }: NonNullable<ImportReport['definitions']>, language: Language | undefined): string[] {
  if (unchanged) return [say('summary.unchanged', { edition }, language)];
  const shown = changes.filter((one) => one.change !== 'added').slice(0, mostShown);
  const left = changes.length - shown.length - added;
  return [
    say('summary.programme', { edition, added, changed, corrected, ended }, language),
    ...(shown.length > mostShown / 2 && left > mostShown ? [] : [...shown.map((one) => `      ${changeMarks[one.change]} ${one.kind} ${one.id}${one.fields.length > 0 ? `: ${one.fields.map((field) => field.field).join(', ')}` : ''}`), ...(left > 0 ? [`      ${say('summary.more', { count: left }, language)}`] : [])]),
  ];
}
const mostShown = 40;
const changeMarks = { added: '+', changed: '~', ended: '−', corrected: '!' } as const;

type Noting = { readonly both: (make: (one: Language) => string) => string; readonly language: Language | undefined; readonly named: boolean };

/** Notes of one kind, those that say the same together with the first objects they are about; of sentences that differ the first few. */
function noteLines(notes: readonly ObjectNote[], mark: string, { both, language, named }: Noting): string[] {
  return [...Map.groupBy(notes, (note) => note.code)].flatMap(([, list]) => {
    const same = [...Map.groupBy(list, (note) => both((each) => objectSentence(note.code, note.facts, each)))].sort(([, a], [, b]) => b.length - a.length);
    const shown = same.slice(0, 3).map(([text, each]) => {
      const names = each.slice(0, 4).map((note) => [note.id, note.name].filter((part) => part !== '').join(' '));
      const rest = each.length - names.length;
      return `      ${mark} ${each.length} × ${text}${named || each.length === 1 ? ` [${names.join('; ')}${rest > 0 ? `; ${say('summary.more', { count: rest }, language)}` : ''}]` : ''}`;
    });
    return same.length > 3 ? [...shown, `      ${mark} ${say('summary.more', { count: list.length - same.slice(0, 3).reduce((sum, [, each]) => sum + each.length, 0) }, language)}`] : shown;
  });
}

/** @param args what follows `sauro values` */
export async function valuesCommand(args: readonly string[], io: Io, db: Database): Promise<Exit> {
  const asked = parseExport(args);
  if (asked === undefined) { io.stderr(valuesHelp); return 2; }
  const out = asked.out === undefined ? process.stdout : createWriteStream(asked.out, { mode: 0o600 });
  let closed = false;
  const stop = (error: Error & { readonly code?: string }): void => { if (error.code === 'EPIPE') closed = true; }; // whoever reads has seen enough
  out.on('error', stop);
  try {
    for await (const piece of exportValues(db, asked)) {
      if (closed) return 0;
      if (!out.write(piece)) await drained(out);
    }
    if (asked.out !== undefined) { out.end(); await once(out, 'finish'); }
    return 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0;
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
    io.stderr(`${say('problem.import-file-unreadable', { file: asked.out ?? '', reason: 'ENOENT' }, undefined)}\n`);
    return 3;
  }
}

/** Until more can be written, or whoever reads went away. */
async function drained(out: NodeJS.WritableStream): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([once(out, 'drain', waiting), once(out, 'close', waiting)]).finally(() => { waiting.abort(); });
}

function parseExport(args: readonly string[]) {
  const [verb, ...rest] = args;
  if (verb !== 'export') return undefined;
  try {
    const { values, positionals } = parseArgs({
      args: [...rest], allowPositionals: true, strict: true,
      options: { format: { type: 'string' }, period: { type: 'string', multiple: true }, 'data-set': { type: 'string', multiple: true }, unit: { type: 'string', multiple: true }, out: { type: 'string' } },
    });
    const { format = 'csv', period = [], unit = [] } = values;
    if (positionals.length > 0 || (format !== 'csv' && format !== 'json' && format !== 'dhis2')) return undefined;
    const kind: ExportFormat = format;
    return { format: kind, periods: period, dataSets: values['data-set'] ?? [], units: unit, out: values.out };
  } catch {
    return undefined;
  }
}
