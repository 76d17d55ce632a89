import type { CellValue, ReturnForm, Submission } from '../schema.ts';
import { baseField, explanationField, type Fields, noteField, overlaid, prefillField, valueField } from '../entry/answers.ts';
import { type Box, currentOf, missingIn, type Outline, outlineOf, type Progress, progressOf } from '../entry/boxes.ts';
import { afterStep, applied, type History, noHistory, nothingToReport, redo, reverted, type Step, stepOf, undo } from '../entry/history.ts';
import { type Finding, findingOf, type LiveRule, liveRulesOf, rulesBySlot, unusualOf } from '../entry/live-rules.ts';
import { readTyped, type TypedProblem } from '../entry/typed.ts';

/** What is wrong with the text of a box: it is asked about, or cannot be a value. */
export type TextProblem = { readonly text: string; readonly code: TypedProblem | 'ask'; readonly whole?: number; readonly decimal?: number };
export type Totals = Progress & { readonly errors: number; readonly warnings: number; readonly sections: ReadonlyMap<string, Progress & { readonly wrong: boolean }> };
type Given = { readonly form: ReturnForm; readonly queued: readonly Pick<Submission, 'values'>[]; readonly fields: Fields; readonly write: (fields: Fields) => void; readonly decimalMark: ',' | '.' };

const textField = (slot: number): string => `t${slot}`;

/**
 * The grid outside of the drawing: a key changes one box, asks that box's rules, and tells only the rows that must look different.
 * Everything that changes goes to the device in the same breath.
 */
export class GridStore {
  readonly form: ReturnForm;
  readonly outline: Outline;
  readonly decimalMark: ',' | '.';
  readonly values: Map<number, CellValue>;
  /** What the server has or will have from the outbox. */
  private readonly known: ReadonlyMap<number, CellValue>;
  readonly fields: Map<string, unknown>;
  private readonly write: (fields: Fields) => void;
  private readonly live: readonly LiveRule[];
  private readonly liveBySlot: ReadonlyMap<number, readonly LiveRule[]>;
  private readonly texts = new Map<number, TextProblem>();
  private readonly findings = new Map<string, Finding>();
  private readonly rows = new Map<number, Set<() => void>>();
  private readonly whole = new Set<() => void>();
  private history: History = noHistory;
  private totalsNow: Totals | undefined;
  private readonly versions = new Map<number, number>();

  constructor({ form, queued, fields, write, decimalMark }: Given) {
    this.form = form;
    this.outline = outlineOf(form);
    this.decimalMark = decimalMark;
    this.write = write;
    this.fields = new Map(Object.entries(fields));
    this.known = overlaid(currentOf(form), queued, {});
    this.values = overlaid(this.known, [], fields);
    this.live = liveRulesOf(form);
    this.liveBySlot = rulesBySlot(this.live);
    this.prefillEmpty();
    [this.near] = this.outline.boxes;
    for (const box of this.outline.boxes) {
      const text = fields[textField(box.slot)];
      if (typeof text === 'string') this.readText(box, text);
      this.lookAt(box);
    }
  }

  boxOf(slot: number): Box | undefined { return this.outline.boxes[this.outline.indexOf.get(slot) ?? -1]; }
  valueOf = (slot: number): CellValue => this.values.get(slot) ?? null;
  problemOf = (slot: number): TextProblem | undefined => this.texts.get(slot);
  findingsAt = (slot: number): readonly Finding[] => [...this.findings.values()].filter((finding) => finding.slot === slot);
  allFindings = (): readonly Finding[] => [...this.findings.values()];
  wrongTexts = (): readonly (readonly [number, TextProblem])[] => [...this.texts];
  textOf = (name: string): string => { const value = this.fields.get(name); return typeof value === 'string' ? value : ''; };
  explanationOf(finding: Finding): string {
    const slot = finding.kind === 'unusual' ? finding.slot : 0;
    const kept = this.textOf(explanationField(finding.rule, slot));
    return kept !== '' ? kept : (this.form.explanations.find((one) => one.rule === finding.rule && one.slot === slot)?.text ?? '');
  }
  reasonOf = (slot: number): string => this.textOf(prefillField(slot)) || (this.form.prefillReasons.find((one) => one.slot === slot)?.text ?? '');
  /** Whether the answer of this box is another than its register's: what that asks is a reason, once it is sent. */
  differs({ slot, prefill }: Box): boolean { const value = this.valueOf(slot); return prefill !== null && value !== null && value !== prefill.value; }
  /** Boxes that were changed from their register's figure, as the server will ask: without a reason they are not taken. */
  unreasoned = (): readonly Box[] => this.outline.boxes.filter((box) => this.differs(box) && this.fields.has(valueField(box.slot)) && this.reasonOf(box.slot).trim() === '');
  noteOf(slot: number): string {
    const kept = this.fields.get(noteField(slot));
    return typeof kept === 'string' ? kept : (this.form.notes.find((one) => one.slot === slot)?.text ?? '');
  }
  get canUndo(): boolean { return this.history.done.length > 0; }
  get changed(): boolean { return [...this.fields.keys()].some((name) => name !== baseField); }

  /** Text as it is typed: kept on the device at once, judged when the box is left. */
  type(box: Box, text: string): void {
    const read = readTyped(text, box.element.valueType);
    if (read.kind === 'value') this.put([[box.slot, read.value]], { [textField(box.slot)]: undefined });
    else this.put([], { [textField(box.slot)]: text });
  }

  /** The box is left: one step that Ctrl Z takes back. @returns the value it had when it was entered is the way back */
  commit(box: Box, text: string, before: CellValue): void {
    this.readText(box, text);
    const step = stepOf('typed', new Map([[box.slot, before]]), [[box.slot, this.valueOf(box.slot)]]);
    if (step !== undefined) this.history = afterStep(this.history, step);
    this.refresh([box.slot]);
  }

  private readText(box: Box, text: string): void {
    const read = readTyped(text, box.element.valueType);
    const had = this.texts.delete(box.slot);
    if (read.kind === 'value') {
      if (this.valueOf(box.slot) !== read.value || had) this.put([[box.slot, read.value]], { [textField(box.slot)]: undefined });
      return;
    }
    this.texts.set(box.slot, read.kind === 'ask' ? { text, code: 'ask', whole: read.whole, decimal: read.decimal } : { text, code: read.code });
    this.put([], { [textField(box.slot)]: text });
  }

  /** @returns the boxes that changed */
  apply(how: Step['how'], wanted: readonly (readonly [number, CellValue])[]): readonly number[] {
    const step = stepOf(how, this.values, wanted);
    if (step === undefined) return [];
    this.history = afterStep(this.history, step);
    return this.redraw(applied(step));
  }
  nothing(section: string): readonly number[] {
    return this.apply('nothing-to-report', nothingToReport(this.outline.sections.find((one) => one.id === section)?.boxes ?? [], this.values));
  }
  undo(): readonly number[] {
    const back = undo(this.history);
    if (back === undefined) return [];
    this.history = back.history;
    return this.redraw(reverted(back.step));
  }
  redo(): readonly number[] {
    const forth = redo(this.history);
    if (forth === undefined) return [];
    this.history = forth.history;
    return this.redraw(applied(forth.step));
  }
  /** A text beside the figures: explanation, note, reason. */
  say(name: string, text: string, slot: number): void {
    this.put([], { [name]: text });
    this.refresh([slot]);
  }

  /** Registers fill what is empty; it is the person's answer only when they send it, so nothing is written before they touch the form. */
  private prefillEmpty(): void {
    if (!this.form.may.enter || this.form.rev > 0) return;
    for (const { slot, value } of this.form.prefill) if (this.valueOf(slot) === null && !this.fields.has(valueField(slot))) this.values.set(slot, value);
  }
  /** Prefilled values that nobody typed go along when the return is sent. */
  untouchedPrefills(): Fields {
    return Object.fromEntries(this.form.prefill.filter(({ slot }) => !this.fields.has(valueField(slot)) && (this.known.get(slot) ?? null) !== this.valueOf(slot)).map(({ slot }) => [valueField(slot), this.valueOf(slot)]));
  }

  private put(values: readonly (readonly [number, CellValue])[], more: Fields = {}): void {
    const fields: Record<string, unknown> = { ...more };
    for (const [slot, value] of values) {
      this.values.set(slot, value);
      fields[valueField(slot)] = value;
    }
    if (!this.fields.has(baseField)) fields[baseField] = this.form.rev;
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) this.fields.delete(name);
      else this.fields.set(name, value);
    }
    this.write(fields);
  }

  private redraw(values: readonly (readonly [number, CellValue])[]): readonly number[] {
    const slots = values.map(([slot]) => slot);
    for (const slot of slots) this.texts.delete(slot);
    this.put(values, Object.fromEntries(slots.map((slot) => [textField(slot), undefined])));
    for (const slot of slots) this.versions.set(slot, (this.versions.get(slot) ?? 0) + 1);
    this.refresh(slots);
    return slots;
  }
  /** Grows when something other than typing changed a box, so that its input takes the new text. */
  versionOf = (slot: number): number => this.versions.get(slot) ?? 0;

  private lookAt(box: Box): void {
    const unusual = unusualOf(this.form, box, this.valueOf(box.slot));
    if (unusual) this.findings.set(`outlier:${box.slot}`, unusual);
    else this.findings.delete(`outlier:${box.slot}`);
    for (const rule of this.liveBySlot.get(box.slot) ?? []) {
      const finding = findingOf(rule, this.values, false);
      if (finding) this.findings.set(rule.rule.id, finding);
      else this.findings.delete(rule.rule.id);
    }
  }

  /** Asks the rules of the changed boxes and tells the rows at which they stand. */
  refresh(slots: readonly number[]): void {
    const touched = new Set(slots);
    for (const slot of slots) {
      const box = this.boxOf(slot);
      if (box) this.lookAt(box);
      for (const rule of this.liveBySlot.get(slot) ?? []) touched.add(rule.slots[rule.slots.length - 1] ?? slot);
    }
    this.totalsNow = undefined;
    for (const slot of touched) for (const tell of this.rows.get(slot) ?? []) tell();
    for (const tell of this.whole) tell();
  }

  /** What the review asks of the whole: rules with their blanks, compulsory boxes, texts that are no values. */
  review(): { readonly missing: readonly Box[]; readonly findings: readonly Finding[] } {
    const unusual = this.outline.boxes.flatMap((box) => unusualOf(this.form, box, this.valueOf(box.slot)) ?? []);
    return { missing: missingIn(this.outline, this.values), findings: [...this.live.flatMap((rule) => findingOf(rule, this.values, true) ?? []), ...unusual] };
  }

  totals(): Totals {
    this.totalsNow ??= this.count();
    return this.totalsNow;
  }
  private count(): Totals {
    const all = this.allFindings();
    const wrong = new Set([...this.texts.keys(), ...all.filter((finding) => finding.severity === 'hard').map((finding) => finding.slot)]);
    const sections = new Map(this.outline.sections.map((section) => [section.id, { ...progressOf(section.boxes, this.values), wrong: section.boxes.some((box) => wrong.has(box.slot)) }]));
    return { ...progressOf(this.outline.boxes, this.values), errors: wrong.size, warnings: all.filter((finding) => finding.severity === 'soft' && this.explanationOf(finding) === '').length, sections };
  }

  near: Box | undefined;
  private readonly nearWatchers = new Set<() => void>();
  enter(box: Box): void {
    this.near = box;
    for (const tell of this.nearWatchers) tell();
  }
  watchNear(tell: () => void): () => void {
    this.nearWatchers.add(tell);
    return () => void this.nearWatchers.delete(tell);
  }

  watchRow(slot: number, tell: () => void): () => void {
    const tellers = this.rows.get(slot) ?? new Set();
    this.rows.set(slot, tellers.add(tell));
    return () => void tellers.delete(tell);
  }
  watchTotals(tell: () => void): () => void {
    this.whole.add(tell);
    return () => void this.whole.delete(tell);
  }
}
