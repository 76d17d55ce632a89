import { scanXml, type XmlFault } from './xml.ts';

type Level = { format: string; text: string; start: number };
type Numbering = { readonly levels: readonly Level[]; readonly abstractId: string; readonly overrides: ReadonlyMap<number, number> };

/** Counts list items as Word would, so that "1.", "a)" or "-" can be written in front of the text they belong to. */
export type ListCounter = { readonly marker: (numId: string, level: number) => string };

const romanDigits: readonly (readonly [number, string])[] = [
  [1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
];

function roman(n: number): string {
  let out = '';
  let rest = Math.min(n, 3999);
  for (const [value, digits] of romanDigits) {
    while (rest >= value) {
      out += digits;
      rest -= value;
    }
  }
  return out;
}

/** a … z, then aa, bb, as Word counts letters. */
const letters = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.min(8, Math.floor((n - 1) / 26) + 1));

function numeral(format: string, n: number): string {
  if (format === 'lowerLetter') return letters(n);
  if (format === 'upperLetter') return letters(n).toUpperCase();
  if (format === 'lowerRoman') return roman(n);
  if (format === 'upperRoman') return roman(n).toUpperCase();
  if (format === 'decimalZero') return String(n).padStart(2, '0');
  return format === 'none' ? '' : String(n);
}

type NumberingPart = { abstract: Map<string, Level[]>; nums: Map<string, { abstractId: string; overrides: Map<number, number> }> };

function readNumbering(xml: string, part: NumberingPart): XmlFault | undefined {
  let levels: Level[] = [];
  let level: Level | undefined;
  let num: { abstractId: string; overrides: Map<number, number> } | undefined;
  let overridden = 0;
  return scanXml(xml, {
    open(name, attribute) {
      const value = attribute('w:val') ?? '';
      if (name === 'w:abstractNum') {
        levels = [];
        part.abstract.set(attribute('w:abstractNumId') ?? '', levels);
      } else if (name === 'w:num') {
        num = { abstractId: '', overrides: new Map() };
        part.nums.set(attribute('w:numId') ?? '', num);
      } else if (name === 'w:abstractNumId' && num !== undefined) num.abstractId = value;
      else if (name === 'w:lvlOverride') overridden = Number(attribute('w:ilvl'));
      else if (name === 'w:startOverride') num?.overrides.set(overridden, Number(value));
      else if (name === 'w:lvl' && num === undefined) {
        level = { format: 'decimal', text: '', start: 1 };
        const at = Number(attribute('w:ilvl'));
        if (Number.isInteger(at) && at >= 0 && at < 9) levels[at] = level;
      } else if (level !== undefined && name === 'w:numFmt') level.format = value;
      else if (level !== undefined && name === 'w:lvlText') level.text = value;
      else if (level !== undefined && name === 'w:start') level.start = Number(value) || 0;
    },
    text() {},
    close(name) {
      if (name === 'w:lvl') level = undefined;
      if (name === 'w:num') num = undefined;
    },
  });
}

function markerText(levels: readonly Level[], at: number, counts: readonly (number | undefined)[]): string {
  const level = levels[at];
  if (level === undefined || level.format === 'none') return '';
  if (level.format === 'bullet') return '-';
  return level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const i = Number(digit) - 1;
    return numeral(levels[i]?.format ?? 'decimal', counts[i] ?? levels[i]?.start ?? 1);
  });
}

/** Reads `word/numbering.xml`; without it no paragraph has a marker. */
export function listCounter(xml: string | undefined): { readonly counter: ListCounter } | { readonly fault: XmlFault } {
  const part: NumberingPart = { abstract: new Map(), nums: new Map() };
  const fault = xml === undefined ? undefined : readNumbering(xml, part);
  if (fault !== undefined) return { fault };
  // lists of one abstract definition go on counting together, unless a list says where to start anew
  const counters = new Map<string, (number | undefined)[]>();
  const restarted = new Set<string>();
  const numbering = (numId: string): Numbering | undefined => {
    const num = part.nums.get(numId);
    const levels = num === undefined ? undefined : part.abstract.get(num.abstractId);
    return num === undefined || levels === undefined ? undefined : { levels, abstractId: num.abstractId, overrides: num.overrides };
  };
  const marker: ListCounter['marker'] = (numId, at) => {
    const list = numbering(numId);
    if (list === undefined) return '';
    const counts = counters.get(list.abstractId) ?? [];
    counters.set(list.abstractId, counts);
    const restart = list.overrides.get(at);
    const first = restart !== undefined && !restarted.has(`${numId}/${at}`);
    restarted.add(`${numId}/${at}`);
    const before = counts[at];
    counts[at] = first ? restart : before === undefined ? (list.levels[at]?.start ?? 1) : before + 1;
    counts.length = at + 1;
    return markerText(list.levels, at, counts);
  };
  return { counter: { marker } };
}
