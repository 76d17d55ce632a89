import { withQuery } from '#web/address.ts';
import type { ReturnKey } from '../schema.ts';

export const pathOf = ({ province, unit, period, dataSet, attribute }: ReturnKey, below = ''): string =>
  `/bao-cao/${province}/${unit}/${period}/${dataSet}${below}${attribute === '' ? '' : `?nguon=${encodeURIComponent(attribute)}`}`;
/** The very box in the form; without a slot the form. */
export const cellPath = (key: ReturnKey, slot: number): string => withQuery(pathOf(key), slot > 0 ? { o: slot } : {});
