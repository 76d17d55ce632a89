import { number, percent } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import type { FacilityKey, FacilityRow, Spread } from '../schema.ts';

export const keyOf = (row: Pick<FacilityRow, 'province' | 'code'>): FacilityKey => ({ province: row.province, facility: row.code });
export const facilityPath = ({ province, facility }: FacilityKey, below = ''): string => `/co-so/${province}/${facility}${below}`;
export const facilityName = (row: Pick<FacilityRow, 'nameVi' | 'nameEn'>): string => named(row);
export const crumbs = (row: Pick<FacilityRow, 'province' | 'code' | 'nameVi' | 'nameEn'>, here: string) => [{ label: t('facilities.title'), to: '/co-so' }, { label: facilityName(row), to: facilityPath(keyOf(row)) }, { label: here }];

/** Above 100 % is said as it is. */
export const sayOccupancy = (ratio: number | null | undefined): string => (ratio === null || ratio === undefined ? '–' : percent(ratio));
export const occupancyKind = (ratio: number | null | undefined): StatusKind => (ratio === null || ratio === undefined ? 'idle' : ratio > 1 ? 'bad' : ratio > 0.9 ? 'warn' : 'ok');
export const signed = (value: number): string => (value > 0 ? `+${number(value)}` : number(value));
export const saySpread = (spread: Spread | null): string => (spread === null ? '–' : t('facilities.spread', { mean: number(spread.mean, 0), low: number(spread.low, 0), high: number(spread.high, 0) }));
