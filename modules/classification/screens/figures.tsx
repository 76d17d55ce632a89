/** A number, a hidden small count and a missing report are three different things in every place. */
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { Figure } from '#modules/indicators/schema.ts';
import { compactOf, type Compact } from '#modules/indicators/schema.ts';
import type { Quantity } from '../schema/criteria.ts';

export const sayCompact = (value: Compact, decimals = 1): string => (value === null ? '–' : value === '<' ? '<10' : number(value, decimals));
const meaning = (value: Compact): string | undefined => (value === null ? t('classification.no-report') : value === '<' ? t('classification.hidden-count') : undefined);

export function CompactText({ value, decimals = 1, suffix = '' }: { readonly value: Compact; readonly decimals?: number; readonly suffix?: string }) {
  const long = meaning(value);
  return <span className={value === null ? 'muted' : undefined} {...(long === undefined ? {} : { title: long })}>{sayCompact(value, decimals)}{typeof value === 'number' ? suffix : ''}{long === undefined ? null : <span className="vh"> {long}</span>}</span>;
}
export const FigureText = ({ figure, ...rest }: { readonly figure: Figure; readonly decimals?: number; readonly suffix?: string }) => <CompactText value={compactOf(figure)} {...rest} />;

const rates: readonly Quantity[] = ['managed-rate', 'offender-rate', 'class-I-II-share'];
export const isRate = (quantity: Quantity): boolean => rates.includes(quantity);
/** Up to four decimals of a percentage, so that 0.0998 is not shown as the threshold it misses. */
export const quantityDecimals = (quantity: Quantity): number => (isRate(quantity) ? 4 : quantity === 'plant-area' ? 1 : 0);
export const quantitySuffix = (quantity: Quantity): string => (isRate(quantity) ? '%' : quantity === 'plant-area' ? ' m²' : '');

const routeKeys = ['none', 'intra', 'inter', 'both'] as const;
/** A quantity with its unit; a route in words. */
export function QuantityText({ quantity, figure }: { readonly quantity: Quantity; readonly figure: Figure }) {
  if (quantity === 'on-route' && 'v' in figure) return <>{t(`classification.route-${routeKeys[figure.v] ?? 'none'}`)}</>;
  return <FigureText figure={figure} decimals={quantityDecimals(quantity)} suffix={quantitySuffix(quantity)} />;
}

/** '%', 'người' … of a figure that stands beside a share. */
export const unitSuffix = (unit: string): string => (unit === '%' || unit === 'percent' || unit === 'phan-tram' ? '%' : unit === 'ngày' || unit === 'days' ? ` ${t('classification.days')}` : '');
