/** What stands beside the book in the demonstration: staff, courses, services, hearings, complaints, deaths reviewed, inspections. Synthetic. */
import { addDays, daysBetween } from '#kernel/day.ts';
import { checklistOn } from '../rules/checklist.ts';
import { complaintCategories } from '../schema.ts';
import type { ActivityRow, AnswerRow, InspectionRow, MatterRow, StaffRow } from './store.ts';
import type { DemoDeath, DemoFacility } from './books.ts';
import { dice, idOf, seedOf, split } from './chance.ts';
import type { Month } from './months.ts';

export type Beside = { readonly staff: StaffRow[]; readonly activities: ActivityRow[]; readonly matters: MatterRow[]; readonly inspections: InspectionRow[]; readonly answers: AnswerRow[] };
type Waiting = { row: MatterRow };

export function besideOf(facilities: readonly DemoFacility[], months: readonly Month[], deaths: readonly DemoDeath[], today: string): Beside {
  const province = facilities[0]?.province ?? '';
  const u = dice(seedOf(`beside ${province}`));
  const all: Beside = { staff: [], activities: [], matters: deathMatters(province, deaths), inspections: [], answers: [] };
  const waiting: Waiting[] = [];
  for (const month of months) {
    const figure = (key: string): number => month.figures.get(key) ?? 0;
    const shares = (key: string): number[] => split(figure(key), facilities.map((one) => one.weight));
    const [staff, health, learning, ill] = [shares('can-bo-co-so'), shares('can-bo-y-te'), shares('hoc-nghe-co-so'), shares('dieu-tri-benh-kem')];
    const open = month.last >= today;
    facilities.forEach((one, i) => {
      const own = { province, facility: one.code };
      all.staff.push({ ...own, day: month.first, staff: staff[i] ?? 0, health: Math.min(staff[i] ?? 0, health[i] ?? 0) });
      const activity = (kind: string, people: number, more: Partial<ActivityRow> = {}): void => void all.activities.push({ ...own, id: idOf(province, one.code, month.period, kind), kind, from: month.first, to: open ? null : month.last, people, finished: 0, sessions: 0, ...more });
      if ((learning[i] ?? 0) > 0) activity('vocational', learning[i] ?? 0, { finished: open ? 0 : Math.floor((learning[i] ?? 0) * 0.4) });
      if ((ill[i] ?? 0) > 0) activity('illness-care', ill[i] ?? 0);
      if (one.ownership === 'public' && u() < 0.3) activity('mobile-court', 0, { sessions: 1 + Math.floor(u() * 3), to: month.first });
      if (u() < 0.4) activity('literacy', 5 + Math.floor(u() * 20));
    });
    complaintsOf(province, facilities, month, waiting, { u, all, today });
    for (let n = 0; n < figure('kiem-tra-ngoai'); n += 1) inspect(facilities[Math.floor(u() * facilities.length)], month, { u, all, n });
  }
  return all;
}

const deathMatters = (province: string, deaths: readonly DemoDeath[]): MatterRow[] => deaths.map(({ facility, day, last }, n): MatterRow => {
  const reviewed = daysBetween(day, last) > 6 ? addDays(day, 6) : last;
  return { province, facility, id: idOf(province, facility, day, 'death', n), kind: 'incident', category: 'death', channel: 'staff', on: day, state: 'closed', due: addDays(day, 30), answered: day, closed: reviewed, outside: true };
});

type Making = { readonly u: () => number; readonly all: Beside; readonly today: string };
/** So many received, so many due and so many answered in time as the return says; what is not yet due waits for a later month. */
function complaintsOf(province: string, facilities: readonly DemoFacility[], month: Month, waiting: Waiting[], { u, all, today }: Making): void {
  const span = Math.max(1, daysBetween(month.first, month.last < today ? month.last : today) + 1);
  for (let n = 0; n < (month.figures.get('khieu-nai') ?? 0); n += 1) {
    const facility = facilities[Math.floor(u() * facilities.length)]?.code ?? '';
    const on = addDays(month.first, Math.floor(u() * span));
    const row: MatterRow = {
      province, facility, id: idOf(province, month.period, 'complaint', n), kind: 'complaint', category: complaintCategories[Math.floor(u() * complaintCategories.length)] ?? 'other', channel: u() < 0.5 ? 'box' : 'family', on, state: 'open', due: addDays(month.last, 30),
      answered: null, closed: null, outside: false,
    };
    all.matters.push(row);
    waiting.push({ row });
  }
  const [due, onTime] = [month.figures.get('khieu-nai-den-han') ?? 0, month.figures.get('khieu-nai-dung-han') ?? 0];
  waiting.splice(0, due).forEach(({ row }, n) => {
    const from = row.on > month.first ? row.on : month.first;
    row.due = addDays(from, Math.floor(u() * (daysBetween(from, month.last) + 1)));
    const answered = n < onTime ? (row.due < today ? row.due : today) : addDays(row.due, 4);
    if (answered > today) return;
    row.answered = answered;
    const closed = addDays(answered, 2);
    row.state = closed <= today ? 'closed' : 'answered';
    if (closed <= today) row.closed = closed;
  });
  for (const { row } of waiting) row.due = addDays(month.last, 30); // due in a later month, of which its own return tells
}

function inspect(facility: DemoFacility | undefined, month: Month, { u, all, n }: { readonly u: () => number; readonly all: Beside; readonly n: number }): void {
  if (facility === undefined) return;
  const { province, code } = facility;
  const on = addDays(month.first, Math.floor(u() * 20));
  const list = checklistOn(on);
  const id = idOf(province, code, month.period, 'inspection', n);
  all.inspections.push({ province, facility: code, id, on, checklist: list.version });
  for (const item of list.items) {
    const finding = u() < 0.08 ? 'fails' : u() < 0.12 ? 'partly' : 'meets';
    const short = finding !== 'meets';
    const state = short ? (u() < 0.5 ? 'confirmed' : 'open') : 'none';
    all.answers.push({ province, facility: code, inspection: id, item: item.id, finding, due: short ? addDays(on, 30) : null, state, done: state === 'confirmed' ? addDays(on, 14) : null });
  }
}
