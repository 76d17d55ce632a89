/** Rows of made-up returns of one data set, and the sums they make, until they are written. */
import { createHash } from 'node:crypto';
import type { Now } from '#kernel/clock.ts';
import { addDays } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { canonicalText, type Content } from '../rules/content.ts';
import { encodeChanges, encodeWhole } from '../rules/delta.ts';
import type { Form } from '../rules/form.ts';
import { keyText, revisionKinds, standings } from '../schema.ts';
import { chance, idFrom, mix, mixText } from './chance.ts';
import type { Figures } from './commune.ts';
import { insertApprovals, insertPacked, insertRevisions, insertRollUps, insertVersions, type ApprovalRow, type PackedRow, type RevisionRow, type RollUpRow } from './store.ts';

/** Who sends for a unit and who approves: account ids and offices. `diligence` in 0-1: how surely and how early. */
export type Sender = {
  readonly unit: string; readonly province: string; readonly by: string; readonly head: string; readonly headOffice: string; readonly next: string; readonly nextOffice: string; readonly diligence: number;
};
type Sums = { readonly sums: Float64Array; readonly counts: Int32Array; returns: number; late: number };
const kind = revisionKinds.indexOf('demonstration');

export class Ledger {
  /** Returns so far. */
  written = 0;
  readonly #dataSet: string;
  readonly #now: Now;
  readonly #nowMs: number;
  readonly #periods = new Set<string>();
  readonly #sums = new Map<string, Sums>();
  #packed: PackedRow[] = [];
  #revisions: RevisionRow[] = [];
  #approvals: ApprovalRow[] = [];
  #places = new WeakMap<Form, readonly { readonly slot: number; readonly key: string }[]>();

  constructor(dataSet: string, now: Now) {
    this.#dataSet = dataSet;
    this.#now = now;
    this.#nowMs = Date.parse(now.at);
  }

  /** @param age how many periods ago: 0 is the one due last */
  send(form: Form, sender: Sender, figures: Figures, age: number): void {
    const [seed, at] = [mixText(sender.unit), mixText(form.period)];
    const u = (k: number): number => chance(seed, at, k);
    const weak = 1 - sender.diligence;
    this.#periods.add(form.period);
    if (u(200) < (age === 0 ? 0.015 + weak * 0.22 : weak * 0.05)) return;
    const late = u(201) < weak * (age === 0 ? 0.25 : 0.45);
    const day = late ? addDays(form.due, 1 + Math.floor(u(202) * 12)) : addDays(form.last, 1 + Math.floor(u(203) * 2));
    if (day > this.#now.today) return;
    const content = this.#contentOf(form, figures, u);
    const standing = standingOf(age, u(204));
    const sentAt = Date.parse(`${day}T01:00:00Z`) + Math.floor(u(205) * 8 * 60) * 60_000;
    if (sentAt > this.#nowMs) return;
    this.#write(form, sender, { content, standing, late, sentAt, corrected: u(207) < 0.012, u });
  }

  #contentOf(form: Form, figures: Figures, u: (k: number) => number): Content {
    const vals: (number | null)[] = new Array<number | null>(form.length).fill(null);
    const noData: number[] = [];
    const unusual = u(210) < 0.004;
    for (const { slot, key } of this.#placesOf(form)) {
      const value = figures[key];
      if (value === undefined) continue;
      if (key === 'luot-truyen-thong' && u(211) < 0.006) noData.push(slot);
      else if (key === 'dong-gop' && u(212) < 0.03) continue;
      else vals[slot - 1] = unusual && key === 'luot-tu-van' ? value * 5 + 9 : value;
    }
    return { vals, noData, words: null };
  }

  #placesOf(form: Form): readonly { readonly slot: number; readonly key: string }[] {
    const known = this.#places.get(form);
    if (known !== undefined) return known;
    const places = [...form.slots.values()].map(({ slot, cell, element }) => ({ slot, key: cell === '' ? element.id : `${element.id}.${cell}` })).sort((a, b) => a.slot - b.slot);
    this.#places.set(form, places);
    return places;
  }

  #write(form: Form, sender: Sender, sent: { readonly content: Content; readonly standing: number; readonly late: boolean; readonly sentAt: number; readonly corrected: boolean; readonly u: (k: number) => number }): void {
    const { content, standing, late, sentAt } = sent;
    const { unit, province, by } = sender;
    const period = form.period;
    const seed = [mixText(unit), mixText(period), mixText(this.#dataSet)] as const;
    const slip = sent.corrected ? content.vals.findIndex((value) => value !== null && value > 8) + 1 : 0;
    const approved = standing >= form.approvedFrom;
    const rev = slip === 0 ? 1 : 2;
    const later = (hours: number): number => Math.min(sentAt + Math.round(hours * 3_600_000), this.#nowMs - 1000);
    const revision = (number: number, at: number, changes: Uint8Array): void => {
      this.#revisions.push({ province, unit, period, rev: number, at, by, command: idFrom(...seed, 10 + number), digest: mix(...seed, number), kind, changes: Buffer.from(changes).toString('hex') });
    };
    revision(1, sentAt, encodeWhole(slip === 0 ? content.vals : content.vals.map((value, i) => (i === slip - 1 && value !== null ? value * 10 : value)), content.noData));
    if (slip > 0) revision(2, later(5), encodeChanges([[slip, content.vals[slip - 1] ?? null]]));
    this.#packed.push({ province, unit, period, rev, at: slip === 0 ? sentAt : later(5), sentAt, by, standing, late, approved, noData: content.noData, vals: literal(content.vals) });
    this.#approve(sender, { seed, period, rev, standing, content, later, length: 8 + sent.u(220) * 20 }, form);
    this.#add(province, period, 'reported', content.vals, late);
    if (approved) this.#add(province, period, 'approved', content.vals, late);
  }

  #approve(sender: Sender, { seed, period, rev, standing, content, later, length }: { seed: readonly number[]; period: string; rev: number; standing: number; content: Content; later: (hours: number) => number; length: number }, form: Form): void {
    if (standing < standings.head) return;
    const { province, unit } = sender;
    const hash = createHash('sha256').update(canonicalText(keyText({ province, unit, period, dataSet: this.#dataSet, attribute: '' }), content)).digest('hex');
    form.steps.forEach((step, i) => {
      const after = standings[step];
      if (after > standing) return;
      const head = step === 'head';
      this.#approvals.push({
        province, unit, period, seq: i + 1, rev, step, standing: after, hash, command: idFrom(...seed, 20 + i), by: head ? sender.head : sender.next, office: head ? sender.headOffice : sender.nextOffice, at: later(head ? length : length + 30),
      });
    });
  }

  /** The nation's sums are those of the provinces, added once at the end. */
  #add(node: string, period: string, standing: string, vals: readonly (number | null)[], late: boolean): void {
    const entry = this.#sumsOf(node, period, standing, vals.length);
    const { sums, counts } = entry;
    entry.returns += 1;
    if (late) entry.late += 1;
    for (let i = 0; i < vals.length; i += 1) {
      const value = vals[i] ?? null;
      if (value === null) continue;
      sums[i] = (sums[i] ?? 0) + value;
      counts[i] = (counts[i] ?? 0) + 1;
    }
  }

  #sumsOf(node: string, period: string, standing: string, length: number): Sums {
    const name = `${node}/${period}/${standing}`;
    const known = this.#sums.get(name);
    if (known !== undefined) return known;
    const made = { sums: new Float64Array(length), counts: new Int32Array(length), returns: 0, late: 0 };
    this.#sums.set(name, made);
    return made;
  }

  #addNation(): void {
    for (const [name, { sums, counts, returns, late }] of [...this.#sums]) {
      const [, period = '', standing = ''] = name.split('/');
      const nation = this.#sumsOf('00', period, standing, sums.length);
      nation.returns += returns;
      nation.late += late;
      for (let i = 0; i < sums.length; i += 1) {
        nation.sums[i] = (nation.sums[i] ?? 0) + (sums[i] ?? 0);
        nation.counts[i] = (nation.counts[i] ?? 0) + (counts[i] ?? 0);
      }
    }
  }

  /** Writes what was sent since the last time. */
  async flush(tx: Tx): Promise<void> {
    const [packed, revisions, approvals] = [this.#packed, this.#revisions, this.#approvals];
    [this.#packed, this.#revisions, this.#approvals] = [[], [], []];
    if (packed.length === 0) return;
    this.written += packed.length;
    await insertPacked(tx, this.#dataSet, packed);
    await insertRevisions(tx, this.#dataSet, revisions);
    if (approvals.length > 0) await insertApprovals(tx, this.#dataSet, approvals);
  }

  /** Writes the sums of all that was sent. */
  async close(tx: Tx): Promise<void> {
    this.#addNation();
    const rows = [...this.#sums].map(([name, { sums, counts, returns, late }]): RollUpRow => {
      const [node = '', period = '', standing = ''] = name.split('/');
      return { province: node, node, period, standing, returns, late, sums: `{${sums.join(',')}}`, counts: `{${counts.join(',')}}` };
    });
    if (rows.length > 0) await insertRollUps(tx, this.#dataSet, rows.sort((a, b) => (a.node < b.node ? -1 : a.node > b.node ? 1 : a.period < b.period ? -1 : 1)));
    await insertVersions(tx, this.#dataSet, [...this.#periods].sort(), this.#now.at);
  }
}

const literal = (vals: readonly (number | null)[]): string => {
  let text = '{';
  for (let i = 0; i < vals.length; i += 1) text += `${i === 0 ? '' : ','}${vals[i] ?? 'NULL'}`;
  return `${text}}`;
};

/** How far approval has come: what is old is done, what was due last is on its way. */
function standingOf(age: number, u: number): number {
  if (age === 0) return u < 0.02 ? standings.returned : u < 0.3 ? standings.sent : u < 0.55 ? standings.head : standings.province;
  if (age === 1) return u < 0.03 ? standings.sent : u < 0.08 ? standings.head : standings.province;
  return u < 0.008 ? standings.head : standings.province;
}
