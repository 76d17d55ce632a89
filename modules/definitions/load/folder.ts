/** A programme's folder as plain data: one head, and files or folders of files named by what they hold. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { error } from '../rules/read-items.ts';
import { isRecord } from '../rules/text.ts';
import type { ItemKind, ProgrammeFile, ProgrammeFiles, ProgrammeRefused, Verdict } from '../schema.ts';

/** File or folder name -> what it holds. */
export const fileKinds: Readonly<Record<string, ItemKind>> = {
  'data-elements': 'data-element', disaggregations: 'disaggregation', 'data-sets': 'data-set', rules: 'rule', indicators: 'indicator', targets: 'target',
  'published-figures': 'published-figure', constants: 'constant',
};
/** A file of definitions is small; more than this is something else. */
const largestFile = 64_000_000;

/** The folder delivered with the product. */
export const builtInFolder = fileURLToPath(new URL('../../../programme/phong-chong-ma-tuy-2030/', import.meta.url));

/** @param folder with `programme.json` and the lists; refused with verdicts for files that are no JSON or not what their name says */
export async function readProgrammeFolder(folder: string): Promise<Result<ProgrammeFiles, ProgrammeRefused>> {
  const verdicts: Verdict[] = [];
  const files = (await Promise.all((await pathsIn(folder, verdicts)).map((path) => readOne(folder, path, verdicts)))).flatMap((file) => (file === undefined ? [] : [file]));
  return verdicts.length > 0 ? refuse({ code: 'programme-has-errors', errors: verdicts.length, verdicts }) : ok({ files });
}

async function pathsIn(folder: string, verdicts: Verdict[]): Promise<string[]> {
  try {
    const names = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const lists = await Promise.all(names.map(async (entry) => {
      if (entry.isDirectory()) return fileKinds[entry.name] === undefined ? [] : (await readdir(join(folder, entry.name))).filter((name) => name.endsWith('.json')).sort().map((name) => `${entry.name}/${name}`);
      return entry.name.endsWith('.json') ? [entry.name] : [];
    }));
    return lists.flat();
  } catch {
    verdicts.push(error({ file: folder, kind: 'file', item: '' }, 'folder-unreadable'));
    return [];
  }
}

async function readOne(folder: string, path: string, verdicts: Verdict[]): Promise<ProgrammeFile | undefined> {
  const at = { file: path, kind: 'file', item: '' } as const;
  const stem = path.replace(/\/.*$|\.json$/u, '');
  const kind = stem === 'programme' ? 'programme' : fileKinds[stem];
  if (kind === undefined) { verdicts.push(error(at, 'file-unknown', '', { names: ['programme', ...Object.keys(fileKinds)].join(', ') })); return undefined; }
  let content: unknown;
  try {
    if ((await stat(join(folder, path))).size > largestFile) { verdicts.push(error(at, 'file-too-large')); return undefined; }
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(folder, path))));
  } catch (fault) {
    verdicts.push(error(at, 'file-not-json', '', { reason: fault instanceof Error ? fault.message.slice(0, 200) : '' }));
    return undefined;
  }
  if (kind === 'programme' && isRecord(content)) { const { $schema: _, ...head } = content; return { file: path, kind, items: [head] }; }
  const items = isRecord(content) ? content['items'] : content;
  if (!Array.isArray(items)) { verdicts.push(error(at, 'file-without-items')); return undefined; }
  return { file: path, kind, items };
}

/** The programme delivered with the product. @throws when its files cannot be read: a fault of the release */
export async function builtInProgramme(): Promise<ProgrammeFiles> {
  const read = await readProgrammeFolder(builtInFolder);
  if (!read.ok) throw new Error(`the built-in programme cannot be read: ${JSON.stringify(read.problem.verdicts.slice(0, 3))}`);
  return read.value;
}
