/** `sauro units …`: list, search, import boundaries. Exit codes: 0 done, 1 refused, 2 wrong use, 3 unreadable. */
import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { vietnamDay, type PlainDate } from '#kernel/day.ts';
import type { Refusal, Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { readMessages } from '#platform/messages.ts';
import { openBook } from './actions.ts';
import { treeOn, unitOn } from './book.ts';
import { importBoundaries as importFile } from './load/import-boundaries.ts';
import { dayAsked } from './rules.ts';
import { searchNames } from './search.ts';
import { unitKinds } from './schema.ts';

type Io = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };
type Exit = 0 | 1 | 2 | 3;
type Options = { readonly json: boolean; readonly asOf: string | undefined; readonly province: string | undefined; readonly language: 'vi' | 'en' | undefined };
type Ask = { readonly io: Io; readonly db: Database; readonly options: Options; readonly today: PlainDate; readonly words: readonly string[] };

const help = `sauro units list [--province CODE] [--as-of YYYY-MM-DD] [--json]
    liệt kê đơn vị hành chính theo bản đồ của một ngày / list units on the map of a day
sauro units search WORDS [--as-of YYYY-MM-DD] [--json]
    tìm theo tên mới, tên cũ, mã, có dấu hay không dấu / find by present or former name or code, with or without accents
sauro units import-boundaries FILE [--as-of YYYY-MM-DD] [--json]
    nạp ranh giới từ GeoJSON hoặc TopoJSON (WGS 84), nối theo mã / import boundaries, joined by official codes
--lang vi|en    ngôn ngữ / language
Mã thoát / exit codes: 0 xong / done; 1 bị từ chối / refused; 2 dùng sai / wrong use; 3 không đọc được tệp / file unreadable
`;

/** Largest file taken: the finest public boundaries of 3,321 communes are below 100 MB. */
const largestFile = 150_000_000;

/** @param args what follows `sauro units` @param db with units loaded @param today for tests */
export async function unitsCommand(args: readonly string[], io: Io, db: Database, today: PlainDate = vietnamDay(new Date())): Promise<Exit> {
  const parsed = parse(args);
  if (parsed === undefined) { io.stderr(help); return 2; }
  const [verb, ...words] = parsed.words;
  if (parsed.help) { io.stdout(help); return 0; }
  const ask: Ask = { io, db, options: parsed.options, today, words };
  if (verb === 'list' && words.length === 0) return list(ask);
  if (verb === 'search' && words.length > 0) return search(ask);
  if (verb === 'import-boundaries' && words.length === 1) return importBoundaries(ask);
  io.stderr(help);
  return 2;
}

function parse(args: readonly string[]): { words: string[]; help: boolean; options: Options } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, 'as-of': { type: 'string' }, province: { type: 'string' }, lang: { type: 'string' } },
    });
    if (values.lang !== undefined && values.lang !== 'vi' && values.lang !== 'en') return undefined;
    return { words: positionals, help: values.help === true, options: { json: values.json === true, asOf: values['as-of'], province: values.province, language: values.lang } };
  } catch {
    return undefined; // an option that does not exist: the help says which do
  }
}

const fill = (text: string, facts: Readonly<Record<string, unknown>>): string => text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? whole));

function inWords({ options }: Ask, key: string, facts: object): string {
  const known = { ...facts };
  const messages = readMessages([import.meta.dirname]);
  const say = (language: 'vi' | 'en'): string => fill(messages[language][key] ?? key, known);
  return options.language === undefined ? `${say('vi')} / ${say('en')}` : say(options.language);
}

function refusedWith(ask: Ask, problem: Refusal, exit: 1 | 3 = 1): Exit {
  if (ask.options.json) ask.io.stdout(`${JSON.stringify({ problem })}\n`);
  else ask.io.stderr(`${inWords(ask, `problem.${problem.code}`, problem)}\n`);
  return exit;
}

/** Answers a question about a day; refusals go to the caller in words or as JSON. */
async function answer<T>(ask: Ask, work: (tx: Tx, day: PlainDate) => Promise<Result<T>>, print: (value: T) => string): Promise<Exit> {
  const day = dayAsked(ask.options.asOf, ask.today);
  if (!day.ok) return refusedWith(ask, day.problem);
  const found = await ask.db.read('system', (tx) => work(tx, day.value));
  if (!found.ok) return refusedWith(ask, found.problem);
  ask.io.stdout(ask.options.json ? `${JSON.stringify(found.value)}\n` : print(found.value));
  return 0;
}

const list = (ask: Ask): Promise<Exit> => answer(ask, async (tx, day) => {
  const book = await openBook(tx);
  const tree = treeOn(book, day);
  const { province } = ask.options;
  if (province === undefined) return { ok: true, value: tree };
  const found = unitOn(book, province, day);
  if (!found.ok) return found;
  return { ok: true, value: { ...tree, provinces: tree.provinces.filter((one) => one.code === found.value.province) } };
}, (tree) => [
  inWords(ask, 'org-units.counts', tree.counts),
  ...tree.provinces.flatMap((province) => [`${province.code}     ${province.nameVi}`, ...province.communes.map(([code, nameVi, kind]) => `  ${code}  ${nameVi}${unitKinds[kind] === 'island-district' ? ' *' : ''}`)]),
  '',
].join('\n'));

const search = (ask: Ask): Promise<Exit> => answer(ask, async (tx, day) => ({
  ok: true, value: { asOf: day, hits: searchNames((await openBook(tx)).names(), ask.words.join(' '), { asOf: day, limit: 20 }) },
}), ({ hits }) => `${hits.map((hit) => `${hit.code.padEnd(6)} ${hit.nameVi}${hit.placeVi === '' ? '' : `, ${hit.placeVi}`}${hit.validTo === null ? '' : ` (→ ${hit.nowCodes.join(', ')})`}`).join('\n')}\n`);

async function importBoundaries(ask: Ask): Promise<Exit> {
  const day = dayAsked(ask.options.asOf, ask.today);
  if (!day.ok) return refusedWith(ask, day.problem);
  const text = await readText(ask.words[0] ?? '');
  if (text === undefined) return refusedWith(ask, { code: 'boundaries-unreadable' }, 3);
  const read = await ask.db.write('system', (tx) => importFile(tx, text, day.value));
  if (!read.ok) return refusedWith(ask, read.problem, read.problem.code === 'boundaries-unreadable' ? 3 : 1);
  for (const { report } of read.value) {
    if (ask.options.json) { ask.io.stdout(`${JSON.stringify(report)}\n`); continue; }
    for (const one of report.warnings) ask.io.stderr(`! ${inWords(ask, `org-units.boundary-warning.${one.code}`, { count: one.count, codes: one.codes.join(', ') })}\n`);
    ask.io.stdout(`${inWords(ask, 'org-units.boundaries-imported', { joined: report.joined, points: report.points })}\n`);
  }
  return 0;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).size > largestFile) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch {
    return undefined; // no such file, no right to read it, or not text: the answer is the same
  }
}
