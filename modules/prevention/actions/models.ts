/** Models: the catalogue, the school-year calendar, what a commune held in a month. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { getUnit } from '#modules/org-units/index.ts';
import { activityAllowed } from '../rules/decide.ts';
import { datesOf, monthsOfYear, schoolYearOf, schoolYears, yearAsked } from '../rules/school-year.ts';
import { managingGrant } from '../rules/scope.ts';
import { wordingAllowed } from '../rules/wording.ts';
import type { Activity, addModel as addContract, Area, getModel as getContract, getSchoolCalendar as calendarContract, listModels as listContract, Model, recordActivity as activityContract } from '../schema.ts';
import * as store from '../store/models.ts';
import { communeOn, looksInto, mayAdd, ownCommune, recordingGrant, unitRows } from './areas.ts';
import { byOf, log, notFound, notYours, type UseCase } from './use-case.ts';

type Asked = { readonly year?: string | undefined; readonly scope?: string | undefined };
const scopeOfAsked = (use: UseCase, scope: string | undefined): string | undefined => looksInto(use, '00', scope).province;

export async function listModels(use: UseCase, asked: Asked): Promise<Result<Static<typeof listContract.reply>, Refusal>> {
  const year = yearAsked(asked.year, use.now.today);
  if (!year.ok) return year;
  const by = byOf(use);
  const area = { year: year.value, province: scopeOfAsked(use, asked.scope) };
  const models = await store.listModels(by);
  const reach = new Map((await store.reachByModel(by, area)).map((row) => [row.model, row]));
  const bases = new Map((await store.basesBySetting(by, area)).map((row) => [row.setting, row.sites]));
  return ok({
    year: year.value, years: schoolYears(use.now.today), mayAdd: mayAdd(use),
    rows: models.map((model) => ({ model, reach: store.reachShown(counted(reach.get(model.id)), bases.get(model.setting) ?? 0, model.components.length) })),
  });
}
const counted = (row: store.Counted | undefined): store.Counted => (row === undefined ? store.noReach : { communes: row.communes, sessions: row.sessions, reached: row.reached, sites: row.sites, delivered: row.delivered });

export async function addModel(use: UseCase, body: Static<NonNullable<typeof addContract.body>>): Promise<Result<Model, Refusal>> {
  const grant = managingGrant(use.actor, body.province);
  if (grant === undefined) return notYours();
  const worded = wordingAllowed([body.nameVi, body.nameEn, body.purposeVi, body.purposeEn, ...body.components.flatMap((one) => [one.vi, one.en])]);
  if (!worded.ok) return worded;
  const model: Model = { ...body, months: [...body.months].sort((a, b) => a - b), id: newId<'Model'>(), state: 'in-use', office: grant.office, version: 1, demonstration: false };
  await store.insertModel(use.tx, model, use.now.at);
  await log(use, { province: body.province, action: 'prevention.model-added', target: { type: 'model', id: model.id }, unit: grant.office, role: grant.role, after: model, facts: { setting: body.setting } });
  return ok(model);
}
export async function retireModel(use: UseCase, { province, model: id }: { province: string; model: string }, version: number): Promise<Result<Model, Refusal>> {
  const grant = managingGrant(use.actor, province);
  const model = await store.findModel(byOf(use), province, id);
  if (model === undefined) return notFound();
  if (grant === undefined) return notYours();
  if (model.state === 'retired') return refuse({ code: 'prevention-retired' });
  if (model.version !== version || (await store.setRetired(use.tx, province, id, version)) === 0) return refuse({ code: 'prevention-stale' });
  await log(use, { province, action: 'prevention.model-retired', target: { type: 'model', id }, unit: grant.office, role: grant.role, before: model });
  return ok({ ...model, state: 'retired', version: version + 1 });
}

export async function modelView(use: UseCase, key: { province: string; model: string }, asked: Asked & { readonly commune?: string | undefined }): Promise<Result<Static<typeof getContract.reply>, Refusal>> {
  const year = yearAsked(asked.year, use.now.today);
  if (!year.ok) return year;
  const by = byOf(use);
  const model = await store.findModel(by, key.province, key.model);
  if (model === undefined) return notFound();
  const looked = looksInto(use, key.province, asked.scope);
  const area = { year: year.value, province: looked.province };
  const found = looked.level === 'province' ? await store.reachByProvince(by, area, model.id) : await store.reachByCommune(by, area, model.id);
  const reach = new Map(found.map((row) => [row.code, row]));
  const bases = new Map((await store.basesByArea(by, area, model.setting, looked.level)).map((row) => [row.code, row.sites]));
  const rows = (await unitRows(use, looked)).map(({ communes: _, ...unit }) => ({ ...unit, ...store.reachShown(counted(reach.get(unit.code)), bases.get(unit.code) ?? 0, model.components.length) }));
  const total = store.reachShown(await store.reachOf(by, area, model.id), [...bases.values()].reduce((sum, sites) => sum + sites, 0), model.components.length);
  return ok({
    year: year.value, years: schoolYears(use.now.today), model, reach: total, by: looked.level, rows: rows.sort((a, b) => gapOf(a) - gapOf(b) || (a.code < b.code ? -1 : 1)),
    mayRetire: model.state === 'in-use' && managingGrant(use.actor, model.province) !== undefined, own: await ownOf(use, model, year.value, asked.commune === undefined || asked.scope === undefined ? undefined : { province: asked.scope, commune: asked.commune }),
  });
}
const gapOf = ({ sites, sitesBase }: { readonly sites: number; readonly sitesBase: number }): number => (sitesBase === 0 ? -1 : sites / sitesBase);

async function ownOf(use: UseCase, model: Model, year: string, asked: Area | undefined): Promise<Static<typeof getContract.reply>['own']> {
  const area = ownCommune(use, asked);
  if (area === undefined) return null;
  const unit = await getUnit(use.tx, area.commune, use.now.today);
  if (!unit.ok) return null;
  const by = byOf(use);
  return {
    ...area, nameVi: unit.value.nameVi, base: (await store.findBase(by, { ...area, year, setting: model.setting })) ?? null, activities: await store.listActivities(by, { ...area, model: model.id }, year),
    months: monthsOfYear(year).filter((month) => month <= use.now.today.slice(0, 7)), mayRecord: model.state === 'in-use' && recordingGrant(use, area) !== undefined,
  };
}

export async function schoolCalendar(use: UseCase, asked: Asked): Promise<Result<Static<typeof calendarContract.reply>, Refusal>> {
  const year = yearAsked(asked.year, use.now.today);
  if (!year.ok) return year;
  const by = byOf(use);
  const months = monthsOfYear(year.value);
  const models = (await store.listModels(by)).filter((model) => model.state === 'in-use');
  const held = new Map((await store.heldByMonth(by, { year: year.value, province: scopeOfAsked(use, asked.scope) })).map((row) => [`${row.model} ${row.month}`, row]));
  return ok({
    year: year.value, years: schoolYears(use.now.today), months, dates: datesOf(year.value), models,
    cells: models.flatMap((model) => months.map((month) => {
      const row = held.get(`${model.id} ${month}`);
      return { model: model.id, month, due: model.months.includes(Number(month.slice(5))), communes: row?.communes ?? 0, sessions: row?.sessions ?? 0, reached: row?.reached ?? 0 };
    })),
  });
}

type ActivityKey = { readonly province: string; readonly model: string; readonly shard: string; readonly commune: string; readonly month: string };
export async function recordActivity(use: UseCase, key: ActivityKey, body: Static<NonNullable<typeof activityContract.body>>): Promise<Result<Activity, Refusal>> {
  const by = byOf(use);
  const area = { province: key.shard, commune: key.commune };
  const model = key.province === '00' || key.province === key.shard ? await store.findModel(by, key.province, key.model) : undefined;
  if (model === undefined) return notFound();
  const grant = recordingGrant(use, area);
  if (grant === undefined) return notYours();
  const commune = await communeOn(use, area, use.now.today);
  if (!commune.ok) return commune;
  const year = schoolYearOf(`${key.month}-01`);
  const base = await store.findBase(by, { ...area, year, setting: model.setting });
  const allowed = activityAllowed(model, key.month, body, { today: use.now.today, sitesBase: base?.sites ?? null });
  if (!allowed.ok) return allowed;
  const where = { ...area, model: model.id, month: key.month };
  const before = await store.lockActivity(by, where);
  if ((before?.version ?? 0) !== body.version) return refuse({ code: 'prevention-stale' });
  const activity = { month: key.month, sites: body.sites, sessions: body.sessions, reached: body.reached, components: [...body.components].sort((a, b) => a - b), office: grant.office, version: body.version + 1 };
  if ((await store.saveActivity(use.tx, where, { ...activity, year, at: use.now.at })) === 0) return refuse({ code: 'prevention-stale' });
  await log(use, { province: key.shard, action: 'prevention.activity-recorded', target: { type: 'model', id: model.id }, unit: key.commune, role: grant.role, before, after: activity, facts: { month: key.month, sessions: body.sessions, reached: body.reached, sites: body.sites } });
  return ok(activity);
}

type BaseKey = { readonly shard: string; readonly commune: string; readonly year: string; readonly setting: string };
export async function recordBase(use: UseCase, key: BaseKey, body: { readonly version: number; readonly sites: number; readonly people: number }): Promise<Result<{ sites: number; people: number; version: number }, Refusal>> {
  const area = { province: key.shard, commune: key.commune };
  const grant = recordingGrant(use, area);
  if (grant === undefined) return notYours();
  const year = yearAsked(key.year, use.now.today);
  if (!year.ok) return year;
  const commune = await communeOn(use, area, use.now.today);
  if (!commune.ok) return commune;
  const where = { ...area, year: key.year, setting: key.setting };
  const before = await store.findBase(byOf(use), where);
  const base = { sites: body.sites, people: body.people, version: body.version + 1 };
  if ((before?.version ?? 0) !== body.version || (await store.saveBase(use.tx, where, base, use.now.at)) === 0) return refuse({ code: 'prevention-stale' });
  await log(use, { province: key.shard, action: 'prevention.base-recorded', target: { type: 'base', id: `${key.year}/${key.setting}` }, unit: key.commune, role: grant.role, before, after: base, facts: { sites: body.sites, people: body.people } });
  return ok(base);
}
