/** What the tests of the procedure share: a server with all units, people by post, evidence put in by hand, a case brought to any state. */
import { hash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadProgramme } from '../definitions/index.ts';
import { definitions } from '../definitions/module.ts';
import { hotspots } from '../hotspots/module.ts';
import { identity } from '../identity/module.ts';
import { indicators } from '../indicators/module.ts';
import { programme } from '../indicators/site.test.ts';
import { directives } from '../directives/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { returns } from '../returns/module.ts';
import { proposeWith } from './actions/proposing.ts';
import { classification } from './module.ts';
import type { AreaStatus, BesideFigure, CaseView, CriterionNoted, MoveInput, Outcome, Proposal } from './schema.ts';

export const period = '2026';
/** The procedure of 2026: the period ends on 14 December 2026. */
export const days = { running: '2026-11-18T03:00:00.000Z', ended: '2026-12-15T03:00:00.000Z', council: '2026-12-17T03:00:00.000Z', signing: '2026-12-18T03:00:00.000Z', late: '2026-12-22T03:00:00.000Z', afterWindow: '2026-12-30T03:00:00.000Z' } as const;

export const openSite = async (): Promise<TestServer> => {
  const site = await testServer([orgUnits, identity, definitions, returns, indicators, directives, hotspots, classification], {
    name: `cl3${editionOfFiles().slice(0, 6)}`, fill: async (db) => {
      await loadUnits(db);
      const loaded = await loadProgramme(db, programme(), { note: 'thử', by: 'test', on: '2026-11-20' });
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts));
    },
  });
  site.setClock(days.council);
  return site;
};

/** People by post; each call makes another person. */
export const people = {
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
  head: (province = '01', commune = '00004'): Actor => actorWith({ ...atCommune('commune-leader', province, commune), post: 'chu-tich' }),
  secretary: (province = '01'): Actor => actorWith({ ...atProvince('province-secretary', province), post: 'chanh-van-phong' }),
  police: (province = '01'): Actor => actorWith({ ...atProvince('province-police', province, `CA:${province}`), post: 'giam-doc-cong-an' }),
  leader: (province = '01'): Actor => actorWith({ ...atProvince('province-leader', province), post: 'chu-tich' }),
  ministry: (office = 'BCA'): Actor => actorWith(atNation('ministry', office)),
  analyst: (): Actor => actorWith(atNation('national-analyst', 'BCA')),
  office: (): Actor => actorWith(atNation('government-office', 'VPCP')),
};

/** Evidence by unit and period; what is not put in cannot be judged. */
export class Evidence {
  readonly #statuses = new Map<string, { approved: Proposal; reported: Proposal }>();
  rights: readonly BesideFigure[] = [{ id: 'treatment-access', name: { vi: 'Tiếp cận điều trị', en: 'Access to treatment' }, unit: '%', decimals: 1, value: { v: 71.5 }, period }];

  /** @param points what test 3 and the digest stand on */
  put(unit: string, status: Outcome, points = 0, of = period, only: 'both' | 'reported' = 'both'): void {
    const criteria: CriterionNoted[] = [
      { id: 'drug-free.1', article: '6', quantity: 'people-using', verdict: 'met', value: { v: 0 }, threshold: '= 0' }, { id: 'drug-free.2', article: '6', quantity: 'resident-violations', verdict: 'met', value: { v: 0 }, threshold: '= 0' },
      { id: 'drug-free.3', article: '6', quantity: 'points', verdict: points === 0 ? 'met' : 'not-met', value: { v: points }, threshold: '= 0' },
    ];
    const proposal = (standing: 'approved' | 'reported'): Proposal => ({ status, standing, digest: hash('sha256', `${status} ${points}`), at: days.running, criteria });
    const before = this.#statuses.get(`${of} ${unit}`);
    this.#statuses.set(`${of} ${unit}`, { reported: proposal('reported'), approved: only === 'reported' && before !== undefined ? before.approved : proposal('approved') });
  }

  /** Puts this evidence in the engine's place. */
  stand(): void {
    proposeWith({
      propose: async ({ period: of, units }) => new Map(units.flatMap((unit) => { const found = this.#statuses.get(`${of} ${unit}`); return found === undefined ? [] : [[unit, found] as const]; })),
      beside: async () => this.rights,
    });
  }
}

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export const council = (province = '01') => ({ revision: 0, number: '15/QĐ-UBND', decidedOn: '2026-09-01', seats: [{ part: 'chair', office: `UBND:${province}`, post: 'chu-tich' }, { part: 'standing', office: `CA:${province}`, post: 'giam-doc-cong-an' }, { part: 'member', office: `UBND:${province}`, post: 'chanh-van-phong' }] });

export type Cast = { readonly head: Actor; readonly officer: Actor; readonly secretary: Actor; readonly police: Actor; readonly leader: Actor };
export const castOf = (province = '01', commune = '00004'): Cast => ({ head: people.head(province, commune), officer: people.officer(province, commune), secretary: people.secretary(province), police: people.police(province), leader: people.leader(province) });

export const open = (site: TestServer, by: Actor, unit = '00004', more: { period?: string; kind?: string; reason?: string; province?: string } = {}) =>
  site.call<CaseView & { code?: string }>(by, 'POST', `/classification/units/${more.province ?? '01'}/${unit}/cases`, { period: more.period ?? period, kind: more.kind ?? 'yearly', reason: more.reason ?? '' });
export const move = (site: TestServer, by: Actor, view: CaseView, what: MoveInput['move'], more: Partial<MoveInput> = {}) =>
  site.call<CaseView & { code?: string; least?: number }>(by, 'POST', `/classification/cases/${view.row.province}/${view.row.id}/moves`, { move: what, version: view.row.version, ...more });
export const read = (site: TestServer, by: Actor, view: CaseView) => expectOk(site.call<CaseView>(by, 'GET', `/classification/cases/${view.row.province}/${view.row.id}`));
export const assess = (site: TestServer, by: Actor, view: CaseView, status: AreaStatus = 'drug-free') =>
  site.call<CaseView & { code?: string }>(by, 'PUT', `/classification/cases/${view.row.province}/${view.row.id}/assessment`, { version: view.row.version, assessment: { status, statement: 'Đã rà soát toàn bộ địa bàn trong kỳ.', answers: [] } });

export const decisionNumber = '812/QĐ-UBND';
export const why = 'Lý do đã nêu trong biên bản họp Hội đồng.';
const steps = ['submitted', 'in-council', 'concluded', 'signed-once', 'decided', 'published', 'in-force'] as const;

/** A case brought to a state by the right people on the right days. */
export async function caseAt(site: TestServer, cast: Cast, until: 'preparing' | (typeof steps)[number], given: { unit?: string; status?: AreaStatus; reason?: string; number?: string; period?: string } = {}): Promise<CaseView> {
  const status = given.status ?? 'drug-free';
  const year = given.period ?? period;
  const on = (day: string): void => { site.setClock(day.replace('2026', year)); };
  on(days.council);
  const province = cast.secretary.grants[0]?.reach.level === 'province' ? cast.secretary.grants[0].reach.province : '01';
  if ((await expectOk(site.call<{ revision: number }>(cast.secretary, 'GET', `/classification/councils/${province}`))).revision === 0) await expectOk(site.call(cast.secretary, 'PUT', `/classification/councils/${province}`, council(province)));
  let view = await expectOk(open(site, cast.officer, given.unit, { period: year, province }));
  view = await expectOk(assess(site, cast.officer, view, status));
  if (until === 'preparing') return view;
  const walk: Readonly<Record<(typeof steps)[number], () => Promise<CaseView>>> = {
    submitted: () => expectOk(move(site, cast.head, view, 'submit')), 'in-council': () => expectOk(move(site, cast.secretary, view, 'convene')),
    concluded: async () => {
      for (const member of [cast.secretary, cast.police, cast.leader]) view = await expectOk(move(site, member, view, 'opine', { status }));
      return expectOk(move(site, cast.leader, view, 'conclude', { status, minutes: '07/BB-HĐ', ...(given.reason === undefined ? {} : { reason: given.reason }) }));
    },
    'signed-once': () => { on(days.signing); return expectOk(move(site, cast.police, view, 'sign', { number: given.number ?? decisionNumber, decidedOn: days.signing.slice(0, 10).replace('2026', year) })); },
    decided: () => expectOk(move(site, cast.leader, view, 'sign')), published: () => expectOk(move(site, cast.secretary, view, 'publish')),
    'in-force': () => { on(days.afterWindow); return expectOk(move(site, cast.secretary, view, 'enlist')); },
  };
  for (const step of steps.slice(0, steps.indexOf(until) + 1)) view = await walk[step]();
  return view;
}
