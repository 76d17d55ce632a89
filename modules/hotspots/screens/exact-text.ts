import type { Static } from '#kernel/shape.ts';
import type { ExactPlace } from '../schema.ts';

/** "21.02850, 105.85420" as a map or a phone gives it; degrees with a decimal point or comma. undefined: not a place of the country. */
export function readExact(text: string): Static<typeof ExactPlace> | undefined {
  const parts = /^\s*(\d{1,2}(?:[.,]\d+)?)\s*[,; ]\s*(\d{2,3}(?:[.,]\d+)?)\s*$/.exec(text);
  if (parts === null) return undefined;
  const [latitude, longitude] = [parts[1], parts[2]].map((part) => Number((part ?? '').replace(',', '.')));
  if (latitude === undefined || longitude === undefined || latitude < 6 || latitude > 24 || longitude < 100 || longitude > 120) return undefined;
  return { latitudeE5: Math.round(latitude * 100_000), longitudeE5: Math.round(longitude * 100_000) };
}
export const sayExact = ({ latitudeE5, longitudeE5 }: Static<typeof ExactPlace>): string => `${(latitudeE5 / 100_000).toFixed(5)}, ${(longitudeE5 / 100_000).toFixed(5)}`;
