/**
 * Twenty-four months of made-up returns for every commune and province: seasons, late and missing returns, unusual values, corrections,
 * approvals on their way. The same on every machine for the same day. Written as the batcher would have left it: packed rows, revisions,
 * signed approvals and roll-ups of both standings agree, and the self-audit finds nothing.
 */
import { setImmediate as breath } from 'node:timers/promises';
import type { Now } from '#kernel/clock.ts';
import { coarser, daysOf, periodAt, periodRange, shiftPeriod } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { latestProgramme, programmeOn, slotsOf } from '#modules/definitions/index.ts';
import { treeDayOf } from '#modules/definitions/schema.ts';
import { demonstrationAccountId } from '#modules/identity/index.ts';
import { syntheticResidents, unitsOn } from '#modules/org-units/index.ts';
import { formOf, type Form } from '../rules/form.ts';
import { chance, mixText } from './chance.ts';
import { beginLife, liveMonth, type CommuneSeed, type Figures } from './commune.ts';
import { facilityMonth, policeMonth, provinceQuarter, type ProvinceSeed } from './province.ts';
import { Ledger, type Sender } from './ledger.ts';
import { mergedSince, sharedOut, type Merged } from './merged.ts';

const months = 24;
const dataSets = ['xa-thang', 'co-so-thang', 'tinh-vu-an', 'tinh-quy'] as const;
type Say = (line: { readonly vi: string; readonly en: string }) => void;

/** @param tx of the system, in which the programme and the units are loaded */
export async function seedReturns(tx: Tx, now: Now, say: Say): Promise<number> {
  const { head } = await latestProgramme(tx);
  const last = shiftPeriod(periodAt(now.today, 'month', head.calendar), -1);
  const periods = periodRange(shiftPeriod(last, 1 - months), last);
  const quarters = [...new Set(periods.map((month) => coarser(month, 'quarter')))].filter((quarter) => daysOf(quarter, head.calendar).last < now.today);
  const forms = new Map<string, Form>();
  const slots = await slotsOf(tx);
  for (const dataSet of dataSets) for (const period of dataSet === 'tinh-quy' ? quarters : periods) {
    const programme = await programmeOn(tx, daysOf(period, head.calendar).last);
    const form = formOf(programme, dataSet, period, slots.of(dataSet));
    if (form.ok) forms.set(`${dataSet}/${period}`, form.value);
  }
  const units = await unitsOn(tx, treeDayOf(last, head));
  const merged = await mergedSince(tx, periods, head);
  const communesOf = Map.groupBy(units.filter((unit) => unit.level === 'commune'), (unit) => unit.province);
  let writing: Promise<unknown> = Promise.resolve();
  let done = 0;
  const ledgers = new Map(dataSets.map((dataSet) => [dataSet, new Ledger(dataSet, now)] as const));
  const ledgerOf = (dataSet: (typeof dataSets)[number]): Ledger => ledgers.get(dataSet) ?? new Ledger(dataSet, now);
  for (const [province, communes] of [...communesOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const seeds = communes.map((unit): CommuneSeed => ({ code: unit.code, kind: unit.kind, province, residents: syntheticResidents(unit.code, unit.kind) }));
    for (const seed of seeds) {
      writeCommune(ledgerOf('xa-thang'), seed, { periods, forms, merged: merged.get(seed.code) });
      await breath(); // or the server would wait for what this process has yet to hand to its socket
    }
    const own: ProvinceSeed = { code: province, communes: communes.length, residents: seeds.reduce((sum, one) => sum + one.residents, 0) };
    writeProvince(ledgerOf, own, { periods, quarters }, forms);
    await writing; // the server writes one province while the next is made
    writing = Promise.all([
      ...[...ledgers.values()].map((ledger) => ledger.flush(tx)),
      record(tx, { province, at: now.at, actor: 'system', action: 'returns.demonstration', target: { type: 'returns', id: province }, unit: province, facts: { communes: communes.length, months: periods.length } }),
    ]);
    writing.catch(() => undefined); // thrown where it is awaited
    await breath();
    done += 1;
    if (done % 6 === 0 || done === communesOf.size) say({ vi: `Nạp dữ liệu trình diễn: báo cáo kỳ của ${done}/${communesOf.size} tỉnh`, en: `Loading demonstration data: returns of ${done}/${communesOf.size} provinces` });
  }
  await writing;
  for (const ledger of ledgers.values()) await ledger.close(tx);
  return [...ledgers.values()].reduce((sum, ledger) => sum + ledger.written, 0);
}

const officerOf = (seed: CommuneSeed): Sender => ({
  unit: seed.code, province: seed.province, by: demonstrationAccountId(`xa${seed.code}.canbo`), head: demonstrationAccountId(`xa${seed.code}`), headOffice: `UBND:${seed.province}:${seed.code}`,
  next: demonstrationAccountId(`tinh${seed.province}.thuky`), nextOffice: `UBND:${seed.province}`, diligence: 0.55 + 0.45 * chance(mixText(seed.code), 7) * (0.75 + 0.25 * chance(mixText(seed.province), 8)),
});

type Months = { readonly periods: readonly string[]; readonly forms: ReadonlyMap<string, Form>; readonly merged: Merged | undefined };
function writeCommune(ledger: Ledger, seed: CommuneSeed, { periods, forms, merged }: Months): void {
  const life = beginLife(seed);
  const sender = officerOf(seed);
  const parts = (merged?.parts ?? []).map(({ code }) => officerOf({ ...seed, code }));
  periods.forEach((period, at) => {
    const figures = liveMonth(life, seed, period);
    const form = forms.get(`xa-thang/${period}`);
    if (form === undefined) return;
    const age = periods.length - 1 - at;
    if (merged === undefined || at >= merged.periods) ledger.send(form, sender, figures, age);
    else sharedOut(figures).forEach((own, i) => { const part = parts[i]; if (part !== undefined) ledger.send(form, part, own, age); });
  });
}

function writeProvince(ledgerOf: (dataSet: (typeof dataSets)[number]) => Ledger, seed: ProvinceSeed, { periods, quarters }: { readonly periods: readonly string[]; readonly quarters: readonly string[] }, forms: ReadonlyMap<string, Form>): void {
  const { code } = seed;
  const office = { unit: code, province: code, next: demonstrationAccountId('bca'), nextOffice: 'BCA', diligence: 0.985 };
  const clerk: Sender = { ...office, by: demonstrationAccountId(`tinh${code}.thuky`), head: demonstrationAccountId(`tinh${code}`), headOffice: `UBND:${code}` };
  const police: Sender = { ...office, by: demonstrationAccountId(`tinh${code}.congan`), head: demonstrationAccountId(`tinh${code}`), headOffice: `CA:${code}` };
  const send = (dataSet: (typeof dataSets)[number], sender: Sender, list: readonly string[], figures: (period: string) => Figures): void => list.forEach((period, at) => {
    const form = forms.get(`${dataSet}/${period}`);
    if (form !== undefined) ledgerOf(dataSet).send(form, sender, figures(period), list.length - 1 - at);
  });
  send('co-so-thang', clerk, periods, (period) => facilityMonth(seed, period));
  send('tinh-vu-an', police, periods, (period) => policeMonth(seed, period));
  send('tinh-quy', clerk, quarters, (period) => provinceQuarter(seed, period));
}
