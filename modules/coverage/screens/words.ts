import { number, percent } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import { shareReached } from '../rules/review.ts';
import type { Campaign, Place, PlaceKind, PlaceState, Totals } from '../schema.ts';

export const nameOf = (campaign: Pick<Campaign, 'nameVi' | 'nameEn'>): string => (language() === 'en' ? campaign.nameEn : campaign.nameVi);
export const campaignPath = ({ province, id }: Pick<Campaign, 'province' | 'id'>): string => `/ra-soat/${province}/${id}`;
export const divisionPath = (campaign: Pick<Campaign, 'province' | 'id'>, shard: string, commune: string): string => `${campaignPath(campaign)}/${shard}/${commune}`;
export const sayKind = (kind: PlaceKind): string => sayKey(`coverage.kind.${kind}`);
/** "Tổ dân phố 3", or "Boarding houses, cluster 1". */
export const placeName = (place: Pick<Place, 'kind' | 'number' | 'name'>): string => (place.name !== '' ? place.name : t('coverage.cluster', { kind: sayKind(place.kind), number: place.number }));
export const badgeOf: Readonly<Record<PlaceState, StatusKind>> = { due: 'idle', reached: 'done', 'not-applicable': 'fair' };
export const applicable = (totals: Pick<Totals, 'places' | 'notApplicable'>): number => totals.places - totals.notApplicable;
export const sayShare = (totals: Pick<Totals, 'places' | 'notApplicable' | 'reached'>): string => {
  const share = shareReached(totals);
  return share === null ? t('coverage.no-share') : percent(share);
};
export const sayReached = (totals: Pick<Totals, 'places' | 'notApplicable' | 'reached'>): string => t('coverage.reached-of', { reached: number(totals.reached), of: number(applicable(totals)) });
/** Whole numbers as typed; undefined for anything else. */
export const countTyped = (typed: string): number | undefined => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed.trim()) : undefined);
