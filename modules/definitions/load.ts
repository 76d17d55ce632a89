/** Loads a programme: checks it, plans what changes, and writes one edition, or nothing. */
import { createHash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import { vietnamDay } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { checkProgramme } from './rules/check.ts';
import { error, isOf, itemOf, readItems, type Version } from './rules/read-items.ts';
import { planSlots, type SlotPlan } from './rules/slots.ts';
import { canonical } from './rules/text.ts';
import { planVersions, type Plan } from './rules/versions.ts';
import type { Change, EditionDiff, ProgrammeFiles, ProgrammeHead, ProgrammeRefused, Verdict } from './schema.ts';
import { deleteVersions, findHead, findMark, insertEdition, lockLoading, readDigests, readItems as readStored, readSlots, saveSlots, saveVersions, type Mark } from './store.ts';

export type LoadOptions = {
  /** Why; shown beside the edition. */
  readonly note: string;
  /** Who: an account's id or a word such as 'built-in'. */
  readonly by: string;
  /** Plans and answers the same diff, writes nothing. */
  readonly dryRun?: boolean;
  /** Items not named stay as they are (an import of a package); otherwise they end. */
  readonly partial?: boolean;
  /** The day from which items that are no longer named end; today unless said. */
  readonly on?: PlainDate;
};

const sha = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Equal for equal content, whatever the order of files and keys. */
export const digestOfFiles = (files: ProgrammeFiles): string => sha(files.files.flatMap(({ kind, items }) => items.map((item) => `${kind} ${canonical(item)}`)).sort().join('\n'));

/**
 * Loads a programme in one transaction: readers see the former edition or the new one.
 * Loading the same again changes nothing and makes no edition. A dry run answers what a load would.
 *
 * @returns what it changes, with warnings; refused with every verdict when there is an error
 */
export async function loadProgramme(db: Database, files: ProgrammeFiles, options: LoadOptions): Promise<Result<EditionDiff, ProgrammeRefused>> {
  const digest = digestOfFiles(files);
  const work = (tx: Tx) => loadIn(tx, files, { ...options, digest });
  if (options.dryRun === true) return db.read('system', work);
  return db.write('system', async (tx) => { await lockLoading(tx); return work(tx); });
}

/** What the loader would say of these files on an empty database: for checking a folder beside no database. */
export function checkFiles(files: ProgrammeFiles): Verdict[] {
  const read = readItems(files);
  const plan = planVersions(read.versions, [], { on: vietnamDay(new Date()), partial: false });
  return [...read.verdicts, ...plan.verdicts, ...(read.head === undefined ? [headMissing] : checkProgramme(plan.versions, read.head))];
}
const headMissing = error({ file: 'programme.json', kind: 'programme', item: '' }, 'head-missing');

type Loading = LoadOptions & { readonly digest: string };

async function loadIn(tx: Tx, files: ProgrammeFiles, options: Loading): Promise<Result<EditionDiff, ProgrammeRefused>> {
  const mark = await findMark(tx);
  if (mark?.digest === options.digest) return ok(unchanged(mark, options, []));
  const stored = (await readStored(tx)).map((row) => ({ ...row, body: bodyOf(row.body) }));
  const read = readItems(files);
  const storedHead = mark === undefined ? undefined : await findHead(tx, mark.edition);
  const head = read.head ?? storedHead;
  const plan = planVersions(read.versions, stored, { on: options.on ?? vietnamDay(new Date()), partial: options.partial === true });
  const verdicts = [...read.verdicts, ...plan.verdicts, ...(head === undefined ? [headMissing] : checkProgramme(plan.versions, head))];
  const errors = verdicts.filter((one) => one.severity === 'error').length;
  if (errors > 0 || head === undefined) return refuse({ code: 'programme-has-errors', errors, verdicts });
  const headChanged = canonical(head) !== canonical(storedHead ?? null);
  const planned: Planned = { plan, slots: planSlots(sourcesOf(plan), await readSlots(tx)), head, headChanged, mark, verdicts };
  if (mark !== undefined && plan.changes.length === 0 && !headChanged) return ok(unchanged(mark, options, verdicts));
  const diff = diffOf(planned, options);
  if (options.dryRun !== true) await writeEdition(tx, planned, diff, options);
  return ok(diff);
}

/** Stored bodies were checked before they were stored. */
const bodyOf = (body: unknown): Readonly<Record<string, unknown>> => (typeof body === 'object' && body !== null ? { ...body } : {});

type Planned = { readonly plan: Plan; readonly slots: SlotPlan; readonly head: ProgrammeHead; readonly headChanged: boolean; readonly mark: Mark | undefined; readonly verdicts: readonly Verdict[] };

const sourcesOf = ({ versions }: Plan) => {
  const all = <K extends Version['kind']>(kind: K) => versions.filter((one): one is typeof one & Version<K> => isOf(one, kind)).map((one) => itemOf<K>(one));
  return { dataSets: all('data-set'), elements: all('data-element'), disaggregations: all('disaggregation') };
};

const unchanged = (mark: Mark, { dryRun }: Loading, warnings: readonly Verdict[]): EditionDiff => ({
  edition: mark.edition, digest: mark.digest, unchanged: true, dryRun: dryRun === true, added: 0, changed: 0, ended: 0, corrected: 0, headChanged: false, changes: [], slotsAdded: 0, slotsRetired: 0, warnings: [...warnings],
});

function diffOf({ plan, slots, headChanged, mark, verdicts }: Planned, { digest, dryRun }: Loading): EditionDiff {
  const count = (change: Change['change']): number => plan.changes.filter((one) => one.change === change).length;
  return {
    edition: (mark?.edition ?? 0) + 1, digest, unchanged: false, dryRun: dryRun === true, added: count('added'), changed: count('changed'), ended: count('ended'), corrected: count('corrected'),
    headChanged, changes: [...plan.changes], slotsAdded: slots.added, slotsRetired: slots.retired, warnings: [...verdicts],
  };
}

async function writeEdition(tx: Tx, { plan, slots, head }: Planned, diff: EditionDiff, { note, by, digest }: Loading): Promise<void> {
  const at = new Date().toISOString();
  const { edition, changes, added, changed, ended, corrected } = diff;
  await insertEdition(tx, { edition, programme: head.id, head, digest, loadedAt: at, loadedBy: by, note, added, changed, ended, corrected, changes });
  if (plan.dropped.length > 0) await deleteVersions(tx, plan.dropped);
  const written = plan.versions.filter((one) => one.edition === undefined).map((one) => ({ ...one, edition, digest: sha(canonical(one.body)) }));
  if (written.length > 0) await saveVersions(tx, written);
  if (slots.changed.length > 0) await saveSlots(tx, slots.changed);
  await record(tx, {
    province: '00', at, actor: 'system', action: 'definitions.loaded', target: { type: 'definition-edition', id: String(edition) }, after: { digest, note, by },
    facts: { programme: head.id, added, changed, ended, corrected, slotsAdded: slots.added, slotsRetired: slots.retired },
  });
}

/**
 * Loads a programme at start: when nothing was loaded yet, or when its files are newer than what an earlier start loaded.
 * What somebody loaded by hand is never replaced by a start.
 *
 * @returns undefined when nothing was to do
 */
export async function loadBuiltIn(db: Database, files: ProgrammeFiles, note: string): Promise<Result<EditionDiff | undefined, ProgrammeRefused>> {
  const digest = digestOfFiles(files);
  const known = await db.read('system', async (tx) => ({ mark: await findMark(tx), digests: await readDigests(tx) }));
  if (known.mark !== undefined && (known.digests.includes(digest) || known.mark.loadedBy !== builtIn)) return ok(undefined);
  return loadProgramme(db, files, { note, by: builtIn });
}
const builtIn = 'built-in';
