/** Products tracked, their stages dated and put right, tied to the directive they answer. */
import type { Fact } from '#kernel/entry.ts';
import { newId } from '#kernel/id.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import { findOffices } from '#modules/org-units/index.ts';
import { hasPermission } from './rules/permissions.ts';
import { scopeOf } from './rules/scope.ts';
import { keeperOf, removable, stageAllowed, standingOf } from './rules/stages.ts';
import type { addInstrument as addContract, linkInstrument as linkContract, listInstruments as listContract, setStage as stageContract, Instrument, InstrumentRow, StageName } from './schema.ts';
import * as store from './store.ts';

export type UseCase = Pick<Context, 'tx' | 'actor' | 'now' | 'may'>;
type Key = { readonly province: string; readonly instrument: string };
const byOf = ({ tx, actor }: UseCase): store.By => ({ tx, scope: scopeOf(actor.grants) });
const notFound = () => refuse({ code: 'not-found' });

type Logged = { readonly province: string; readonly action: `instruments.${string}`; readonly id: string; readonly unit: string; readonly role: string; readonly before?: unknown; readonly after?: unknown; readonly facts?: Readonly<Record<string, Fact>> };
const log = ({ tx, actor, now }: UseCase, { id, ...logged }: Logged): Promise<void> => record(tx, { ...logged, target: { type: 'instrument', id }, at: now.at, actor });

const shown = ({ directiveProvince, directive, assignment, tasks, done, tasksDueOn, ...row }: store.InstrumentStored): Instrument =>
  ({ ...row, link: directiveProvince === null || directive === null || assignment === null ? null : { directiveProvince, directive, assignment, tasks, done, dueOn: tasksDueOn } });

async function rowsOf(use: UseCase, stored: readonly store.InstrumentStored[]): Promise<InstrumentRow[]> {
  const offices = await findOffices(use.tx, stored.map((row) => row.leadOffice), use.now.today);
  return stored.map((row) => {
    const instrument = shown(row);
    const office = offices.get(row.leadOffice);
    return { instrument, leadName: { vi: office?.nameVi ?? row.leadOffice, en: office?.nameEn ?? row.leadOffice }, standing: standingOf(instrument, use.now.today), mayEdit: keeperOf(use.actor, instrument) !== undefined };
  });
}

export async function listInstruments(use: UseCase): Promise<Static<typeof listContract.reply>> {
  const mayAdd = use.actor.grants.filter(({ role, reach }) => hasPermission(role, 'instruments.manage') && reach.level !== 'commune').map(({ office, reach }) => ({ province: reach.level === 'province' ? reach.province : '00', office }));
  return { asOf: use.now.today, rows: await rowsOf(use, await store.listInstruments(byOf(use), null)), mayAdd };
}
async function findRow(use: UseCase, { province, instrument: id }: Key): Promise<InstrumentRow | undefined> {
  return (await rowsOf(use, await store.listInstruments(byOf(use), { province, id })))[0];
}
export async function instrumentView(use: UseCase, key: Key) {
  const row = await findRow(use, key);
  return row === undefined ? notFound() : ok({ asOf: use.now.today, row });
}

export async function addInstrument(use: UseCase, body: Static<NonNullable<typeof addContract.body>>): Promise<Result<InstrumentRow, Refusal>> {
  const grant = keeperOf(use.actor, body);
  if (grant === undefined) return refuse({ code: 'instrument-not-yours' });
  if ([body.titleVi, body.titleEn, body.basis, body.dueText, body.note].some(looksPersonal)) return refuse({ code: 'instrument-personal' });
  if (body.dueOn === null && body.dueEvent === null && body.dueText.trim() === '') return refuse({ code: 'instrument-due-missing' });
  if (!(await findOffices(use.tx, [body.leadOffice], use.now.today)).has(body.leadOffice)) return refuse({ code: 'instrument-office-unknown', office: body.leadOffice });
  const id = newId<'Instrument'>();
  await store.insertInstrument(use.tx, { ...body, id, version: 1, demonstration: false }, use.now.at);
  await log(use, { province: body.province, action: 'instruments.tracked', id, unit: grant.office, role: grant.role, after: body, facts: { kind: body.kind, due: body.dueOn } });
  return read(use, { province: body.province, instrument: id });
}
/** A product as it stands now. @throws when it is gone within its own transaction: a fault */
async function read(use: UseCase, key: Key): Promise<Result<InstrumentRow, Refusal>> {
  const row = await findRow(use, key);
  if (row === undefined) throw new Error('the product is not there after it was written');
  return ok(row);
}

async function held(use: UseCase, key: Key, version: number): Promise<Result<{ row: Instrument; unit: string; role: string }, Refusal>> {
  const found = await findRow(use, key);
  if (found === undefined) return notFound();
  const grant = keeperOf(use.actor, found.instrument);
  if (grant === undefined) return refuse({ code: 'instrument-not-yours' });
  const locked = await store.lockInstrument(byOf(use), key.province, key.instrument);
  return locked?.version === version ? ok({ row: found.instrument, unit: grant.office, role: grant.role }) : refuse({ code: 'instrument-stale' });
}

export async function setStage(use: UseCase, { stage, ...key }: Key & { readonly stage: StageName }, { version, ...body }: Static<NonNullable<typeof stageContract.body>>): Promise<Result<InstrumentRow, Refusal>> {
  const found = await held(use, key, version);
  if (!found.ok) return found;
  const { row, ...by } = found.value;
  if (looksPersonal(body.source)) return refuse({ code: 'instrument-personal' });
  const allowed = stageAllowed(row.stages, { stage, ...body }, use.now.today);
  if (!allowed.ok) return allowed;
  await store.saveStage(use.tx, key.province, key.instrument, { stage, ...body }, use.now.at);
  await store.touch(use.tx, key.province, key.instrument);
  await log(use, { province: key.province, action: 'instruments.stage-dated', id: key.instrument, ...by, before: row.stages.find((one) => one.stage === stage), after: body, facts: { stage, on: body.on } });
  return read(use, key);
}

export async function removeStage(use: UseCase, { stage, ...key }: Key & { readonly stage: StageName }, version: number): Promise<Result<InstrumentRow, Refusal>> {
  const found = await held(use, key, version);
  if (!found.ok) return found;
  const { row, ...by } = found.value;
  if (!removable(row.stages, stage)) return refuse({ code: 'instrument-not-passed' });
  if ((await store.deleteStage(use.tx, key.province, key.instrument, stage)) === 0) return notFound();
  await store.touch(use.tx, key.province, key.instrument);
  await log(use, { province: key.province, action: 'instruments.stage-removed', id: key.instrument, ...by, before: row.stages.find((one) => one.stage === stage), facts: { stage } });
  return read(use, key);
}

export async function linkInstrument(use: UseCase, key: Key, { version, link }: Static<NonNullable<typeof linkContract.body>>): Promise<Result<InstrumentRow, Refusal>> {
  const found = await held(use, key, version);
  if (!found.ok) return found;
  const { row, ...by } = found.value;
  if (link !== null && !(await store.lineSeen(use.tx, link))) return refuse({ code: 'instrument-line-unknown' });
  await store.saveLink(use.tx, key.province, key.instrument, link);
  await store.touch(use.tx, key.province, key.instrument);
  await log(use, { province: key.province, action: 'instruments.linked', id: key.instrument, ...by, before: row.link, after: link, facts: { directive: link?.directive ?? null, line: link?.assignment ?? null } });
  return read(use, key);
}
