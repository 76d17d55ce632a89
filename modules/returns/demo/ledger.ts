/** Rows of made-up returns of one data set, and the sums they make, until they are written. */
import { hash } from 'node:crypto';
import type { Now } from '#kernel/clock.ts';
import type { Tx } from '#platform/db/tx.ts';
import { publish } from '#platform/events/publish.ts';
import { formatUuid } from '#kernel/id.ts';
import { demonstrationAccountId } from '#modules/identity/index.ts';
import { isAct } from '../actions/decide-decision.ts';
import { insertActs, type NewAct } from '../store/approvals.ts';
import { canonicalText, type Content } from '../rules/content.ts';
import { encodeChanges, encodeWhole } from '../rules/delta.ts';
import type { Form } from '../rules/form.ts';
import { keyText, revisionKinds, standings, type ReturnKey } from '../schema.ts';
import { chance, mix, mixText, putId } from './chance.ts';
import { columnsOf, takeAll } from './columns.ts';
import type { Figures } from './commune.ts';
import { approvalColumns, insertApprovals, insertPacked, insertRevisions, insertRollUps, insertVersions, packedColumns, revisionColumns, rollUpColumns } from './store.ts';

/** Who sends for a unit and who approves: account ids and offices. `diligence` in 0-1: how surely and how early. */
export type Sender = {
  readonly unit: string; readonly province: string; readonly by: string; readonly head: string; readonly headOffice: string; readonly next: string; readonly nextOffice: string; readonly diligence: number;
};
const dayMs = 86_400_000;
/** Of all returns, those with a figure far from what its commune reports otherwise. */
const unusualShare = 0.004;
/** Periods ago from which the ministry has accepted what its provinces approved. */
const acceptedAfter = 3;
type Sums = { readonly sums: Float64Array; readonly counts: Int32Array; returns: number; late: number };
const kind = revisionKinds.indexOf('demonstration');

export class Ledger {
  /** Returns so far. */
  written = 0;
  readonly #dataSet: string;
  readonly #now: Now;
  readonly #nowMs: number;
  readonly #todayMs: number;
  readonly #sums = new Map<string, Sums>();
  /** What a period's returns have in common: its last day and due day as moments, and the chance of its name. */
  readonly #periods = new Map<string, { readonly last: number; readonly due: number; readonly mixed: number }>();
  readonly #packed = columnsOf(...packedColumns);
  readonly #revisions = columnsOf(...revisionColumns);
  readonly #approvals = columnsOf(...approvalColumns);
  /** Recent ones with an unusual figure: looked at after the load as any return is, so that there is something to explain. */
  readonly #unusual: ReturnKey[] = [];
  readonly #acts = new Map<string, { at: number; readonly members: string[]; readonly revs: number[]; readonly hashes: string[] }>();
  #waiting = { returns: 0, approvals: 0 };
  #places = new WeakMap<Form, readonly { readonly slot: number; readonly key: string }[]>();

  constructor(dataSet: string, now: Now) {
    this.#dataSet = dataSet;
    this.#now = now;
    this.#nowMs = Date.parse(now.at);
    this.#todayMs = Date.parse(`${now.today}T00:00:00Z`);
  }

  /** @param age how many periods ago: 0 is the one due last */
  send(form: Form, sender: Sender, figures: Figures, age: number): void {
    const { last, due, mixed } = this.#periodOf(form);
    const seed = mixText(sender.unit);
    const u = (k: number): number => chance(seed, mixed, k);
    const weak = 1 - sender.diligence;
    if (u(200) < (age === 0 ? 0.015 + weak * 0.22 : weak * 0.05)) return;
    const late = u(201) < weak * (age === 0 ? 0.25 : 0.45);
    const day = late ? due + (1 + Math.floor(u(202) * 12)) * dayMs : last + (1 + Math.floor(u(203) * 2)) * dayMs;
    if (day > this.#todayMs) return;
    const content = this.#contentOf(form, figures, u);
    const standing = lastOf(form, standingOf(age, u(204)), age);
    const sentAt = day + 3_600_000 + Math.floor(u(205) * 8 * 60) * 60_000;
    if (sentAt > this.#nowMs) return;
    this.#write(form, sender, { content, standing, late, sentAt, corrected: u(207) < 0.012, u });
    if (u(210) < unusualShare && age <= 2) this.#unusual.push({ province: sender.province, unit: sender.unit, period: form.period, dataSet: this.#dataSet, attribute: '' });
  }

  #periodOf(form: Form): { readonly last: number; readonly due: number; readonly mixed: number } {
    const known = this.#periods.get(form.period);
    if (known !== undefined) return known;
    const made = { last: Date.parse(`${form.last}T00:00:00Z`), due: Date.parse(`${form.due}T00:00:00Z`), mixed: mixText(form.period) };
    this.#periods.set(form.period, made);
    return made;
  }

  #contentOf(form: Form, figures: Figures, u: (k: number) => number): Content {
    const vals: (number | null)[] = new Array<number | null>(form.length).fill(null);
    const noData: number[] = [];
    const unusual = u(210) < unusualShare;
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
      const rows = this.#revisions;
      rows.province.next().text(province);
      rows.unit.next().text(unit);
      rows.period.next().text(period);
      rows.rev.next().number(number);
      rows.at.next().number(at);
      rows.by.next().text(by);
      putId(rows.command.next(), ...seed, 10 + number);
      rows.digest.next().number(mix(...seed, number));
      rows.kind.next().number(kind);
      rows.changes.next().hexOf(changes);
    };
    revision(1, sentAt, encodeWhole(slip === 0 ? content.vals : content.vals.map((value, i) => (i === slip - 1 && value !== null ? value * 10 : value)), content.noData));
    if (slip > 0) revision(2, later(5), encodeChanges([[slip, content.vals[slip - 1] ?? null]]));
    const rows = this.#packed;
    rows.province.next().text(province);
    rows.unit.next().text(unit);
    rows.period.next().text(period);
    rows.rev.next().number(rev);
    rows.at.next().number(slip === 0 ? sentAt : later(5));
    rows.sentAt.next().number(sentAt);
    rows.by.next().text(by);
    rows.standing.next().number(standing);
    rows.late.next().text(late ? 't' : 'f');
    rows.approved.next().text(approved ? 't' : 'f');
    rows.noData.next().array(content.noData);
    rows.vals.next().array(content.vals);
    this.#waiting.returns += 1;
    this.#approve(sender, { seed, period, rev, standing, content, later, length: 8 + sent.u(220) * 20 }, form);
    this.#add(province, period, 'reported', content.vals, late);
    if (approved) this.#add(province, period, 'approved', content.vals, late);
  }

  #approve(sender: Sender, { seed, period, rev, standing, content, later, length }: { seed: readonly number[]; period: string; rev: number; standing: number; content: Content; later: (hours: number) => number; length: number }, form: Form): void {
    if (standing < standings.head) return;
    const { province, unit } = sender;
    const signed = hash('sha256', canonicalText(keyText({ province, unit, period, dataSet: this.#dataSet, attribute: '' }), content), 'hex');
    const rows = this.#approvals;
    form.steps.forEach((step, i) => {
      const after = standings[step];
      if (after > standing) return;
      if (isAct(form, step)) { this.#accept(sender, period, { unit, rev, signed, at: later(length + 24 * 30) }); return; }
      const head = step === 'head';
      rows.province.next().text(province);
      rows.unit.next().text(unit);
      rows.period.next().text(period);
      rows.seq.next().number(i + 1);
      rows.rev.next().number(rev);
      rows.step.next().text(step);
      rows.hash.next().text(signed);
      rows.standing.next().number(after);
      putId(rows.command.next(), ...seed, 20 + i);
      rows.by.next().text(head ? sender.head : sender.next);
      rows.office.next().text(head ? sender.headOffice : sender.nextOffice);
      rows.at.next().number(later(head ? length : length + 30));
      this.#waiting.approvals += 1;
    });
  }

  /** The ministry takes a province's returns of a period at once. */
  #accept({ province }: Sender, period: string, { unit, rev, signed, at }: { readonly unit: string; readonly rev: number; readonly signed: string; readonly at: number }): void {
    const name = `${province}/${period}`;
    const act = this.#acts.get(name) ?? { at: 0, members: [], revs: [], hashes: [] };
    this.#acts.set(name, act);
    act.at = Math.max(act.at, at);
    act.members.push(`${unit}/`);
    act.revs.push(rev);
    act.hashes.push(signed);
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
    const { returns, approvals } = this.#waiting;
    this.#waiting = { returns: 0, approvals: 0 };
    if (returns === 0) return;
    this.written += returns;
    const writing = [insertPacked(tx, this.#dataSet, takeAll(this.#packed)), insertRevisions(tx, this.#dataSet, takeAll(this.#revisions))];
    if (approvals > 0) writing.push(insertApprovals(tx, this.#dataSet, takeAll(this.#approvals)));
    writing.push(insertActs(tx, this.#takeActs()));
    await Promise.all(writing);
  }

  #takeActs(): NewAct[] {
    const made = [...this.#acts].map(([name, { at, ...lists }]): NewAct => {
      const [province = '', period = ''] = name.split('/');
      const command = formatUuid(new Uint8Array(hash('sha256', `demonstration ${this.#dataSet} ${name}`, 'buffer')));
      return { province, period, dataSet: this.#dataSet, command, verdict: 'accept', sections: null, reason: '', by: demonstrationAccountId('bca'), office: 'BCA', at: new Date(at).toISOString(), ...lists, standings: lists.members.map(() => standings.ministry) };
    });
    this.#acts.clear();
    return made;
  }

  /** Writes the sums of all that was sent. */
  async close(tx: Tx): Promise<void> {
    this.#addNation();
    const rows = columnsOf(...rollUpColumns);
    for (const [name, { sums, counts, returns, late }] of [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [node = '', period = '', standing = ''] = name.split('/');
      rows.province.next().text(node);
      rows.node.next().text(node);
      rows.period.next().text(period);
      rows.standing.next().text(standing);
      rows.returns.next().number(returns);
      rows.late.next().number(late);
      rows.sums.next().array([...sums]);
      rows.counts.next().array([...counts]);
    }
    if (this.#sums.size > 0) await insertRollUps(tx, this.#dataSet, takeAll(rows));
    await publish(tx, this.#now.at, [...Map.groupBy(this.#unusual, (key) => key.province)].map(([province, keys]) => ({ province, type: 'returns.received', payload: { keys } })));
    await insertVersions(tx, this.#dataSet, [...this.#periods.keys()].sort(), this.#now.at);
  }
}

/** Where the province has approved, or has no say, the ministry's acceptance follows some periods later. */
function lastOf({ steps }: Form, reached: number, age: number): number {
  if (reached !== standings.province || !steps.includes('ministry')) return reached;
  if (age >= acceptedAfter) return standings.ministry;
  return steps.includes('province') ? reached : standings.head;
}

/** How far approval has come: what is old is done, what was due last is on its way. */
function standingOf(age: number, u: number): number {
  if (age === 0) return u < 0.02 ? standings.returned : u < 0.3 ? standings.sent : u < 0.55 ? standings.head : standings.province;
  if (age === 1) return u < 0.03 ? standings.sent : u < 0.08 ? standings.head : standings.province;
  return u < 0.008 ? standings.head : standings.province;
}
