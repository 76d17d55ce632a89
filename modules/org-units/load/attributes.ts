import { hash } from 'node:crypto';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { openBook, openEdition } from '../actions.ts';
import { saveAttributes, saveAttributesDigest, type AttributeRow } from '../store/groups.ts';

export type UnitAttributeGiven = AttributeRow;
export type AttributeReport = { readonly stored: number; readonly changed: boolean; readonly unknown: readonly string[] };

/**
 * Adds numbers of units; one attribute of one unit has one number a day. Rows of a unit that the register never had are left out and
 * named; numbers that are not finite are a fault of the caller.
 *
 * @throws RangeError for a number that is not finite
 */
export async function loadUnitAttributes(tx: Tx, given: readonly UnitAttributeGiven[], at = new Date().toISOString()): Promise<AttributeReport> {
  const book = await openBook(tx);
  const strange = given.find((row) => !Number.isFinite(row.value));
  if (strange !== undefined) throw new RangeError(`${strange.attribute} of ${strange.unitCode} is not a number`);
  const rows = [...new Map(given.filter((row) => book.byCode.has(row.unitCode)).map((row) => [`${row.attribute} ${row.unitCode} ${row.validFrom}`, row])).values()];
  const unknown = [...new Set(given.filter((row) => !book.byCode.has(row.unitCode)).map((row) => row.unitCode))];
  const { attributesDigest } = await openEdition(tx);
  const own = hash('sha256', JSON.stringify(rows)).slice(0, 16);
  const digests = attributesDigest.split(' ').filter((one) => one !== '');
  if (digests.at(-1) === own || rows.length === 0) return { stored: 0, changed: false, unknown };
  await saveAttributes(tx, rows);
  await saveAttributesDigest(tx, [...digests.filter((one) => one !== own), own].slice(-20).join(' '));
  await record(tx, {
    province: '00', at, actor: 'system', action: 'org-units.attributes-loaded', target: { type: 'unit-attributes', id: own },
    facts: { rows: rows.length, attributes: new Set(rows.map((row) => row.attribute)).size },
  });
  return { stored: rows.length, changed: true, unknown };
}
