import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { Spread } from '../schema.ts';

/** A mean with its interval under it: never one number alone. */
export const SpreadText = ({ spread }: { readonly spread: Spread | null }) => (spread === null ? <>–</> : <>{number(spread.mean, 0)}<small>{t('facilities.between', { low: number(spread.low, 0), high: number(spread.high, 0) })}</small></>);
