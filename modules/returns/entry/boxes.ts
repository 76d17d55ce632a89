/** The form of one return as a list of boxes in the order in which a hand fills them. Pure. */
import type { CellValue, ReturnForm, ShownValue } from '../schema.ts';

type FormSection = ReturnForm['sections'][number];
export type FormElement = FormSection['elements'][number];
export type Words = { readonly vi: string; readonly en: string };
/** One box: a slot of an element. `number` is its place as people say it: 3.5, or 3.5.2 for a part of 3.5. */
export type Box = {
  readonly slot: number; readonly section: string; readonly element: FormElement; readonly name: Words; readonly number: string; readonly part: boolean;
  readonly compulsory: boolean; readonly last: ShownValue; readonly yearToDate: ShownValue; readonly prefill: { readonly value: number; readonly register: string } | null;
};
/** A heading above boxes: an element with parts, or one whose boxes stand in another form. */
export type Heading = { readonly element: FormElement; readonly number: string; readonly elsewhere: boolean };
export type Line = { readonly heading: Heading } | { readonly box: Box };
export type Section = { readonly id: string; readonly number: number; readonly name: Words; readonly nothingToReport: boolean; readonly lines: readonly Line[]; readonly boxes: readonly Box[] };
export type Outline = { readonly sections: readonly Section[]; readonly boxes: readonly Box[]; readonly indexOf: ReadonlyMap<number, number> };

/** Texts are no figures: they are written as notes. */
const isFigure = (element: FormElement): boolean => element.valueType !== 'text';

export function outlineOf(form: ReturnForm): Outline {
  const place = new Map(form.slots.map((slot, at) => [slot, at]));
  const shown = (values: readonly ShownValue[] | undefined, slot: number): ShownValue => values?.[place.get(slot) ?? -1] ?? null;
  const prefills = new Map(form.prefill.map((one) => [one.slot, { value: one.value, register: one.register }]));
  const sections = form.sections.map((section, at): Section => {
    const lines = section.elements.filter(isFigure).flatMap((element, index): Line[] => {
      const number = `${at + 1}.${index + 1}`;
      if (element.elsewhere !== null) return [{ heading: { element, number, elsewhere: true } }];
      const boxes = element.cells.map((cell, part): Line => ({
        box: {
          slot: cell.slot, section: section.id, element, name: cell.name ?? element.name, number: cell.name === null ? number : `${number}.${part + 1}`, part: cell.name !== null, compulsory: element.compulsory,
          last: shown(form.previous?.values, cell.slot), yearToDate: shown(form.yearToDate, cell.slot), prefill: prefills.get(cell.slot) ?? null,
        },
      }));
      return element.cells.some((cell) => cell.name !== null) ? [{ heading: { element, number, elsewhere: false } }, ...boxes] : boxes;
    });
    return { id: section.id, number: at + 1, name: section.name, nothingToReport: section.nothingToReport, lines, boxes: lines.flatMap((line) => ('box' in line ? [line.box] : [])) };
  });
  const boxes = sections.flatMap((section) => section.boxes);
  return { sections, boxes, indexOf: new Map(boxes.map((box, at) => [box.slot, at])) };
}

export type Values = ReadonlyMap<number, CellValue>;
/** A value a reader may not see counts as answered; in an entry form of one's own unit there is none. */
export const plainValue = (value: ShownValue): CellValue => (typeof value === 'object' && value !== null ? null : value);
export const currentOf = (form: ReturnForm): Map<number, CellValue> => new Map(form.slots.map((slot, at) => [slot, plainValue(form.current[at] ?? null)]));

export type Progress = { readonly filled: number; readonly of: number };
/** Zero and "no data" are answers; an empty box is not. */
export const progressOf = (boxes: readonly Pick<Box, 'slot'>[], values: Values): Progress =>
  ({ filled: boxes.reduce((count, box) => count + ((values.get(box.slot) ?? null) === null ? 0 : 1), 0), of: boxes.length });
export const stateOfProgress = ({ filled, of }: Progress): 'empty' | 'begun' | 'complete' => (filled === 0 ? 'empty' : filled < of ? 'begun' : 'complete');
/** Compulsory boxes without an answer: a return cannot be sent with one. */
export const missingIn = (outline: Outline, values: Values): readonly Box[] => outline.boxes.filter((box) => box.compulsory && (values.get(box.slot) ?? null) === null);
