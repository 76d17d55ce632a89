/** Values as they stand, one row a value, period by period: nothing is held but one period of one data set. */
import type { Database } from '#platform/db/database.ts';
import { latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { csvLine } from '#kernel/csv-rows.ts';
import { foreignPeriod } from '../exchange/periods.ts';
import { periodsHeld } from '../store/exchange.ts';
import { readPacked } from '../store/reading.ts';

export type ExportFormat = 'csv' | 'json' | 'dhis2';
export type ExportAsked = { readonly format: ExportFormat; readonly periods: readonly string[]; readonly dataSets: readonly string[]; readonly units: readonly string[] };

/** The id every installation of the field's software keeps for "not broken down". */
const plainCombo = 'HllvX50cXC0';
type Row = { readonly dataElement: string; readonly period: string; readonly orgUnit: string; readonly categoryOptionCombo: string; readonly attributeOptionCombo: string; readonly value: string; readonly lastUpdated: string };

/** @param asked empty lists: everything @yields pieces of text */
export async function* exportValues(db: Database, { format, periods, dataSets, units }: ExportAsked): AsyncGenerator<string> {
  const held = await db.read('system', periodsHeld);
  const wanted = held.filter((one) => (periods.length === 0 || periods.includes(one.period)) && (dataSets.length === 0 || dataSets.includes(one.dataSet)));
  if (format === 'csv') yield csvLine(['dataelement', 'period', 'orgunit', 'categoryoptioncombo', 'attributeoptioncombo', 'value', 'storedby', 'lastupdated', 'comment', 'followup', 'deleted']);
  else if (format === 'dhis2') yield '{"dataValues":[';
  else yield '[';
  let any = false;
  for (const { period, dataSet } of wanted) {
    const rows = await rowsOf(db, { period, dataSet, units, foreign: format !== 'json' });
    if (rows.length === 0) continue;
    if (format === 'csv') yield rows.map((row) => csvLine([row.dataElement, row.period, row.orgUnit, row.categoryOptionCombo, row.attributeOptionCombo, row.value, '', row.lastUpdated, '', 'false', 'false'])).join('');
    else yield `${any ? ',\n' : '\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`;
    any = true;
  }
  if (format === 'dhis2') yield '\n]}\n';
  if (format === 'json') yield '\n]\n';
}

async function rowsOf(db: Database, { period, dataSet, units, foreign }: { readonly period: string; readonly dataSet: string; readonly units: readonly string[]; readonly foreign: boolean }): Promise<Row[]> {
  return db.read('system', async (tx) => {
    const slots = new Map((await slotsOf(tx)).of(dataSet).map((slot) => [slot.slot, slot]));
    const { head } = await latestProgramme(tx);
    const shown = foreign ? foreignPeriod(period) ?? period : period;
    const blank = head.id === 'dhis2' || foreign ? plainCombo : '';
    const list = await readPacked(tx, { periods: [period], dataSets: [dataSet], ...(units.length > 0 ? { units } : {}) });
    return list.flatMap((one) => one.vals.flatMap((value, i): Row[] => {
      const slot = slots.get(i + 1);
      if (value === null || slot === undefined) return [];
      const cell = slot.cell === '' || slot.cell === 'default' ? blank : slot.cell;
      return [{ dataElement: slot.element, period: shown, orgUnit: one.orgUnit, categoryOptionCombo: cell, attributeOptionCombo: one.attribute || blank, value: String(value), lastUpdated: one.at }];
    }));
  });
}
