/** Files of values into buckets: one pass, nothing held but the buckets. */
import { basename } from 'node:path';
import { JsonRows } from '../exchange/json-rows.ts';
import { deletedFlag } from '../exchange/gather.ts';
import type { RawRow, Resolver, ResolvedRow, RowDefaults } from '../exchange/resolve.ts';
import { csvValues, jsonValues, kindOfValues, type FileFault as ValuesFault, type ValuesReader } from '../exchange/values-file.ts';
import { FileFault, piecesOf } from './files.ts';
import type { RowReport } from './row-report.ts';
import type { Spill, SpilledRow } from './spill.ts';

export type FileProblem = { readonly file: string; readonly fault: ValuesFault };
type Into = { readonly resolver: Resolver; readonly spill: Spill; readonly report: RowReport };

/** @returns what is wrong with files as wholes; their rows are kept as far as they can be read. @throws FileFault */
export async function readValues(paths: readonly string[], into: Into): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  for (const [file, path] of paths.entries()) {
    const fault = await readFile(path, file, into);
    if (fault !== undefined) problems.push({ file: basename(path), fault });
  }
  return problems;
}

async function readFile(path: string, file: number, into: Into): Promise<ValuesFault | undefined> {
  const to = rowsInto(file, into);
  let reader: ValuesReader | undefined;
  for await (const piece of piecesOf(path)) {
    if (reader === undefined) {
      const kind = kindOfValues(piece);
      if (kind === undefined) continue;
      if (kind === 'csv') reader = csvValues(to);
      else if (kind === 'json') { const head = await headOf(path); reader = jsonValues(to, head.header, head.defaults); } else throw new FileFault('import-file-kind', { file: basename(path), kind });
    }
    reader.push(piece);
  }
  if (reader === undefined) throw new FileFault('import-file-kind', { file: basename(path), kind: 'empty' });
  return reader.end();
}

/** One row after another, in one object. */
function rowsInto(file: number, { resolver, spill, report }: Into): { row(row: RawRow, number: number): void; unreadable(text: string, number: number): void } {
  const out: ResolvedRow = { unit: 0, pair: 0, attribute: 0, period: 0, value: 0, updated: 0, deleted: false, remarks: 0 };
  const spilled: SpilledRow = { unit: 0, pair: 0, attribute: 0, row: 0, file, flags: 0, value: 0, updated: 0 };
  return {
    row(row, number) {
      report.counts.read += 1;
      const refused = resolver.resolve(row, out);
      if (refused !== undefined) { report.refused(file, number, refused.code, refused.facts); return; }
      spilled.unit = out.unit; spilled.pair = out.pair; spilled.attribute = out.attribute; spilled.row = number;
      spilled.flags = out.remarks | (out.deleted ? deletedFlag : 0); spilled.value = out.value; spilled.updated = out.updated;
      spill.add(out.period, spilled);
    },
    unreadable(text, number) {
      report.counts.read += 1;
      report.refused(file, number, 'row-unreadable', { text: text.slice(0, 120) });
    },
  };
}

const stop = new Error('seen enough');

/**
 * What a document says for all its rows. It may stand after them; then the file is read to its end once more, but only when its first
 * row needs it.
 */
async function headOf(path: string): Promise<{ header: Record<string, string>; defaults: RowDefaults }> {
  const header: Record<string, string> = {};
  let needed: boolean | undefined;
  const reader = new JsonRows(['dataValues', 'dataValueSet'], {
    row(row) {
      needed ??= row['period'] === undefined || row['orgUnit'] === undefined;
      if (!needed) throw stop;
    },
    unreadable: () => undefined,
    header: (key, value) => { header[key] = value; },
  });
  try {
    for await (const piece of piecesOf(path)) {
      reader.push(piece);
      if (needed === true && header['period'] !== undefined && header['orgUnit'] !== undefined) break;
    }
  } catch (error) {
    if (error !== stop && error instanceof FileFault) throw error;
  }
  return { header: {}, defaults: { period: header['period'] ?? '', unit: header['orgUnit'] ?? '', attribute: header['attributeOptionCombo'] ?? '', dataSet: header['dataSet'] ?? '' } };
}
