/** What stands beside every drug-free share: voluntariness, reach of care, waiting, complaints, deaths (SECURITY E13). Which ones, the programme says. */
import { RefusalError } from '#kernel/result.ts';
import { shiftPeriod } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import type { Indicator } from '#modules/definitions/schema.ts';
import { readPivot } from '#modules/indicators/index.ts';
import { figureOf, type Compact } from '#modules/indicators/schema.ts';
import type { BesideFigure } from '../schema.ts';
import type { Frame } from './frame.ts';

type Use = Pick<Context, 'actor' | 'now' | 'services' | 'language'>;
export type BesideOf = Omit<BesideFigure, 'value'>;

/** A year that has ended is read whole; of one that runs, its last quarter that has ended, or the one before. */
export function besidePeriod({ period }: Frame): string {
  if (period.ended) return period.id;
  const quarters = Math.floor(period.monthsEnded.length / 3);
  return quarters === 0 ? shiftPeriod(`${period.id}-Q1`, -1) : `${period.id}-Q${quarters}`;
}

const named = ({ programme }: Frame): Indicator[] => (programme.head.overview?.beside ?? []).flatMap((id) => programme.indicators.get(id) ?? []);

/** Names and units of the figures, in the order in which every share carries them. */
export const besideOf = (frame: Frame, language: 'vi' | 'en'): BesideOf[] => named(frame).map((one) => ({
  id: one.id, name: one.shortName, unit: one.unit.code === 'phan-tram' ? '%' : one.unit[language], decimals: one.decimals, period: besidePeriod(frame),
}));

export type Beside = ReadonlyMap<string, readonly Compact[]>;
/**
 * Figures by unit, as this reader may see them.
 *
 * @param level `self`, or `province` for every province of the nation
 * @returns every unit has all figures; one that cannot be read is null, never left out
 */
export async function besideFor(use: Use, frame: Frame, unit: string, level: 'self' | 'province'): Promise<Beside> {
  const measures = named(frame).map((one) => ({ kind: 'indicator' as const, id: one.id }));
  if (measures.length === 0) return new Map();
  try {
    const reply = await readPivot(use, { measures, periods: [besidePeriod(frame)], units: { of: unit, level }, standing: 'reported' });
    const units = reply.dimensions.find((one) => one.kind === 'unit')?.keys ?? [];
    const keys = reply.dimensions.find((one) => one.kind === 'measure')?.keys ?? [];
    const figureAt = (id: string, at: number): Compact => { const row = keys.indexOf(`indicator:${id}`); return row === -1 ? null : (reply.values[row * units.length + at] ?? null); };
    return new Map(units.map((code, at) => [code, measures.map((one) => figureAt(one.id, at))]));
  } catch (error) {
    if (error instanceof RefusalError) return new Map(); // not this reader's figures, or a period before the programme: shown as missing
    throw error;
  }
}

export const besideValues = (beside: Beside, unit: string, of: readonly BesideOf[]): Compact[] => [...(beside.get(unit) ?? of.map(() => null))];
export const besideFigures = (beside: Beside, unit: string, of: readonly BesideOf[]): BesideFigure[] => {
  const values = besideValues(beside, unit, of);
  return of.map((one, at) => ({ ...one, value: figureOf(values[at] ?? null) }));
};
