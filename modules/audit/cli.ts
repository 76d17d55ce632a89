/** `sauro audit verify | checkpoint | export`. Exit codes: 0 verified or done, 1 tampering found, 2 wrong use, 3 could not read. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nationLog, nodeCrypto, publishedKeys } from '#platform/log/checkpoint.ts';
import { loadLogKeys } from '#platform/log/keys.ts';
import { sequenceAll } from '#platform/log/sequencer.ts';
import { signDue } from '#platform/log/sign.ts';
import { listCheckpoints } from '#platform/log/store.ts';
import { fileWitness } from '#platform/log/witness.ts';
import { readMessages, sentenceOf } from '#platform/messages.ts';
import type { Services } from '#platform/services.ts';
import { exportLog } from './actions/export.ts';
import { UnreadableExport, verifyExport, type VerifyOptions } from './rules/verify-export.ts';
import type { Finding, Verdict } from './rules/verdict.ts';

export type Io = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };
type Facts = Readonly<Record<string, string | number>>;
type Tongue = 'vi' | 'en';
type CliServices = Pick<Services, 'db' | 'keysDir'>;

const exits = { verified: 0, tampered: 1, usage: 2, unreadable: 3 } as const;
const tongues = ['vi', 'en'] as const;

const messages = readMessages([import.meta.dirname, join(import.meta.dirname, 'screens')]);
const say = (key: string, facts: Facts, tongue: Tongue): string =>
  sentenceOf({ vi: { [`problem.${key}`]: messages.vi[key] ?? key }, en: { [`problem.${key}`]: messages.en[key] ?? key } })(key, facts, tongue);
const both = (key: string, facts: Facts = {}): string => tongues.map((tongue) => `${say(key, facts, tongue)}\n`).join('');

type Words = { readonly files: readonly string[]; readonly flags: ReadonlySet<string>; readonly values: ReadonlyMap<string, readonly string[]> };

/** `FILE --flag --name=value --name value`; null when a word is not known or a value is missing. */
function wordsOf(args: readonly string[], flags: readonly string[], names: readonly string[]): Words | null {
  const values = new Map<string, string[]>();
  const given = new Set<string>();
  const files: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    const [, name = '', joined] = /^--([a-z]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!arg.startsWith('-')) files.push(arg);
    else if (joined === undefined && flags.includes(name)) given.add(name);
    else if (names.includes(name)) {
      const value = joined ?? left.shift() ?? '';
      if (value === '' || value.startsWith('--')) return null;
      values.set(name, [...(values.get(name) ?? []), value]);
    } else return null;
  }
  return { files, flags: given, values };
}

const verifyFlags = ['json'];
const verifyNames = ['checkpoint', 'key', 'log'];

/** True when `audit verify` was given a file: then nothing of the installation needs to be opened. */
export const namesExport = (args: readonly string[]): boolean => (wordsOf(args, verifyFlags, verifyNames)?.files.length ?? 1) > 0;

function usage(io: Io, command: 'verify' | 'checkpoint' | 'export'): number {
  io.stderr(both(`audit.cli.help.${command}`));
  return exits.usage;
}

function asksHelp(args: readonly string[], io: Io, command: 'verify' | 'checkpoint' | 'export'): boolean {
  if (!args.includes('--help') && !args.includes('-h')) return false;
  io.stdout(both(`audit.cli.help.${command}`));
  return true;
}

const factsOf = (each: Finding): Facts => ({
  log: each.log ?? '', index: each.index ?? '', lastIndex: each.lastIndex ?? '', id: each.id ?? '', detail: each.detail ?? '',
});

function report(verdict: Verdict, tongue: Tongue): string {
  const lines = [say(verdict.ok ? 'audit.cli.verified' : 'audit.cli.tampered', { findings: verdict.findings.length }, tongue)];
  lines.push(say('audit.cli.counts', { entries: verdict.entries, signed: verdict.signed, checkpoints: verdict.checkpoints, logs: verdict.logs.length }, tongue));
  if (!verdict.keyPinned) lines.push(say('audit.cli.key-not-pinned', {}, tongue));
  if (verdict.first) lines.push(say('audit.cli.first', {}, tongue), `  ${say(`audit.finding.${verdict.first.code}`, factsOf(verdict.first), tongue)}`);
  const others = verdict.findings.filter((each) => each !== verdict.first);
  lines.push(...others.slice(0, 20).map((each) => `  ${say(`audit.finding.${each.code}`, factsOf(each), tongue)}`));
  return `${lines.join('\n')}\n`;
}

async function optionsOf(words: Words): Promise<VerifyOptions> {
  const pinnedNotes = await Promise.all((words.values.get('checkpoint') ?? []).map((path) => readFile(path, 'utf8')));
  const keys = words.values.get('key') ?? [];
  const logs = words.values.get('log');
  return { crypto: nodeCrypto, pinnedNotes, ...(keys.length > 0 ? { pinnedKeys: keys } : {}), ...(logs === undefined ? {} : { logs }) };
}

const linesOfFile = (path: string): AsyncIterable<string> => createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });

async function verdictOf(words: Words, services: CliServices | undefined): Promise<Verdict> {
  const options = await optionsOf(words);
  const [file] = words.files;
  if (file !== undefined) return verifyExport(linesOfFile(file), options);
  if (services === undefined) throw new UnreadableExport('no file and no database');
  return services.db.read('system', (tx) => verifyExport(exportLog(tx, new Date().toISOString(), options.logs), options));
}

/**
 * `audit verify [FILE] [--checkpoint=NOTE] [--key=KEY] [--log=NN] [--json]`: an export file offline, or the database itself.
 *
 * @param services left out: only a file can be verified, and nothing of the installation is opened
 */
export async function auditVerifyCommand(args: readonly string[], io: Io, services?: CliServices): Promise<number> {
  if (asksHelp(args, io, 'verify')) return exits.verified;
  const words = wordsOf(args, verifyFlags, verifyNames);
  if (words === null || words.files.length > 1 || (words.files.length === 0 && services === undefined)) return usage(io, 'verify');
  try {
    const verdict = await verdictOf(words, services);
    io.stdout(words.flags.has('json') ? `${JSON.stringify(verdict, null, 2)}\n` : tongues.map((tongue) => report(verdict, tongue)).join('\n'));
    return verdict.ok ? exits.verified : exits.tampered;
  } catch (error) {
    const unread = error instanceof UnreadableExport || (error instanceof Error && 'syscall' in error);
    if (!unread) throw error;
    if (words.flags.has('json')) io.stdout(`${JSON.stringify({ ok: false, unreadable: error.message })}\n`);
    else io.stderr(both('audit.cli.unreadable', { reason: error.message }));
    return exits.unreadable;
  }
}

/** `audit checkpoint [--save=FILE] [--json]`: places and signs everything that waits, and prints the nation's checkpoint to keep. */
export async function auditCheckpointCommand(args: readonly string[], io: Io, services: CliServices): Promise<number> {
  if (asksHelp(args, io, 'checkpoint')) return exits.verified;
  const words = wordsOf(args, ['json'], ['save']);
  if (words === null || words.files.length > 0) return usage(io, 'checkpoint');
  const keys = await loadLogKeys(services.keysDir);
  const clock = (): Date => new Date();
  const signing = { db: services.db, keys, witness: fileWitness(keys, services.keysDir), logs: [], clock };
  await sequenceAll(services.db, clock);
  await signDue(signing, true);
  const [latest] = await services.db.read('system', (tx) => listCheckpoints(tx, nationLog, 1));
  if (latest === undefined) {
    io.stderr(both('audit.cli.nothing-signed'));
    return exits.unreadable;
  }
  for (const path of words.values.get('save') ?? []) await writeFile(path, latest.note);
  const { log, witness } = publishedKeys(keys);
  if (words.flags.has('json')) io.stdout(`${JSON.stringify({ note: latest.note, size: latest.size, signedAt: latest.signedAt, keys: { log, witness } }, null, 2)}\n`);
  else io.stdout(`${latest.note}\n${both('audit.cli.keys')}  ${log}\n  ${witness}\n`);
  return exits.verified;
}

/** `audit export FILE [--log=NN]`: writes what `audit verify FILE` checks elsewhere. */
export async function auditExportCommand(args: readonly string[], io: Io, services: CliServices): Promise<number> {
  if (asksHelp(args, io, 'export')) return exits.verified;
  const words = wordsOf(args, [], ['log']);
  const [path] = words?.files ?? [];
  if (words === null || path === undefined || words.files.length > 1) return usage(io, 'export');
  const file = createWriteStream(path, { mode: 0o600 });
  await once(file, 'open');
  await services.db.read('system', async (tx) => {
    for await (const line of exportLog(tx, new Date().toISOString(), words.values.get('log'))) {
      if (!file.write(line)) await once(file, 'drain');
    }
  });
  file.end();
  await once(file, 'finish');
  io.stdout(both('audit.cli.exported', { path }));
  return exits.verified;
}
