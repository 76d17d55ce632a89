import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { writeXlsx, readXlsx } from 'hucre/xlsx';
import { writeOutboxFile } from '#kernel/outbox-file.ts';
import { newId } from '#kernel/id.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { readWorkbook } from '#platform/documents/xlsx.ts';
import type { Actor } from '#kernel/actor.ts';
import { providePrefill } from './index.ts';
import { subjectOf, submissionKind } from './entry/answers.ts';
import { rowCodes } from './exchange/report.ts';
import { sentence } from './exchange/words.ts';
import type { ImportAnswer, ReturnForm, ReturnKey } from './schema.ts';
import { bodyOf, expectOk, keyOf, openSite, pathOf, people, send, slots } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(async () => { await site.close(); });

const bring = async (by: Actor, file: string | Uint8Array, query = '', name = 'tệp', command: string = newId()): Promise<ImportAnswer> =>
  expectOk(site.call<ImportAnswer>(by, 'POST', `/returns/import${query}`, typeof file === 'string' ? new TextEncoder().encode(file) : file, { 'idempotency-key': command, 'x-file-name': encodeURIComponent(name) }));
const valuesOf = async (key: ReturnKey, by = people.secretary()): Promise<Map<number, unknown>> => {
  const form = await expectOk(site.call<ReturnForm>(by, 'GET', pathOf(key)));
  return new Map(form.slots.map((slot, i) => [slot, form.current[i]]));
};
const codes = (answer: ImportAnswer): Record<string, string> => Object.fromEntries(answer.rows.map((row) => [`${row.row}`, row.code]));

type Sheet = { rows: (string | number | null)[][]; name: string; merges?: { startRow: number; startCol: number; endRow: number; endCol: number }[]; cells?: Map<string, { formula: string; value?: number }> };
/** The template as a person sends it back, edited. */
async function filled(key: ReturnKey, edit: (sheet: Sheet, rowOf: (code: string) => number) => void, by = people.secretary()): Promise<Sheet> {
  const template = await site.call<Buffer>(by, 'GET', `/returns/template/${key.province}/${key.unit}/${key.period}/${key.dataSet}/form.xlsx`);
  assert.equal(template.status, 200);
  const book = await readXlsx(new Uint8Array(template.body));
  const [first] = book.sheets;
  assert.ok(first);
  const sheet: Sheet = { name: first.name, rows: first.rows.map((row) => row.map((cell) => (typeof cell === 'string' || typeof cell === 'number' ? cell : null))) };
  const header = sheet.rows.findIndex((row) => row[0] === 'Mã ô');
  assert.ok(header > 0);
  edit(sheet, (code) => { const at = sheet.rows.findIndex((row, i) => i > header && row[0] === code); assert.ok(at > 0, code); return at; });
  return sheet;
}
const valueColumn = 5;
const set = (sheet: Sheet, row: number, value: string | number): void => { const cells = sheet.rows[row]; assert.ok(cells); while (cells.length <= valueColumn + 1) cells.push(null); cells[valueColumn] = value; };
const asFile = (sheets: readonly Sheet[]): Promise<Uint8Array> => writeXlsx({ sheets: sheets.map((sheet) => ({ name: sheet.name, rows: sheet.rows, ...(sheet.merges ? { merges: sheet.merges } : {}), ...(sheet.cells ? { cells: sheet.cells } : {}) })) });

test('a template holds locked codes and the previous period, and comes back with many communes in one workbook', async () => {
  await expectOk(send(site, people.officer(), keyOf({ period: '2026-10' }), bodyOf([[slots.found, 41]])));
  const key = keyOf();
  const template = await site.call<Buffer>(people.officer(), 'GET', `/returns/template/01/00004/2026-11/monthly/form.xlsx`);
  const read = await readWorkbook(new Uint8Array(template.body));
  assert.ok(read.ok);
  assert.ok(read.value[0]?.rows.some((row) => row[0]?.type === 'text' && row[0].value === 'found' && row[4]?.type === 'text' && row[4].value === '41'), 'the previous period stands beside the box');
  const one = await filled(key, (sheet, rowOf) => { set(sheet, rowOf('found'), 12); set(sheet, rowOf('incare.male'), 3); });
  const other = await filled(keyOf({ unit: '00008' }), (sheet, rowOf) => { set(sheet, rowOf('found'), 7); });
  const file = await asFile([one, other]);
  const dry = await bring(people.secretary(), file, '?dryRun=true');
  assert.deepEqual(dry.returns.map((each) => each.outcome), ['would-take', 'would-take']);
  const answer = await bring(people.secretary(), file);
  assert.deepEqual([answer.kind, answer.taken, answer.refused], ['workbook', 3, 0]);
  assert.deepEqual(answer.returns.map((each) => [each.outcome, each.rev]), [['received', 1], ['received', 1]]);
  assert.equal((await valuesOf(key)).get(slots.found), 12);
  assert.equal((await valuesOf(keyOf({ unit: '00008' }))).get(slots.found), 7);
  const again = await bring(people.secretary(), file);
  assert.deepEqual(again.returns.map((each) => each.outcome), ['same', 'same'], 'the same file again changes nothing');
});

test('a dry run refuses what the import would: a hard rule, an option the form does not have, a box others changed meanwhile', async () => {
  const both = async (by: Actor, file: string): Promise<unknown[]> => {
    const [dry, real] = [await bring(by, file, '?dryRun=true', 'tệp.csv'), await bring(by, file, '', 'tệp.csv')];
    assert.deepEqual(dry.returns.map((one) => one.problem), real.returns.map((one) => one.problem));
    assert.deepEqual(dry.rows.map((one) => [one.code, one.vi, one.en]), real.rows.map((one) => [one.code, one.vi, one.en]));
    return [dry.returns.map((one) => one.problem), dry.rows[0]?.vi.includes('resolved-of-found')];
  };
  const key = keyOf({ unit: '00145' });
  const outbox = (more: Parameters<typeof bodyOf>[1], values: readonly (readonly [number, number])[], at = key): Promise<string> =>
    writeOutboxFile([{ id: newId(), kind: submissionKind, subject: subjectOf(at), savedAt: '2026-11-17T00:00:00.000Z', body: bodyOf(values, more) }], '2026-11-17T01:00:00.000Z', (bytes) => createHash('sha256').update(bytes).digest('hex'));
  assert.deepEqual(await both(people.secretary(), await outbox({}, [[slots.found, 2], [slots.resolved, 5]])), [['rule-broken'], true]);
  assert.deepEqual(await both(people.secretary(), await outbox({ attribute: 'nobody' }, [[slots.found, 2]], { ...key, attribute: 'nobody' })), [['attribute-unknown'], false]);
  await expectOk(send(site, people.officer('01', '00145'), key, bodyOf([[slots.found, 3], [slots.money, 4]])));
  await expectOk(send(site, people.officer('01', '00145'), key, bodyOf([[slots.money, 5]], { baseRev: 1 })));
  assert.deepEqual(await both(people.secretary(), await outbox({ baseRev: 1 }, [[slots.money, 6]])), [['revision-stale'], false]);
});

test('every bad line of a sheet gets a verdict in both languages and the rest is kept', async () => {
  const key = keyOf({ unit: '00025' });
  const sheet = await filled(key, (given, rowOf) => {
    set(given, rowOf('found'), 5);
    set(given, rowOf('resolved'), 'NaN');
    set(given, rowOf('money'), '1e309');
    set(given, rowOf('share'), '1,234.5');
    set(given, rowOf('incare.male'), '9007199254740993');
    set(given, rowOf('incare.female'), '-3');
    set(given, rowOf('balance'), '-0');
    const twin = [...(given.rows[rowOf('found')] ?? [])];
    given.rows.push(twin);
    given.rows.push(['khong.co', null, null, null, null, 4, null]);
  });
  const answer = await bring(people.secretary(), await asFile([sheet]));
  const by = new Map(answer.rows.map((row) => [row.code || row.outcome, row]));
  for (const code of ['not-a-number', 'number-too-large', 'percent-out-of-range', 'negative', 'minus-zero', 'duplicate-same', 'slot-unknown']) {
    const row = by.get(code);
    assert.ok(row, `${code} among ${[...by.keys()].join(' ')}`);
    assert.ok(row.vi !== '' && row.en !== '' && row.vi !== row.en, code);
  }
  assert.equal((await valuesOf(key)).get(slots.found), 5);
  assert.equal((await valuesOf(key)).get(slots.balance), 0);
});

test('merged cells, formulas, two answers to one box, and a note with a telephone number are refused by row', async () => {
  const key = keyOf({ unit: '00145' });
  const sheet = await filled(key, (given, rowOf) => {
    set(given, rowOf('found'), 9);
    set(given, rowOf('resolved'), 2);
    given.rows.push([...(given.rows[rowOf('resolved')] ?? [])]);
    set(given, given.rows.length - 1, 4);
    set(given, rowOf('balance'), 3);
    const noted = given.rows[rowOf('balance')];
    assert.ok(noted);
    noted[valueColumn + 1] = 'gọi 0912 345 678';
    const money = rowOf('money');
    set(given, money, 10);
    given.merges = [{ startRow: money, startCol: valueColumn, endRow: money, endCol: valueColumn + 1 }];
    const share = rowOf('share');
    set(given, share, 1);
    given.cells = new Map([[`${share},${valueColumn}`, { formula: 'A1+1', value: 3 }]]);
  });
  const answer = await bring(people.secretary(), await asFile([sheet]));
  const refused = answer.rows.filter((row) => row.outcome === 'refused').map((row) => row.code).sort();
  assert.deepEqual(refused, ['cell-merged', 'duplicate-conflict', 'duplicate-conflict', 'formula', 'note-names-person']);
  assert.equal((await valuesOf(key)).get(slots.found), 9);
});

test('a register’s figure stands in the template; another one is taken with the note as its reason, and without one its row is refused', async () => {
  providePrefill('test-register', async (_, { elements }) => new Map(elements.map((id) => [id, 7] as const)));
  const key = keyOf({ province: '04', unit: '04', dataSet: 'quarterly', period: '2026-Q4' });
  const by = people.secretary('04');
  const sheetWith = (value: number | null, note: string | null): Promise<Uint8Array> => filled(key, (sheet, rowOf) => {
    const at = rowOf('plans');
    assert.equal(sheet.rows[at]?.[valueColumn], '7');
    if (value !== null) set(sheet, at, value);
    const row = sheet.rows[at];
    if (row !== undefined) row[valueColumn + 1] = note;
  }, by).then((sheet) => asFile([sheet]));
  const [silent, said] = [await sheetWith(9, null), await sheetWith(9, 'sổ thiếu hai kế hoạch')];
  for (const dry of ['?dryRun=true', '']) {
    const refused = await bring(by, silent, dry);
    assert.deepEqual([refused.taken, refused.rows.map((row) => [row.code, /7/.test(row.vi), /7/.test(row.en)])], [0, [['differs-from-register', true, true]]]);
  }
  const stranger = await bring(people.secretary('01'), silent, '?dryRun=true');
  assert.ok(stranger.rows.every((row) => row.code !== 'differs-from-register'), 'a stranger learns nothing of the register');
  assert.deepEqual((await bring(by, said)).returns.map((one) => one.outcome), ['received']);
  const form = await expectOk(site.call<ReturnForm>(by, 'GET', pathOf(key)));
  assert.deepEqual([form.current, form.prefillReasons, form.notes], [[9], [{ slot: 1, text: 'sổ thiếu hai kế hoạch' }], []]);
});

test('a sheet for another commune or month, or of a unit that does not exist then, is refused whole and the others are kept', async () => {
  const right = await filled(keyOf({ unit: '00070' }), (sheet, rowOf) => { set(sheet, rowOf('found'), 1); });
  const other = await filled(keyOf({ unit: '00082' }), (sheet, rowOf) => { set(sheet, rowOf('found'), 1); });
  const month = await filled(keyOf({ unit: '00070', period: '2026-10' }), (sheet, rowOf) => { set(sheet, rowOf('found'), 1); });
  const gone: Sheet = { ...right, name: 'gone', rows: right.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.replace('/00070/', '/00001/') : cell))) };
  const answer = await bring(people.secretary(), await asFile([right, { ...other, name: 'b' }, { ...month, name: 'c' }]), '?unit=00070&period=2026-11');
  assert.deepEqual(answer.rows.filter((row) => row.outcome === 'refused').map((row) => [row.place, row.code]), [['b', 'sheet-other-unit'], ['c', 'sheet-other-period']]);
  assert.equal(answer.taken, 1);
  const without = await bring(people.secretary(), await asFile([gone]));
  assert.deepEqual(without.rows.map((row) => row.code), ['unit-not-on-date']);
});

test('CSV: 1.234,5 beside 1.234 settles the marks; alone 1.234 is asked about; rows of a closed period and of unknown names are told', async () => {
  const head = 'unit,period,element,cell,value\n';
  const settled = await bring(people.secretary(), `${head}00103,2026-11,found,,1.234\n00103,2026-11,share,,"1,5"\n00103,2026-11,balance,,"-1.234"\n00103,2026-11,nothere,,1\n99999,2026-11,found,,1\n00103,2026-13,found,,1\n00103,202611W2,found,,1\n00103,2026-11,incare,none,1\n00103,2026-11,found,,\n`);
  assert.equal((await valuesOf(keyOf({ unit: '00103' }))).get(slots.found), 1234);
  assert.equal((await valuesOf(keyOf({ unit: '00103' }))).get(slots.share), 1.5);
  assert.deepEqual(codes(settled), { 2: 'number-guessed', 3: 'number-grouped', 4: 'number-guessed', 5: 'element-unknown', 6: 'unit-not-on-date', 7: 'period-unreadable', 8: 'period-unreadable', 9: 'breakdown-unknown', 10: 'value-missing' });
  const alone = await bring(people.secretary(), `${head}00091,2026-11,found,,3\n00091,2026-11,share,,1.234\n`);
  assert.equal(codes(alone)['3'], 'number-ambiguous');
  assert.match(alone.rows.find((row) => row.row === 3)?.vi ?? '', /1234 hoặc 1\.234/);
  const closed = await bring(people.secretary(), `${head}00091,2026-03,found,,3\n00091,2027-03,found,,3\n`);
  assert.deepEqual(codes(closed), { 2: 'period-closed', 3: 'period-not-begun' });
  const missing = await site.call(people.secretary(), 'POST', '/returns/import', new TextEncoder().encode('a,b\n1,2\n'), { 'x-file-name': 'x.csv' });
  assert.equal(missing.status, 422);
});

test('dataValueSets: values at the head of the file hold for its rows, broken rows are told, numbers beyond 2^53 are refused', async () => {
  const answer = await bring(people.secretary(), '{"dataValues":[{"dataElement":"found","value":8},{"dataElement":"balance","value":NaN},{"dataElement":"money","value":9007199254740993},{"dataElement":"resolved","value":1e309},17,{"dataElement":"share","value":"50.55555"}],"orgUnit":"00118","period":"202611"}');
  assert.deepEqual(codes(answer), { 1: '', 2: 'not-a-number', 3: 'number-too-large', 4: 'number-too-large', 5: 'row-unreadable', 6: 'number-rounded' });
  const values = await valuesOf(keyOf({ unit: '00118' }));
  assert.deepEqual([values.get(slots.found), values.get(slots.share)], [8, 50.556]);
});

test('a file saved by the offline form is taken by the province with its own command ids, once however often it comes', async () => {
  const key = keyOf({ unit: '00127' });
  const text = await writeOutboxFile([{ id: newId(), kind: submissionKind, subject: subjectOf(key), savedAt: '2026-11-17T00:00:00.000Z', body: bodyOf([[slots.found, 15]]) }], '2026-11-17T01:00:00.000Z', (bytes) => createHash('sha256').update(bytes).digest('hex'));
  const first = await bring(people.secretary(), text);
  assert.deepEqual([first.kind, first.returns[0]?.outcome, first.returns[0]?.rev], ['outbox', 'received', 1]);
  const again = await bring(people.secretary(), text);
  assert.deepEqual([again.returns[0]?.outcome, again.returns[0]?.receiptCode], ['same', first.returns[0]?.receiptCode]);
  const damaged = await site.call<{ code: string }>(people.secretary(), 'POST', '/returns/import', new TextEncoder().encode(text.replace('15', '16')));
  assert.equal(damaged.status, 422);
});

test('R12: a file enters only what its bringer may: another province is refused by row, a commune brings its own', async () => {
  const csv = 'unit,period,element,cell,value\n00004,2026-11,found,,77\n00160,2026-11,found,,78\n';
  const foreign = await bring(people.secretary('79'), csv);
  assert.deepEqual(foreign.rows.map((row) => row.code), ['not-your-unit', 'not-your-unit']);
  const own = await bring(people.officer('01', '00160'), csv);
  assert.deepEqual(own.rows.map((row) => [row.outcome, row.code]), [['refused', 'not-your-unit'], ['taken', '']]);
  assert.equal((await site.call(people.analyst(), 'POST', '/returns/import', new TextEncoder().encode(csv))).status, 403);
});

test('E4: protected counts of a unit leave in no format to those who do not approve them', async () => {
  const key = keyOf({ unit: '00166' });
  await expectOk(send(site, people.officer('01', '00166'), key, bodyOf([[slots.found, 3], [slots.male, 4], [slots.female, 60]])));
  const path = (format: string, more = '') => `/returns/export?format=${format}&dataSet=monthly&periods=2026-11&node=01${more}`;
  const csvOf = async (by: Actor, more = ''): Promise<string[]> => Buffer.from((await site.call<Buffer>(by, 'GET', path('csv', more))).body).toString('utf8').split('\r\n').filter((line) => line.includes('00166'));
  const seen = await csvOf(people.secretary());
  assert.ok(seen.some((line) => line.includes(',incare,male,,4,')));
  const hidden = await csvOf(people.analyst());
  assert.ok(hidden.some((line) => line.includes(',incare,male,,được che,')));
  assert.ok(!hidden.some((line) => line.includes(',incare,female,,60,')), 'a large part is hidden too, so that the total does not give the small one back');
  assert.ok(hidden.some((line) => line.includes(',found,,,3,')), 'what is not protected stays');
  const foreign = (await site.call<{ dataValues: { orgUnit: string; dataElement: string; period: string }[] }>(people.analyst(), 'GET', path('dhis2'))).body;
  assert.ok(!foreign.dataValues.some((row) => row.orgUnit === '00166' && row.dataElement === 'incare'), 'hidden is absent, never zero');
  assert.ok(foreign.dataValues.some((row) => row.orgUnit === '00166' && row.dataElement === 'found' && row.period === '202611'));
  const book = await readWorkbook(new Uint8Array((await site.call<Buffer>(people.analyst(), 'GET', path('xlsx'))).body));
  assert.ok(book.ok && book.value.length === 2, 'figures and a sheet of definitions');
  const sums = Buffer.from((await site.call<Buffer>(people.analyst(), 'GET', path('csv', '&sums=true'))).body).toString('utf8');
  assert.match(sums, /\r\n01,/);
  assert.equal((await site.call(people.officer('79', '26734'), 'GET', path('csv'))).status, 404);
});

test('every verdict has its sentence in both languages', () => {
  for (const code of rowCodes) for (const language of ['vi', 'en'] as const) assert.notEqual(sentence(code, {}, language), `row.${code}`, `${code} ${language}`);
});
