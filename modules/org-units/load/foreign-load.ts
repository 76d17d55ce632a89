import { ok, refuse, type Result } from '#kernel/result.ts';
import { vietnamDay, type PlainDate } from '#kernel/day.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { bookFor, openEdition } from '../actions.ts';
import type { Names } from '../group-sets.ts';
import { lockRegister, replaceRegister } from '../load.ts';
import { listCommittees } from '../store.ts';
import { forgetAttributes, saveAttributesDigest, saveGroupsDigest, replaceGroupSets, replaceTiers } from '../store/groups.ts';
import type { ForeignUnit, TreeRefusal } from './foreign.ts';
import { planForeign, type ForeignPlan, type TreeCounts, type TreeRowVerdict } from './foreign-plan.ts';

/**
 * `on`: day from which a unit has another place, or is closed because it is no longer given (today unless said). `basis`: where the tree
 * is from, kept with every unit. `tiers`: what the tiers are called, from the nation down. `dryRun`: only say what would change.
 */
export type ForeignTreeOptions = { readonly on?: PlainDate; readonly basis?: string; readonly tiers?: readonly Names[]; readonly dryRun?: boolean; readonly at?: string };
export type ForeignTreeReport = {
  /** True when the register was written: not in a dry run, and not when it holds this tree already. */
  readonly stored: boolean; readonly digest: string; readonly counts: TreeCounts; readonly depth: number;
  /** A verdict a row in the order given, then units that were not given any more. */
  readonly rows: readonly TreeRowVerdict[];
  /** Code of each unit here by the id it came with: the same, but '00' for the root. */
  readonly codes: ReadonlyMap<string, string>;
  /** Units of the second tier with the two characters their rows are kept under. */
  readonly shards: ForeignPlan['shards'];
};

/**
 * Takes the tree of another system as the register of this database, in place of the built-in one; a start then leaves it alone. The same
 * tree again changes nothing; another state of it is laid over what is held, effective-dated. Refused rows are left out and told.
 *
 * Refused as a whole: no root or several, another tree than the one held, or a built-in register in which something was recorded already.
 */
export function loadForeignTree(db: Database, units: readonly ForeignUnit[], options: ForeignTreeOptions = {}): Promise<Result<ForeignTreeReport, TreeRefusal>> {
  const { dryRun = false } = options;
  return dryRun ? db.read('system', (tx) => take(tx, units, options)) : db.write('system', async (tx) => { await lockRegister(tx); return take(tx, units, options); });
}

async function take(tx: Tx, units: readonly ForeignUnit[], options: ForeignTreeOptions): Promise<Result<ForeignTreeReport, TreeRefusal>> {
  const { dryRun = false, at = new Date().toISOString(), basis = '' } = options;
  const edition = await openEdition(tx);
  const imported = edition.source === 'imported';
  const committees = imported ? 0 : (await listCommittees(tx)).length;
  if (committees > 0) return refuse({ code: 'register-in-use', committees });
  const planned = planForeign(units, imported ? await bookFor(tx, edition) : undefined, { on: options.on ?? vietnamDay(new Date(at)), basis });
  if (!planned.ok) return planned;
  const { versions, aliases, units: ids, ...plan } = planned.value;
  const stored = !dryRun && plan.digest !== edition.digest;
  if (stored) {
    await replaceRegister(tx, { units: ids, versions, aliases, links: [] }, [], plan.digest, 'imported');
    if (!imported) await forgetBuiltIn(tx);
    if (options.tiers !== undefined) await replaceTiers(tx, options.tiers.map((name, at) => ({ depth: at + 1, nameVi: name.vi, nameEn: name.en })));
    await record(tx, {
      province: '00', at, actor: 'system', action: 'org-units.tree-imported', target: { type: 'unit-edition', id: plan.digest },
      facts: { ...plan.counts, depth: plan.depth, shards: plan.shards.length },
    });
  }
  return ok({ stored, digest: plan.digest, counts: plan.counts, depth: plan.depth, rows: plan.rows, codes: plan.codes, shards: plan.shards });
}

async function forgetBuiltIn(tx: Tx): Promise<void> {
  await replaceGroupSets(tx, 'built-in', { sets: [], groups: [], members: [] });
  await saveGroupsDigest(tx, '');
  await forgetAttributes(tx);
  await saveAttributesDigest(tx, '');
}
