/** Reads the text a month of returns comes as: `unit rev approved v,v,,v;unit …`. A loop over characters, because 700,000 numbers are read for a year. */
import { boxCount } from './boxes.ts';

export type Line = { readonly unit: string; readonly rev: number; readonly approved: boolean };

/**
 * @param place where in `into` a unit's boxes go; negative: nowhere
 * @param into gets NaN where nothing stands between two commas
 */
export function readMonthText(text: string, into: Float64Array, place: (line: Line) => number): void {
  let at = 0;
  while (at < text.length) {
    const unitEnd = text.indexOf(' ', at);
    const revEnd = text.indexOf(' ', unitEnd + 1);
    const line = { unit: text.slice(at, unitEnd), rev: Number(text.slice(unitEnd + 1, revEnd)), approved: text.charCodeAt(revEnd + 1) === 49 };
    const start = place(line);
    at = revEnd + 3;
    for (let box = 0; box < boxCount; box += 1) {
      const from = at;
      let whole = 0;
      let plain = true;
      for (; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code === 44 || code === 59) break;
        if (code >= 48 && code <= 57) whole = whole * 10 + code - 48; else plain = false;
      }
      if (start >= 0) into[start + box] = at === from ? Number.NaN : plain && at - from <= 15 ? whole : Number(text.slice(from, at));
      at += 1;
    }
  }
}
