/** A pivot as a file: one row a cell in a real table, with returns and grade beside each number and a sheet of definitions; or the same as CSV. */
import { writeWorkbook, type WorkbookColumn, type WorkbookValue } from '#platform/documents/xlsx.ts';
import type { Download } from '#platform/http/bind.ts';
import type { Dimension, PivotQuery, PivotReply } from '../schema.ts';
import { pivotOf } from './pivot.ts';
import type { Reader } from './overview.ts';
import type { Scene } from './scene.ts';
import { say } from './words.ts';

type Language = 'vi' | 'en';
type Row = Readonly<Record<string, WorkbookValue>>;
export type Exported = { readonly reply: PivotReply; readonly definitions: readonly (readonly [string, string])[] };

/** The pivot with the definitions of what is in it, as the language of the file words them. */
export function exported(scene: Scene, query: PivotQuery, reader: Reader, language: Language): Exported {
  const reply = pivotOf(scene, query, reader);
  const definitions = (reply.dimensions.find((one) => one.kind === 'measure')?.keys ?? []).map((key): [string, string] => {
    const [kind, id = ''] = key.split(':');
    const indicator = kind === 'indicator' ? scene.latest.indicators.get(id) : undefined;
    const element = kind === 'element' ? scene.latest.elements.get(id) : undefined;
    if (indicator !== undefined) return [indicator.name[language], [indicator.definition[language], `${indicator.numerator} / ${indicator.denominator ?? '1'} × ${indicator.factor}`, indicator.unit[language], indicator.source[language]].join('\n')];
    return [element?.name[language] ?? id, [element?.definition[language] ?? '', element?.unit[language] ?? '', element?.source[language] ?? ''].join('\n')];
  });
  const fixed = ['suppressed', 'missing', 'zero', 'provisional', 'reporting', 'grade'].map((key): [string, string] => [say(language, `indicators.sheet.${key}`), say(language, `indicators.sheet.${key}.meaning`)]);
  return { reply, definitions: [...definitions, ...fixed, [say(language, 'indicators.sheet.edition'), String(reply.edition)]] };
}

/** Place of each dimension's key in a cell number; the last dimension is the fastest. */
function* cellsOf(dimensions: readonly Dimension[]): Generator<{ at: number; place: number[] }> {
  const sizes = dimensions.map((one) => one.keys.length);
  const total = sizes.reduce((product, size) => product * size, 1);
  for (let at = 0; at < total; at += 1) {
    const place: number[] = [];
    for (let rest = at, i = sizes.length - 1; i >= 0; i -= 1) { const size = sizes[i] ?? 1; place[i] = rest % size; rest = Math.floor(rest / size); }
    yield { at, place };
  }
}

function tableOf({ reply }: Exported, query: PivotQuery, language: Language): { columns: WorkbookColumn[]; rows: Row[] } {
  const say1 = (key: string): string => say(language, `indicators.sheet.${key}`);
  const dimensions = reply.dimensions;
  const columns: WorkbookColumn[] = [
    ...dimensions.flatMap((one, i): WorkbookColumn[] => {
      const title = one.name?.[language] ?? say1(one.kind);
      return one.kind === 'unit' || one.kind === 'measure' ? [{ key: `c${i}`, title: `${title} (${say1('code')})`, type: 'text', widthChars: 12 }, { key: `d${i}`, title, type: 'text', widthChars: 32 }] : [{ key: `d${i}`, title, type: 'text', widthChars: 18 }];
    }),
    { key: 'value', title: say1('value'), type: 'number', decimals: 2, widthChars: 14 }, { key: 'status', title: say1('status'), type: 'text', widthChars: 14 }, { key: 'standing', title: say1('standing'), type: 'text', widthChars: 14 },
    ...(reply.counts === null ? [] : [{ key: 'count', title: say1('count'), type: 'number' as const, widthChars: 12 }]), { key: 'grade', title: say1('grade'), type: 'text', widthChars: 8 },
  ];
  const unitAt = dimensions.findIndex((one) => one.kind === 'unit');
  const standingAt = dimensions.findIndex((one) => one.kind === 'standing');
  const rows: Row[] = [];
  for (const { at, place } of cellsOf(dimensions)) {
    const value = reply.values[at] ?? null;
    const row: Record<string, WorkbookValue> = {};
    dimensions.forEach((one, i) => { const key = one.keys[place[i] ?? 0] ?? ''; row[`c${i}`] = key; row[`d${i}`] = one.names[place[i] ?? 0]?.[language] ?? key; });
    row['value'] = typeof value === 'number' ? value : null;
    row['status'] = say1(value === '<' ? 'suppressed' : value === null ? 'missing' : 'reported');
    row['standing'] = say1((standingAt === -1 ? query.standing : dimensions[standingAt]?.keys[place[standingAt] ?? 0]) === 'approved' ? 'approved' : 'provisional');
    if (reply.counts !== null) row['count'] = reply.counts[at] ?? 0;
    row['grade'] = reply.grades[place[unitAt] ?? 0] ?? '';
    rows.push(row);
  }
  return { columns, rows };
}

/** RFC 4180 with a byte-order mark, so that spreadsheets read the marks; text that begins like a formula is made inert (SECURITY R41). */
function csvOf(columns: readonly WorkbookColumn[], rows: readonly Row[]): string {
  const field = (value: WorkbookValue | undefined): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return String(value);
    const inert = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  };
  return `\ufeff${[columns.map((column) => field(column.title)), ...rows.map((row) => columns.map((column) => field(row[column.key])))].map((line) => line.join(',')).join('\r\n')}\r\n`;
}

export async function fileOf(data: Exported, query: PivotQuery, form: 'xlsx' | 'csv', language: Language, synthetic: boolean): Promise<Download> {
  const { columns, rows } = tableOf(data, query, language);
  const name = `sauro-${(query.periods.at(-1) ?? 'so-lieu').replace(/[^\w-]/g, '')}`;
  if (form === 'csv') return { bytes: new TextEncoder().encode(csvOf(columns, rows)), fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8' };
  const bytes = await writeWorkbook({
    sheets: [{ name: say(language, 'indicators.sheet.figures'), columns, rows }], title: say(language, 'indicators.sheet.figures'),
    definitions: { name: say(language, 'indicators.sheet.definitions'), titles: [say(language, 'indicators.sheet.term'), say(language, 'indicators.sheet.meaning')], rows: data.definitions },
    ...(synthetic ? { syntheticLabel: say(language, 'indicators.sheet.synthetic') } : {}),
  });
  return { bytes, fileName: `${name}.xlsx`, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
}
