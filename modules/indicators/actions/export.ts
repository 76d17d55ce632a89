/** A pivot as a file: one row a cell in a real table, with returns and grade beside each number and a sheet of definitions; or the same as CSV. */
import { writeWorkbook, type WorkbookColumn, type WorkbookValue } from '#platform/documents/xlsx.ts';
import type { Download } from '#platform/http/bind.ts';
import { weakest } from '../rules/grade.ts';
import type { Dimension, Graded, PivotQuery, PivotReply } from '../schema.ts';
import { coverageReader } from './coverage.ts';
import { factorOf } from './marks.ts';
import { askedOf, cellsOf, dataSetsOf, spanOf } from './measure.ts';
import { pivotOf } from './pivot.ts';
import type { Reader } from './overview.ts';
import type { Scene } from './scene.ts';
import { grader } from './signs.ts';
import { printed, say } from './words.ts';

type Language = 'vi' | 'en';
type Row = Readonly<Record<string, WorkbookValue>>;
/** What stands behind one number: returns received and expected, the grade with what decided it, and the factor of the drawn sample. */
type Behind = { readonly received: number; readonly expected: number; readonly graded: Graded | null; readonly factor: number | null };
export type Exported = { readonly reply: PivotReply; readonly definitions: readonly (readonly [string, string])[]; readonly behind: (measure: number, period: number, unit: number) => Behind | undefined };

/** The pivot with the definitions of what is in it, as the language of the file words them, and what stands behind each number. */
export function exported(scene: Scene, query: PivotQuery, reader: Reader, language: Language): Exported {
  const reply = pivotOf(scene, query, reader);
  const definitions = keysOf(reply, 'measure').map((key): [string, string] => {
    const [kind, id = ''] = key.split(':');
    const indicator = kind === 'indicator' ? scene.latest.indicators.get(id) : undefined;
    const element = kind === 'element' ? scene.latest.elements.get(id) : undefined;
    if (indicator !== undefined) return [indicator.name[language], [indicator.definition[language], `${indicator.numerator} / ${indicator.denominator ?? '1'} × ${indicator.factor}`, indicator.unit[language], indicator.source[language]].join('\n')];
    return [element?.name[language] ?? id, [element?.definition[language] ?? '', element?.unit[language] ?? '', element?.source[language] ?? ''].join('\n')];
  });
  const fixed = ['suppressed', 'missing', 'zero', 'provisional', 'reporting', 'grade', 'factor'].map((key): [string, string] => [say(language, `indicators.sheet.${key}`), say(language, `indicators.sheet.${key}.meaning`)]);
  return { reply, definitions: [...definitions, ...fixed, [say(language, 'indicators.sheet.edition'), String(reply.edition)]], behind: behindOf(scene, query, reply, reader) };
}

const keysOf = (reply: PivotReply, kind: Dimension['kind']): readonly string[] => reply.dimensions.find((one) => one.kind === kind)?.keys ?? [];

const fewUnits = 20;
/** Computed for each measure, period and unit once: cells of one element stand on the same returns. */
function behindOf(scene: Scene, query: PivotQuery, reply: PivotReply, { marks }: Reader): Exported['behind'] {
  const units = keysOf(reply, 'unit');
  const made = keysOf(reply, 'measure').map((key) => keysOf(reply, 'period').map((period) => {
    const span = spanOf(scene, period, query.mapDay ?? null);
    const { byCode } = scene.tree(span.treeDay);
    const [kind, id = ''] = key.split(':');
    const indicator = kind === 'indicator' ? (span.programme.indicators.get(id) ?? scene.latest.indicators.get(id)) : undefined;
    const home = cellsOf(scene, id, null)?.dataSet;
    const sets = kind === 'indicator' ? (indicator === undefined ? [] : dataSetsOf(scene, indicator, span)) : home === undefined ? [] : [home];
    const asked = sets.flatMap((dataSet) => askedOf(scene, dataSet, { span, standing: 'reported', attribute: null }) ?? []);
    const graders = asked.map((one) => grader(scene, one, span, marks, units.length > fewUnits));
    const coverage = sets.map((dataSet) => coverageReader(scene, dataSet, span));
    return units.map((code): Behind | undefined => {
      const unit = byCode.get(code);
      if (unit === undefined) return undefined;
      // of several data sets the least complete one is told, as everywhere
      const [least] = coverage.map((read) => read(unit)).filter((one) => one.expected > 0).sort((a, b) => a.received / a.expected - b.received / b.expected);
      return { received: least?.received ?? 0, expected: least?.expected ?? 0, graded: weakest(graders.map((grade) => grade(unit))), factor: factorOf(marks, sets, [...new Set(asked.flatMap((one) => one.bases))], unit.province) };
    });
  }));
  return (measure, period, unit) => made[measure]?.[period]?.[unit];
}

/** Place of each dimension's key in a cell number; the last dimension is the fastest. */
function* cellsIn(dimensions: readonly Dimension[]): Generator<{ at: number; place: number[] }> {
  const sizes = dimensions.map((one) => one.keys.length);
  const total = sizes.reduce((product, size) => product * size, 1);
  for (let at = 0; at < total; at += 1) {
    const place: number[] = [];
    for (let rest = at, i = sizes.length - 1; i >= 0; i -= 1) { const size = sizes[i] ?? 1; place[i] = rest % size; rest = Math.floor(rest / size); }
    yield { at, place };
  }
}

function columnsOf(reply: PivotReply, language: Language): WorkbookColumn[] {
  const title = (key: string): string => say(language, `indicators.sheet.${key}`);
  return [
    ...reply.dimensions.flatMap((one, i): WorkbookColumn[] => {
      const name = one.name?.[language] ?? title(one.kind);
      return one.kind === 'unit' || one.kind === 'measure' ? [{ key: `c${i}`, title: `${name} (${title('code')})`, type: 'text', widthChars: 12 }, { key: `d${i}`, title: name, type: 'text', widthChars: 32 }] : [{ key: `d${i}`, title: name, type: 'text', widthChars: 18 }];
    }),
    { key: 'value', title: title('value'), type: 'number', decimals: 2, widthChars: 14 }, { key: 'status', title: title('status'), type: 'text', widthChars: 14 }, { key: 'standing', title: title('standing'), type: 'text', widthChars: 14 },
    ...(reply.counts === null ? [] : [{ key: 'count', title: title('count'), type: 'number' as const, widthChars: 12 }]),
    { key: 'received', title: title('received'), type: 'number', widthChars: 12 }, { key: 'expected', title: title('expected'), type: 'number', widthChars: 12 },
    { key: 'grade', title: title('grade'), type: 'text', widthChars: 8 }, { key: 'why', title: title('grade-why'), type: 'text', widthChars: 34 }, { key: 'factor', title: title('factor'), type: 'number', decimals: 3, widthChars: 12 },
  ];
}

/** What decided a grade, in words: "Tỷ lệ báo cáo đúng hạn: 87%". */
function sayWhy(graded: Graded | null, language: Language): string {
  const [reason] = graded?.reasons ?? [];
  return reason === undefined || graded?.grade === 'A' ? '' : `${say(language, `indicators.grade.${reason.code}`)}: ${printed(reason.value * 100, 1, language)}%`;
}

function tableOf({ reply, behind }: Exported, query: PivotQuery, language: Language): { columns: WorkbookColumn[]; rows: Row[] } {
  const { dimensions } = reply;
  const [measureAt, periodAt, unitAt, standingAt] = (['measure', 'period', 'unit', 'standing'] as const).map((kind) => dimensions.findIndex((one) => one.kind === kind));
  const rows: Row[] = [];
  for (const { at, place } of cellsIn(dimensions)) {
    const value = reply.values[at] ?? null;
    const row: Record<string, WorkbookValue> = {};
    dimensions.forEach((one, i) => { const key = one.keys[place[i] ?? 0] ?? ''; row[`c${i}`] = key; row[`d${i}`] = one.names[place[i] ?? 0]?.[language] ?? key; });
    row['value'] = typeof value === 'number' ? value : null;
    row['status'] = say(language, `indicators.sheet.${value === '<' ? 'suppressed' : value === null ? 'missing' : 'reported'}`);
    row['standing'] = say(language, `indicators.sheet.${(standingAt === -1 ? query.standing : dimensions[standingAt ?? 0]?.keys[place[standingAt ?? 0] ?? 0]) === 'approved' ? 'approved' : 'provisional'}`);
    if (reply.counts !== null) row['count'] = reply.counts[at] ?? 0;
    const under = behind(place[measureAt ?? 0] ?? 0, place[periodAt ?? 0] ?? 0, place[unitAt ?? 0] ?? 0);
    row['received'] = under?.received ?? null;
    row['expected'] = under?.expected ?? null;
    row['grade'] = under?.graded?.grade ?? '';
    row['why'] = sayWhy(under?.graded ?? null, language);
    row['factor'] = under?.factor ?? null;
    rows.push(row);
  }
  return { columns: columnsOf(reply, language), rows };
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
    sheets: [{ name: say(language, 'indicators.sheet.figures'), table: 'So_lieu', columns, rows }], title: say(language, 'indicators.sheet.figures'),
    definitions: { name: say(language, 'indicators.sheet.definitions'), titles: [say(language, 'indicators.sheet.term'), say(language, 'indicators.sheet.meaning')], rows: data.definitions },
    ...(synthetic ? { syntheticLabel: say(language, 'indicators.sheet.synthetic') } : {}),
  });
  return { bytes, fileName: `${name}.xlsx`, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
}
