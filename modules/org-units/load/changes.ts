/** Which of several reports of one change counts, and what a unit's versions are once the changes are made. */
import type { Certainty } from '../schema.ts';
import type { UnitVersion } from '../model.ts';
import type { Change } from './sources.ts';

/** P: primary text read. S: press or official digest. U: uncertain. */
const weight: Readonly<Record<Certainty, number>> = { P: 3, S: 2, U: 1 };

const outweighs = (a: Change, b: Change): boolean =>
  weight[a.certainty] !== weight[b.certainty] ? weight[a.certainty] > weight[b.certainty] : a.recordedOn > b.recordedOn;

/**
 * One row for each change of each unit: the most certain report, and among equals the one recorded last.
 * A winning row with `made: false` means that the change did not happen, so nothing is left of it.
 */
export function settleChanges(rows: readonly Change[]): Change[] {
  const settled = new Map<string, Change>();
  for (const row of rows) {
    const key = `${row.level} ${row.code} ${row.change}`;
    const known = settled.get(key);
    if (known === undefined || outweighs(row, known)) settled.set(key, row);
  }
  return [...settled.values()].filter((row) => row.made).sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
}

/** Replays settled changes over the base versions: the same unit, one more version a change. */
export function applyChanges(base: readonly UnitVersion[], changes: readonly Change[]): UnitVersion[] {
  const wanted = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.level} ${change.code}`;
    wanted.set(key, [...(wanted.get(key) ?? []), change]);
  }
  const used = new Set<Change>();
  const out = base.flatMap((version) => {
    const parts: UnitVersion[] = [version];
    for (const change of wanted.get(`${version.level} ${version.code}`) ?? []) {
      const last = parts.at(-1);
      if (last === undefined || change.effectiveOn <= last.validFrom || (last.validTo !== null && change.effectiveOn >= last.validTo)) continue;
      used.add(change);
      parts.splice(-1, 1, { ...last, validTo: change.effectiveOn }, {
        ...last, nameVi: change.nameVi, kind: change.kind, basis: change.basis, certainty: change.certainty, validFrom: change.effectiveOn,
      });
    }
    return parts;
  });
  const lost = changes.filter((change) => !used.has(change));
  if (lost.length > 0) throw new RangeError(`changes of units that do not exist: ${lost.map((change) => `${change.code} ${change.effectiveOn}`).join(', ')}`);
  return out;
}
