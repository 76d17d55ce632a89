import { Type } from 'typebox';
import type { Actor } from '#kernel/actor.ts';
import { nowOf, type Now } from '#kernel/clock.ts';
import { asId } from '#kernel/id.ts';
import { daysOf, periodAt, shiftPeriod } from '#kernel/period.ts';
import { shape } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Services } from '#platform/services.ts';
import { seedCoverage } from '#modules/coverage/index.ts';
import { seedClassification } from '#modules/classification/index.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import { seedDirectives } from '#modules/directives/index.ts';
import { demonstrationAccountId, demonstrationPassword, seedDemonstrationAccounts } from '#modules/identity/index.ts';
import { seedVerification } from '#modules/indicators/index.ts';
import { seedInstruments } from '#modules/instruments/index.ts';
import { demonstrateMerger, demonstrationMerger, getTree, loadSyntheticResidents, provinceCodes, recordProvinceCommittee, registerSource } from '#modules/org-units/index.ts';
import { seedPrevention } from '#modules/prevention/index.ts';
import { seedReturns } from '#modules/returns/index.ts';
import { bannerSignIns, demonstrationAccounts, foreignAccounts, foreignSignIns } from './demo/accounts.ts';
import { demonstrationCommittees } from './demo/committees.ts';
import { seedFacilitiesFromReturns } from './demo/facilities.ts';
import { seedHotspotsFromReturns } from './demo/hotspots.ts';
import type { Say } from './start.ts';

/** Reports of so many months are of what two communes became; those before are theirs. */
const monthsSinceMerger = 9;

/** Raised when the demonstration holds something else; an installation of an older edition keeps what it has. */
const edition = 1;

/** One sign-in a role, as far as this installation has them. */
export async function demonstrationSignIns({ db }: Pick<Services, 'db'>, today = nowOf(new Date())): Promise<{ readonly role: string; readonly userName: string; readonly password: string }[]> {
  const tree = await db.read('system', (tx) => foreignTree(tx, today));
  return (tree === undefined ? bannerSignIns : foreignSignIns(tree)).map((signIn) => ({ ...signIn, password: demonstrationPassword }));
}

/** The tree of another country, when one was imported. */
const foreignTree = async (tx: Tx, today: Now) => ((await registerSource(tx)) === 'imported' ? getTree(tx, today.today) : undefined);

const Edition = shape({ value: Type.Number() });
const findEdition = (tx: Tx) => tx.maybe(Edition, sql`select value from platform.setting where key = 'demonstration'`);

/**
 * Loads the demonstration nation once: accounts, committees, directives with fourteen months of life, twenty-four months of returns, and the places
 * that follow from them. Deterministic, so two installations show the same. Synthetic, and labelled so wherever it is seen. What does not need the
 * other is written side by side; each part is all or nothing, and a start that was cut short goes on with the parts that lack.
 */
export async function loadDemonstration(services: Services, say: Say, today = nowOf(new Date())): Promise<boolean> {
  if ((await services.db.read('system', findEdition)) !== undefined) return false;
  if ((await services.db.read('system', registerSource)) === 'imported') { // the demonstration is of Việt Nam; another country gets accounts to look at its own figures
    await part(services, 'foreign-people', async (tx) => { await seedDemonstrationAccounts(tx, foreignAccounts(await getTree(tx, today.today)), today.at); });
    return false;
  }
  await part(services, 'residents', async (tx) => {
    const { head } = await latestProgramme(tx);
    const { first } = daysOf(shiftPeriod(periodAt(today.today, 'month', head.calendar), -monthsSinceMerger), head.calendar);
    const merged = await demonstrateMerger(tx, first, today.at);
    await loadSyntheticResidents(tx, today.today, merged ? { merger: { ...demonstrationMerger, on: first } } : {});
  });
  await Promise.all([
    part(services, 'people', (tx) => seedPeople(tx, today, say)),
    part(services, 'returns', (tx) => seedReturns(tx, today, (line) => say(line))),
  ]);
  await services.db.write('system', async (tx) => {
    await seedHotspotsFromReturns(tx, today);
    await seedFacilitiesFromReturns(tx, today);
    await seedVerification(tx, today);
    await seedClassification(tx, services, today); // last: it decides from what all registers hold
    await tx.run(sql`insert into platform.setting (key, value) values ('demonstration', ${JSON.stringify(edition)}::jsonb)`);
  });
  return true;
}

/** One part in a transaction of its own, which also notes that it is there. */
async function part(services: Services, name: string, load: (tx: Tx) => Promise<unknown>): Promise<void> {
  await services.db.write('system', async (tx) => {
    const key = `demonstration.${name}`;
    if ((await tx.maybe(Edition, sql`select value from platform.setting where key = ${key}`)) !== undefined) return;
    await load(tx);
    await tx.run(sql`insert into platform.setting (key, value) values (${key}, ${JSON.stringify(edition)}::jsonb)`);
  });
}

/** Accounts and what people do that needs no figure of a return. */
async function seedPeople(tx: Tx, today: Now, say: Say): Promise<void> {
  const tree = await getTree(tx, today.today);
  const accounts = demonstrationAccounts(tree);
  say({ vi: `Nạp dữ liệu trình diễn: ${accounts.length} tài khoản`, en: `Loading demonstration data: ${accounts.length} accounts` });
  await seedDemonstrationAccounts(tx, accounts, today.at);
  const committees = demonstrationCommittees(provinceCodes().filter((code) => code !== '00'));
  say({ vi: `Nạp dữ liệu trình diễn: ${committees.length} ban chỉ đạo`, en: `Loading demonstration data: ${committees.length} steering committees` });
  for (const { province, body } of committees) {
    const result = await recordProvinceCommittee(tx, { province, body, actor: clerkOf(province), now: today });
    if (!result.ok) throw new Error(`the demonstration committee of ${province} was refused: ${result.problem.code}`);
  }
  await seedDirectives(tx, today, (line) => say(line));
  await seedCoverage(tx, today);
  await seedPrevention(tx, today);
  await seedInstruments(tx, today);
}

/** The province's own secretary, as whom its committee is recorded. */
const clerkOf = (province: string): Actor => ({
  account: asId<'Account'>(demonstrationAccountId(`tinh${province}.thuky`)), session: asId<'Session'>('00000000-0000-4000-8000-000000000000'), name: `tinh${province}.thuky`, language: 'vi',
  grants: [{ role: 'province-secretary', office: `UBND:${province}`, post: 'chanh-van-phong', reach: { level: 'province', province } }],
});
