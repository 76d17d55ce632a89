/** Loading a decision, and the list of key complex routes (Art. 3, 9): a person with the right writes, the log keeps it. */
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { record, type Leaf } from '#platform/log/record.ts';
import { unitsOn } from '#modules/org-units/index.ts';
import { flawsOf, isUsable } from '../rules/thresholds.ts';
import type { Decree, DecreeSeen, KeyRoute, ThresholdFlaw } from '../schema.ts';
import { delist, insertDecree, insertRoute, lockRoute } from '../store/decrees.ts';
import { decreeSeen, decreesIn, isBuiltIn } from './decrees.ts';

const officeOf = ({ actor }: Context, province: string): string => actor.grants.find((grant) => (province === '00' ? grant.reach.level === 'nation' : grant.reach.level === 'province' && grant.reach.province === province))?.office ?? '';

export async function listAll(tx: Context['tx']): Promise<{ rows: { decree: Decree; builtIn: boolean; flaws: ThresholdFlaw[] }[] }> {
  return { rows: (await decreesIn(tx)).map((decree) => ({ decree, builtIn: isBuiltIn(decree.id), flaws: flawsOf(decree.criteria) })) };
}

/** Refused when thresholds overlap, when it is there already, or when it would begin on or before one already in force: the past keeps its criteria. */
export async function load(use: Context, decree: Decree): Promise<Result<{ decree: DecreeSeen; flaws: ThresholdFlaw[] }>> {
  const flaws = flawsOf(decree.criteria);
  if (!isUsable(flaws)) return refuse({ code: 'thresholds-refused', flaws: flaws.filter((flaw) => flaw.weight === 'refused') });
  const known = await decreesIn(use.tx);
  if (known.some((one) => one.id === decree.id)) return refuse({ code: 'decree-exists', id: decree.id });
  if (known.some((one) => one.validFrom >= decree.validFrom)) return refuse({ code: 'decree-before-another', validFrom: known.at(-1)?.validFrom ?? '' });
  if ((await insertDecree(use.tx, decree, { office: officeOf(use, '00'), account: use.actor.account, at: use.now.at })) === 0) return refuse({ code: 'decree-exists', id: decree.id });
  await record(use.tx, leaf(use, { province: '00', action: 'classification.decree-loaded', type: 'decree', target: decree.id, after: decree, facts: { 'valid-from': decree.validFrom, warned: flaws.length } }));
  return ok({ decree: decreeSeen({ ...decree, validTo: null }), flaws });
}

type Said = { readonly province: string; readonly action: string; readonly type: string; readonly target: string; readonly after: unknown; readonly before?: unknown; readonly facts: NonNullable<Leaf['facts']> };
const leaf = ({ actor, now }: Context, { type, target, before, ...said }: Said): Leaf => ({ ...said, at: now.at, actor, target: { type, id: target }, ...(before === undefined ? {} : { before }) });

/** A province lists its own routes, the ministry those between provinces (Art. 9): the reach of the nation does not reach into a province's list. */
const lists = ({ actor }: Context, province: string): boolean => actor.grants.some(({ role, reach }) => (province === '00' ? role === 'ministry' && reach.level === 'nation' : role === 'province-leader' && reach.level === 'province' && reach.province === province));

type NewRoute = Pick<KeyRoute, 'id' | 'kind' | 'province' | 'name' | 'communes' | 'decision' | 'listedOn'>;
export async function listRoute(use: Context, asked: NewRoute): Promise<Result<KeyRoute>> {
  const between = asked.kind === 'inter-provincial';
  if (between !== (asked.province === '00') || !lists(use, asked.province)) return refuse({ code: 'route-not-yours', province: asked.province });
  if (asked.listedOn > use.now.today) return refuse({ code: 'route-day-future', day: asked.listedOn });
  const communes = [...new Set(asked.communes)].sort();
  if (communes.length === 0) return refuse({ code: 'route-communes-missing' });
  if (looksPersonal(asked.name) || looksPersonal(asked.decision)) return refuse({ code: 'route-text-personal' });
  const units = new Map((await unitsOn(use.tx, asked.listedOn)).map((row) => [row.code, row]));
  const unknown = communes.find((code) => units.get(code)?.depth !== 3);
  if (unknown !== undefined) return refuse({ code: 'unit-unknown', unit: unknown });
  const elsewhere = between ? undefined : communes.find((code) => units.get(code)?.province !== asked.province);
  if (elsewhere !== undefined) return refuse({ code: 'route-commune-elsewhere', unit: elsewhere });
  const route: KeyRoute = { ...asked, communes, delistedOn: null, delistDecision: null, office: officeOf(use, asked.province) };
  const made = await insertRoute(use.tx, route, use.actor.account);
  if (made > 0) await record(use.tx, leaf(use, { province: asked.province, action: 'classification.route-listed', type: 'key-route', target: asked.id, after: route, facts: { communes: communes.length, on: asked.listedOn } }));
  return ok(route);
}

export async function delistRoute(use: Context, id: string, asked: { readonly province: string; readonly decision: string; readonly delistedOn: string }): Promise<Result<KeyRoute>> {
  if (!lists(use, asked.province)) return refuse({ code: 'route-not-yours', province: asked.province });
  const route = await lockRoute(use.tx, asked.province, id);
  if (route === undefined) return refuse({ code: 'route-not-found' });
  if (route.delistedOn !== null) return refuse({ code: 'route-delisted', day: route.delistedOn });
  if (asked.delistedOn < route.listedOn || asked.delistedOn > use.now.today) return refuse({ code: 'route-day-wrong', day: asked.delistedOn });
  await delist(use.tx, { province: asked.province, id, on: asked.delistedOn, decision: asked.decision });
  await record(use.tx, leaf(use, { province: asked.province, action: 'classification.route-delisted', type: 'key-route', target: id, before: route, after: asked, facts: { on: asked.delistedOn } }));
  return ok({ ...route, delistedOn: asked.delistedOn, delistDecision: asked.decision });
}
