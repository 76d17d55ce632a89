/** A return's past as its form shows it: each period's figures, and of whom they are when the unit was made of others since. */
import type { Period } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import type { Tx } from '#platform/db/tx.ts';
import { treeDayOf } from '#modules/definitions/schema.ts';
import type { Content } from '../rules/content.ts';
import { keyText, type PastPeriod, type ReturnKey, type UnitShown } from '../schema.ts';
import { engineOf } from './engine.ts';
import type { FormOn, Forms } from './forms.ts';
import { pastVectors, type PastUnit } from './past.ts';

export type Past = Pick<PastPeriod, 'period' | 'before'> & { readonly content: Content };

/** @param tx of the system: who may read this unit reads what it was made of, as sums, whoever kept it then. @returns oldest first */
export async function pastOf(tx: Tx, { services }: Pick<Context, 'services'>, on: FormOn, key: ReturnKey, periods: readonly Period[]): Promise<Past[]> {
  const { forms } = engineOf(services.db);
  const found = (await pastVectors(tx, forms, [{ key, on, periods }])).get(keyText(key)) ?? [];
  return Promise.all(found.map(async ({ period, vals, noData, before }) => ({
    period, content: { vals, noData, words: null },
    before: before === null ? null : { units: await namesOf(tx, forms, before.units, treeDayOf(period, on.form.programme.head)), reported: before.reported, apart: before.apart },
  })));
}

async function namesOf(tx: Tx, forms: Forms, units: readonly PastUnit[], day: string): Promise<UnitShown[]> {
  const rows = await forms.rowsOn(tx, day);
  return units.flatMap(({ unit }) => rows.filter((row) => row.code === unit).map(({ code, nameVi, nameEn, kind, level, province }) => ({ code, nameVi, nameEn: nameEn ?? nameVi, kind, level, province })));
}
