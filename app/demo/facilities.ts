/** Facilities of the demonstration agree with the returns of the demonstration: read here, handed over there. */
import type { Now } from '#kernel/clock.ts';
import type { Tx } from '#platform/db/tx.ts';
import { slotsOf } from '#modules/definitions/index.ts';
import { demonstrationPeriods, seedFacilities } from '#modules/facilities/index.ts';
import { readPacked } from '#modules/returns/index.ts';

export async function seedFacilitiesFromReturns(tx: Tx, now: Now): Promise<{ facilities: number; days: number }> {
  const slots = (await slotsOf(tx)).of('co-so-thang');
  const packed = await readPacked(tx, { periods: await demonstrationPeriods(tx, now.today), dataSets: ['co-so-thang'] });
  const figures = new Map(packed.map((one) => [`${one.orgUnit}/${one.period}`, new Map(slots.flatMap(({ slot, element, cell }) => {
    const value = one.vals[slot - 1] ?? null;
    return value === null ? [] : [[cell === '' ? element : `${element}/${cell}`, value] as const];
  }))]));
  return seedFacilities(tx, now, (province, period) => figures.get(`${province}/${period}`));
}
