/** The list of places as a workbook, at commune precision. */
import { displayDay } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { writeWorkbook, type WorkbookColumn } from '#platform/documents/xlsx.ts';
import type { Download } from '#platform/http/bind.ts';
import { getTree } from '#modules/org-units/index.ts';
import { countRows, listRows, type Asked } from '../store/views.ts';
import { byOf, type UseCase } from './use-case.ts';
import { say } from './words.ts';

const mostRows = 20_000;
const columns = ['code', 'province', 'commune', 'unit', 'kind', 'setting', 'basis', 'source', 'state', 'since', 'due', 'found', 'cycle'] as const;
const days: ReadonlySet<string> = new Set(['since', 'due', 'found']);

export async function exportPlaces(use: UseCase, query: Asked): Promise<Result<Download, Refusal>> {
  const { tx, language, now: { today } } = use;
  const by = byOf(use);
  const total = await countRows(by, query, today);
  if (total > mostRows) return refuse({ code: 'too-many-places', rows: total, limit: mostRows });
  const rows = await listRows(by, query, today, { sort: 'commune', limit: mostRows, offset: 0 });
  const names = new Map((await getTree(tx, today)).provinces.flatMap(({ communes }) => communes.map(([code, name]) => [code, name] as const)));
  const of = (key: string, facts = {}): string => say(language, `hotspots.sheet.${key}`, facts);
  const bytes = await writeWorkbook({
    title: of('title'),
    sheets: [{
      name: of('title').slice(0, 31), above: [of('title'), of('as-of', { day: displayDay(today) })],
      columns: columns.map((key): WorkbookColumn => ({ key, title: of(key), type: days.has(key) ? 'date' : key === 'cycle' ? 'number' : 'text', widthChars: key === 'setting' || key === 'unit' ? 28 : 16 })),
      rows: rows.map((row) => ({
        code: row.code, province: row.province, commune: row.commune, unit: names.get(row.commune) ?? row.commune, kind: say(language, `hotspots.kind.${row.kind}`), setting: say(language, `hotspots.setting.${row.setting}`),
        basis: say(language, `hotspots.basis.${row.basis}`), source: say(language, `hotspots.source.${row.source}`), state: say(language, `hotspots.state.${row.state}`), since: row.since, due: row.dueOn, found: row.foundOn, cycle: row.cycle,
      })),
    }],
  });
  return ok({ bytes, fileName: `${of('file')}-${today}.xlsx`, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}
