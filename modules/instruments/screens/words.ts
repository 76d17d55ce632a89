import { language, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import type { Instrument, Standing } from '../schema.ts';

export const titleOf = (one: Pick<Instrument, 'titleVi' | 'titleEn'>): string => (language() === 'en' ? one.titleEn : one.titleVi);
export const pathOf = ({ province, id }: Pick<Instrument, 'province' | 'id'>): string => `/van-ban/${province}/${id}`;
/** "93 ngày muộn, nhiều nhất", "đúng hạn": words and a mark that say the same. */
export function latenessOf({ lateDays, exact, met }: Standing): { readonly kind: StatusKind; readonly text: string } {
  if (lateDays === null) return { kind: met ? 'done' : 'idle', text: t(met ? 'instruments.no-day' : 'instruments.not-due') };
  if (lateDays <= 0) return { kind: 'ok', text: t('instruments.in-time') };
  return { kind: met ? 'warn' : 'bad', text: t(exact ? 'instruments.late' : 'instruments.late-at-most', { count: lateDays }) };
}
