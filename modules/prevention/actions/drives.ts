/** Communication campaigns: words checked, reach and cost counted by channel and commune. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { getUnit } from '#modules/org-units/index.ts';
import { driveCountsAgree } from '../rules/decide.ts';
import { managingGrant } from '../rules/scope.ts';
import { wordingAllowed } from '../rules/wording.ts';
import type { addDrive as addContract, Channel, Drive, DriveCount, DriveTotals, getDrive as getContract, listDrives as listContract, recordDrive as recordContract } from '../schema.ts';
import * as store from '../store/drives.ts';
import { communeOn, looksInto, mayAdd, ownCommune, recordingGrant, unitRows } from './areas.ts';
import { byOf, log, notFound, notYours, type UseCase } from './use-case.ts';

const nothing: DriveTotals = { communes: 0, activities: 0, reached: 0, costVnd: 0 };

export async function listDrives(use: UseCase): Promise<Static<typeof listContract.reply>> {
  const by = byOf(use);
  const totals = new Map((await store.totalsOfDrives(by)).map(({ drive, ...rest }) => [drive, rest]));
  return { rows: (await store.listDrives(by)).map((drive) => ({ drive, totals: totals.get(drive.id) ?? nothing })), mayAdd: mayAdd(use) };
}

export async function addDrive(use: UseCase, body: Static<NonNullable<typeof addContract.body>>): Promise<Result<Drive, Refusal>> {
  const grant = managingGrant(use.actor, body.province);
  if (grant === undefined) return notYours();
  if (body.endsOn < body.startsOn) return refuse({ code: 'prevention-days-wrong' });
  const worded = wordingAllowed([body.nameVi, body.nameEn, body.messageVi, body.messageEn]);
  if (!worded.ok) return worded;
  const drive: Drive = { ...body, id: newId<'Drive'>(), state: 'running', office: grant.office, version: 1, demonstration: false };
  await store.insertDrive(use.tx, drive, use.now.at);
  await log(use, { province: body.province, action: 'prevention.drive-begun', target: { type: 'drive', id: drive.id }, unit: grant.office, role: grant.role, after: drive, facts: { starts: body.startsOn, ends: body.endsOn } });
  return ok(drive);
}

export async function driveView(use: UseCase, key: { province: string; drive: string }, asked: { readonly scope?: string | undefined; readonly commune?: string | undefined }): Promise<Result<Static<typeof getContract.reply>, Refusal>> {
  const by = byOf(use);
  const drive = await store.findDrive(by, key.province, key.drive);
  if (drive === undefined) return notFound();
  const looked = looksInto(use, key.province, asked.scope);
  const area = { drive: drive.id, province: looked.province };
  const counted = new Map((await store.totalsByArea(by, area, looked.level)).map((row) => [row.code, row]));
  const rows = (await unitRows(use, looked)).map(({ communes: allCommunes, ...unit }) => ({ ...nothing, ...counted.get(unit.code), ...unit, allCommunes }));
  const own = ownCommune(use, asked.scope === undefined || asked.commune === undefined ? undefined : { province: asked.scope, commune: asked.commune });
  const unit = own === undefined ? undefined : await getUnit(use.tx, own.commune, use.now.today);
  return ok({
    drive, totals: await store.totalsOf(by, area), channels: await store.totalsByChannel(by, area), by: looked.level,
    rows: rows.sort((a, b) => a.communes / a.allCommunes - b.communes / b.allCommunes || a.reached - b.reached || (a.code < b.code ? -1 : 1)),
    own: own === undefined || unit === undefined || !unit.ok ? null : { ...own, nameVi: unit.value.nameVi, counts: await store.listCounts(by, { ...own, drive: drive.id }), mayRecord: drive.state === 'running' && recordingGrant(use, own) !== undefined },
  });
}

type CountKey = { readonly province: string; readonly drive: string; readonly shard: string; readonly commune: string; readonly month: string; readonly channel: Channel };
export async function recordDrive(use: UseCase, key: CountKey, body: Static<NonNullable<typeof recordContract.body>>): Promise<Result<DriveCount, Refusal>> {
  const by = byOf(use);
  const area = { province: key.shard, commune: key.commune };
  const drive = key.province === '00' || key.province === key.shard ? await store.findDrive(by, key.province, key.drive) : undefined;
  if (drive === undefined) return notFound();
  const grant = recordingGrant(use, area);
  if (grant === undefined) return notYours();
  const commune = await communeOn(use, area, use.now.today);
  if (!commune.ok) return commune;
  if (!drive.channels.includes(key.channel)) return refuse({ code: 'prevention-channel-not-in-campaign' });
  if (key.month > use.now.today.slice(0, 7) || key.month < drive.startsOn.slice(0, 7) || key.month > drive.endsOn.slice(0, 7)) return refuse({ code: 'prevention-month-outside', month: key.month });
  if (!driveCountsAgree(body)) return refuse({ code: 'prevention-counts-disagree' });
  const where = { ...area, drive: drive.id, month: key.month, channel: key.channel };
  const before = (await store.listCounts(by, where)).find((one) => one.month === key.month && one.channel === key.channel);
  const count = { ...body, version: body.version + 1 };
  if ((before?.version ?? 0) !== body.version || (await store.saveCount(use.tx, where, { ...count, office: grant.office, at: use.now.at })) === 0) return refuse({ code: 'prevention-stale' });
  await log(use, { province: key.shard, action: 'prevention.drive-counted', target: { type: 'drive', id: drive.id }, unit: key.commune, role: grant.role, before, after: count, facts: { month: key.month, channel: key.channel, activities: body.activities, reached: body.reached } });
  return ok({ month: key.month, channel: key.channel, ...count });
}
