import { withQuery, type QueryPatch } from '#web/place.ts';
import type { Link } from '../schema.ts';

/** Where a figure's name leads: its page, for this unit. */
export const indicatorPath = (id: string): string => `/chi-tieu/${id}`;
/** Where a figure comes from: one press from the figure, and from there one more to each return. */
export const explainPath = (indicator: string, unit: string, period: string, approved = false): string =>
  withQuery('/giai-thich', { chi: indicator, 'don-vi': unit, ky: period, muc: approved ? 'da-duyet' : undefined });
export const unitQuery = (unit: string): QueryPatch => ({ 'don-vi': unit });

/** The address of what a thing to know points at. */
export function pathOf({ screen, unit, period, indicator, dataSet }: Link): string {
  const at: QueryPatch = { 'don-vi': unit ?? undefined, ky: period ?? undefined };
  switch (screen) {
    case 'returns-calendar': return withQuery('/bao-cao', { ...at, bieu: dataSet ?? undefined });
    case 'approval-queue': return withQuery('/bao-cao/duyet', { ...at, bieu: dataSet ?? undefined });
    case 'indicator': return withQuery(indicator === null ? '/chi-tieu' : indicatorPath(indicator), at);
    case 'data-quality': return withQuery('/chat-luong', at);
    case 'unit': return unit === null || unit === '00' ? '/tinh' : unit.length > 2 ? `/xa/${unit}` : `/tinh/${unit}`;
    case 'committees': return '/ban-chi-dao';
    case 'analysis': return withQuery('/phan-tich', at);
  }
}
