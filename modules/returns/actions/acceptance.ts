/** Acceptance of a province's returns by the ministry: how each province stands, what was decided about it at once, what moved since. */
import { createHash } from 'node:crypto';
import { daysOf, periodAt, periodRange, shiftPeriod, type Period } from '#kernel/period.ts';
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import type { Programme } from '#modules/definitions/schema.ts';
import { mayRead } from '../rules/rights.ts';
import { standings, stateOfStanding, type AcceptanceRow, type Act, type ReturnKey } from '../schema.ts';
import { listActs, type StoredAct } from '../store/approvals.ts';
import { listStandings, type StandingRow } from '../store/views.ts';
import { countsOf, tallyBelow, type Counts } from './counts.ts';
import { isAct, memberOf } from './decide-decision.ts';
import { engineOf } from './engine.ts';
import type { FormOn } from './forms.ts';

const monthsShown = 24;
/** With fewer returns than this a small number could be tried out of the hash (SECURITY E4). */
const fewestHashed = 10;
type Asked = { readonly period?: string; readonly dataSet?: string; readonly province?: string };
type Acceptances = {
  dataSet: string | null; dataSets: { id: string; name: { vi: string; en: string } }[]; period: Period | null; periods: Period[]; due: string | null; rows: AcceptanceRow[]; acts: Act[];
  waiting: { key: ReturnKey; rev: number }[]; accepted: { key: ReturnKey; rev: number }[];
};

export async function acceptances(context: Context, asked: Asked): Promise<Result<Acceptances, Refusal>> {
  const { tx, actor, now, services } = context;
  const programme = await latestProgramme(tx);
  const dataSets = [...programme.dataSets.values()].filter((one) => isAct({ steps: one.approval }, 'ministry'));
  const dataSet = asked.dataSet === undefined ? dataSets[0] : dataSets.find((one) => one.id === asked.dataSet);
  const empty: Acceptances = { dataSet: null, dataSets: dataSets.map(({ id, name }) => ({ id, name })), period: null, periods: [], due: null, rows: [], acts: [], waiting: [], accepted: [] };
  if (dataSet === undefined) return ok(empty);
  const periods = periodsOf(programme, dataSet.periodType, now.today);
  const period = asked.period ?? periods[0];
  if (period === undefined) return ok({ ...empty, dataSet: dataSet.id });
  const on = await engineOf(services.db).forms.on(tx, dataSet.id, period);
  if (!on.ok) return on;
  const scope = { period, dataSet: dataSet.id, province: asked.province ?? null };
  const [stored, acts, [counts]] = await Promise.all([listStandings(tx, scope), listActs(tx, scope), services.db.read('system', (system) => countsOf(system, [on.value], now.today, scope.province))]);
  const byProvince = { stored: Map.groupBy(stored, (one) => one.province), acts: Map.groupBy(acts, (one) => one.province) };
  const { form, map } = on.value;
  const provinces = (map.children.get('00') ?? []).filter(({ code, province }) => {
    const place = map.place(code);
    return (scope.province === null || province === scope.province) && place !== undefined && mayRead(actor, place, form.dataSet) && tallyBelow(counts ?? none, code).expected > 0;
  });
  const rows = provinces.map(({ code, province }) => rowOf(on.value, { code, counts: counts ?? none, stored: byProvince.stored.get(province) ?? [], acts: shownActs(on.value, actor.account, byProvince.acts.get(province) ?? [], byProvince.stored.get(province) ?? []) }));
  const listed = (at: number): { key: ReturnKey; rev: number }[] => (scope.province === null || rows.length === 0 ? [] : stored.filter((one) => one.standing === at).map((one) => ({ key: keyOf(on.value, one), rev: one.rev })));
  return ok({
    ...empty, dataSet: dataSet.id, period, periods, due: form.due, rows, acts: scope.province === null || rows.length === 0 ? [] : shownActs(on.value, actor.account, acts, stored), waiting: listed(standings.province), accepted: listed(standings.ministry),
  });
}
const none: Counts = { own: new Map(), below: new Map() };

/** Periods that have ended, newest first. */
function periodsOf({ head: { calendar, firstPeriod } }: Programme, type: Parameters<typeof periodAt>[1], today: string): Period[] {
  const last = shiftPeriod(periodAt(today, type, calendar), -1);
  const all = periodRange(shiftPeriod(last, 1 - monthsShown), last);
  return all.filter((one) => daysOf(one, calendar).last >= daysOf(firstPeriod, calendar).first).reverse();
}

const keyOf = ({ form }: FormOn, { province, orgUnit, attribute }: Pick<StandingRow, 'province' | 'orgUnit' | 'attribute'>): ReturnKey => ({ province, unit: orgUnit, period: form.period, dataSet: form.dataSet.id, attribute });

type OfProvince = { readonly code: string; readonly counts: Counts; readonly stored: readonly StandingRow[]; readonly acts: readonly Act[] };
function rowOf({ map }: FormOn, { code, counts, stored, acts }: OfProvince): AcceptanceRow {
  const many = (holds: (one: StandingRow) => boolean): number => stored.filter(holds).length;
  return {
    unit: map.shown(code), expected: tallyBelow(counts, code).expected, received: stored.length, late: many((one) => one.late), returned: many((one) => one.standing === standings.returned),
    before: many((one) => one.standing >= standings.sent && one.standing < standings.province), waiting: many((one) => one.standing === standings.province), accepted: many((one) => one.standing === standings.ministry),
    openViolations: stored.reduce((sum, one) => sum + one.open, 0), last: acts[0] ?? null,
  };
}

/** Acts, newest first, the parts of each put together. */
function shownActs(on: FormOn, account: string, parts: readonly StoredAct[], stored: readonly StandingRow[]): Act[] {
  const now = new Map(stored.map((one) => [memberOf({ unit: one.orgUnit, attribute: one.attribute }), one]));
  return [...Map.groupBy(parts, (one) => one.command).values()].reverse().flatMap((list): Act[] => {
    const [first] = list;
    if (first === undefined) return [];
    const members = list.flatMap((part) => part.members.map((member, i) => ({ member, rev: part.revs[i] ?? 0, hash: part.hashes[i] ?? '' })));
    const { command, verdict, at, office, reason, sections, by } = first;
    return [{
      command, verdict, at, office, mine: by === account, reason, sections, returns: members.length, contentHash: members.length < fewestHashed ? null : hashOfAct(on, first, members),
      moved: verdict !== 'accept' ? [] : members.flatMap(({ member, rev }) => {
        const is = now.get(member);
        return is === undefined || is.rev === rev ? [] : [{ key: keyOf(on, is), unit: on.map.shown(is.orgUnit), rev, now: is.rev, state: stateOfStanding(is.standing) }];
      }),
    }];
  });
}

/** What an act signs: a text that anybody who may see every return can make again from the revisions it names. */
function hashOfAct({ form }: FormOn, { province, verdict, sections }: StoredAct, members: readonly { readonly member: string; readonly rev: number; readonly hash: string }[]): string {
  const lines = members.map(({ member, rev, hash }) => `${member} ${rev} ${hash}\n`).sort();
  return createHash('sha256').update(`sauro-acceptance-1\n${province}/${form.period}/${form.dataSet.id}\n${verdict} ${sections?.join(',') ?? ''}\n${lines.join('')}`).digest('hex');
}
