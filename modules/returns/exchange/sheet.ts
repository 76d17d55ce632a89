/** The sheet of one return: what identifies it, its boxes in order, and what a filled one says. Pure. */
import type { CellValue, ReturnKey } from '../schema.ts';
import type { Form, SlotDefinition } from '../rules/form.ts';
import type { Facts, RowCode } from './report.ts';

const markStart = 'sauro-return/1 ';
/** A line over the table by which a sheet is known again: whose return, and the revision it was made from. */
export const markOf = ({ province, unit, period, dataSet, attribute }: ReturnKey, rev: number): string => `${markStart}${province}/${unit}/${period}/${dataSet}/${attribute} #${rev}`;
export function readMark(text: string): { readonly key: ReturnKey; readonly rev: number } | undefined {
  const found = /^sauro-return\/1 ([^/\s]+)\/([^/\s]+)\/([^/\s]+)\/([^/\s]+)\/([^/\s]*) #(\d{1,9})(?:\s|$)/u.exec(text.normalize('NFC').trim());
  if (found === null) return undefined;
  const [, province = '', unit = '', period = '', dataSet = '', attribute = '', rev = '0'] = found;
  return { key: { province, unit, period, dataSet, attribute }, rev: Number(rev) };
}
/** The name of a box: the element, and the cell where it is broken down. */
export const codeOf = ({ element, cell }: Pick<SlotDefinition, 'element' | 'cell'>): string => (cell === '' ? element.id : `${element.id}.${cell}`);
export const codesOfForm = (form: Form): ReadonlyMap<string, SlotDefinition> => new Map([...form.slots.values()].map((one) => [codeOf(one), one]));

/** One filled box on its way in. */
export type Candidate = { readonly place: string; readonly row: number; readonly slot: number; readonly value: CellValue; readonly note: string; readonly remark: RowCode | undefined; readonly facts: Facts };
export type RefusedCandidate = { readonly place: string; readonly row: number; readonly code: RowCode; readonly facts: Facts };
/** One return as a file tells it. `rev`: the revision the file was made from; undefined: whatever stands now. */
export type IncomingReturn = { readonly key: ReturnKey; readonly rev: number | undefined; readonly boxes: readonly Candidate[] };

const same = (a: Candidate, b: Candidate): boolean => a.value === b.value && a.note === b.note;
/** Two rows about one box: the same said twice is one; two answers are none. */
export function withoutTwins(boxes: readonly Candidate[]): { readonly boxes: Candidate[]; readonly refused: RefusedCandidate[]; readonly repeated: RefusedCandidate[] } {
  const [kept, refused, repeated]: [Candidate[], RefusedCandidate[], RefusedCandidate[]] = [[], [], []];
  for (const list of Map.groupBy(boxes, (one) => one.slot).values()) {
    const [first] = list;
    if (first === undefined) continue;
    if (list.every((one) => same(one, first))) {
      kept.push(first);
      for (const one of list.slice(1)) repeated.push({ place: one.place, row: one.row, code: 'duplicate-same', facts: { row: first.row } });
      continue;
    }
    const facts = { rows: list.map((one) => one.row).slice(0, 8).join(', '), values: [...new Set(list.map((one) => String(one.value)))].join('; ') };
    for (const one of list) refused.push({ place: one.place, row: one.row, code: 'duplicate-conflict', facts });
  }
  return { boxes: kept.sort((a, b) => a.slot - b.slot), refused, repeated };
}
