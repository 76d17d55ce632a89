/**
 * Numbers of an array that came as text ("3,,0.5"): a loop over characters, because a million of them are read when a month of communes is
 * loaded, and splitting costs five times as much.
 *
 * @param into gets NaN where nothing stands between two commas
 * @returns how many places were read
 */
export function parseVector(text: string, into: Float64Array | Int32Array, offset: number): number {
  const { length } = text;
  if (length === 0) return 0;
  let place = 0;
  let at = 0;
  while (at <= length) {
    const start = at;
    let whole = 0;
    let plain = true;
    for (; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 44) break;
      if (code >= 48 && code <= 57) whole = whole * 10 + code - 48; else plain = false;
    }
    into[offset + place] = at === start ? Number.NaN : plain && at - start <= 15 ? whole : Number(text.slice(start, at));
    place += 1;
    at += 1;
  }
  return place;
}
