/** Registers that fill in figures of returns, named by a definition's `prefilledFrom`, and registers that ask returns: where modules meet that do not know each other. */
import { daysOf, periodAt, shiftPeriod } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import { latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { countDueInTime } from '#modules/directives/index.ts';
import { type AccessFigures, censusOf, provideAccessFigures } from '#modules/facilities/index.ts';
import { figuresOfReturn } from '#modules/hotspots/index.ts';
import { lineage } from '#modules/org-units/index.ts';
import { providePrefill, readRollUps } from '#modules/returns/index.ts';

/**
 * Tasks due in a period, and of these those done in time, for the provincial form: those of the province's own level. The points of a commune's
 * monthly form come from their register, that of facilities from their daily books. The forecast of facilities asks the returns for need and for places elsewhere.
 */
export function providePrefills(): void {
  providePrefill('directives', async (tx, { province, unit, first, last, elements }) => {
    const { due, onTime } = await countDueInTime(tx, { province, commune: unit === province ? null : unit, first, last });
    return new Map([['nhiem-vu-den-han', due] as const, ['nhiem-vu-dung-han', onTime] as const].filter(([element]) => elements.includes(element)));
  });
  providePrefill('facilities', (tx, { province, unit, first, last }) => (unit === province ? censusOf(tx, { province, first, last }) : Promise.resolve(new Map<string, number>())));
  providePrefill('hotspots', async (tx, { province, unit, first, last }) => figuresOfReturn(tx, { province, commune: unit, also: await madeOf(tx, unit, last), first, last }));
  provideAccessFigures(accessFigures);
}

/** Communes that went whole into this one since the programme began: a place keeps the commune it was recorded in. */
async function madeOf(tx: Tx, unit: string, day: string): Promise<string[]> {
  const { head } = await latestProgramme(tx);
  const began = head.earliestMap ?? daysOf(head.firstPeriod, head.calendar).first;
  if (began >= day) return [];
  const { fate } = await lineage(tx);
  const back = fate(unit, day, began);
  const codes = back.kind === 'whole' ? [back.code] : back.kind === 'part' ? back.codes : [];
  return codes.filter((code) => { const forth = fate(code, began, day); return code !== unit && forth.kind === 'whole' && forth.code === unit; });
}

/** Need and places of each province by the last quarter and month that are over; a box nobody filled in stays unknown. */
async function accessFigures(tx: Tx, today: string): Promise<AccessFigures[]> {
  const { head } = await latestProgramme(tx);
  const slots = await slotsOf(tx);
  const before = (type: 'quarter' | 'month'): string => shiftPeriod(periodAt(today, type, head.calendar), -1);
  const [quarter, month] = [before('quarter'), before('month')];
  const [quarters, months] = await Promise.all([readRollUps(tx, { periods: [quarter], dataSets: ['tinh-quy'], standing: 'reported' }), readRollUps(tx, { periods: [month], dataSets: ['xa-thang'], standing: 'reported' })]);
  const slotOf = (dataSet: string, element: string, cell = ''): number => slots.of(dataSet).find((one) => one.element === element && one.cell === cell)?.slot ?? 0;
  const own = (rows: typeof quarters) => new Map(rows.filter((row) => row.node === row.province).map((row) => [row.province, row.sums]));
  const [byQuarter, byMonth] = [own(quarters), own(months)];
  const [need, substitution, home] = [slotOf('tinh-quy', 'uoc-tinh-can-can-thiep'), slotOf('tinh-quy', 'cho-dieu-tri-thay-the'), slotOf('xa-thang', 'dang-dieu-tri', 'tai-nha')];
  return [...new Set([...byQuarter.keys(), ...byMonth.keys()])].filter((province) => province !== '00').map((province) => ({
    province, period: quarter, need: byQuarter.get(province)?.[need - 1] ?? null, substitution: byQuarter.get(province)?.[substitution - 1] ?? null, home: byMonth.get(province)?.[home - 1] ?? null,
  }));
}
