/** Registers that fill in figures of returns, named by a definition's `prefilledFrom`: where two modules meet that do not know each other. */
import { countDueInTime } from '#modules/directives/index.ts';
import { providePrefill } from '#modules/returns/index.ts';

/** Tasks due in a period, and of these those done in time, for the provincial form: those of the province's own level. */
export function providePrefills(): void {
  providePrefill('directives', async (tx, { province, unit, first, last, elements }) => {
    const { due, onTime } = await countDueInTime(tx, { province, commune: unit === province ? null : unit, first, last });
    return new Map([['nhiem-vu-den-han', due] as const, ['nhiem-vu-dung-han', onTime] as const].filter(([element]) => elements.includes(element)));
  });
}
