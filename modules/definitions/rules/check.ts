/** Everything that can be wrong between the items of a programme, each with a verdict that says where and what to do. */
import { isPeriod } from '#kernel/period.ts';
import type { Verdict } from '../schema/files.ts';
import type { ProgrammeHead } from '../schema/programme.ts';
import { checkContradictions } from './check-contradictions.ts';
import { checkFormulas } from './check-formulas.ts';
import { checkDataSets, checkDisaggregations, checkElements, checkTargets } from './check-items.ts';
import { knownOf, type Known } from './known.ts';
import { error, warning, type Version } from './read-items.ts';
import { referencesOf, type Reference } from './uses.ts';

/** @param versions all versions as they will be stored, the ones already there included */
export function checkProgramme(versions: readonly Version[], head: ProgrammeHead): Verdict[] {
  const known = knownOf(versions);
  return [
    ...checkHead(head, known), ...versions.flatMap((one) => checkReferences(one, known)), ...checkDisaggregations(known), ...checkElements(known), ...checkDataSets(known), ...checkTargets(known),
    ...checkFormulas(known), ...checkContradictions(known),
  ];
}

function checkHead(head: ProgrammeHead, known: Known): Verdict[] {
  const at = { file: 'programme.json', kind: 'programme', item: head.id } as const;
  const { main = [], cascade = [], beside = [], share = null, map = null } = head.overview ?? {};
  const named = [...main, ...cascade, ...beside, ...(share === null ? [] : [share]), ...(map === null ? [] : [map])];
  return [
    ...(isPeriod(head.firstPeriod) ? [] : [error(at, 'period-wrong', 'firstPeriod', { period: head.firstPeriod })]),
    ...named.filter((id) => !known.has('indicator', id)).map((id) => error(at, 'reference-unknown', 'overview', { id, kind: 'indicator' })),
    ...(share !== null && beside.length === 0 ? [error(at, 'share-alone', 'overview.beside', { id: share })] : []),
  ];
}

/** Formulas check their own references, with line and column. */
const checkedElsewhere = new Set(['rule', 'indicator']);

function checkReferences(version: Version, known: Known): Verdict[] {
  if (checkedElsewhere.has(version.kind)) return referencesOf(version).flatMap((one) => (known.has(one.kind, one.id) ? endsEarlier(version, one, known) : []));
  return referencesOf(version).flatMap((one) => {
    const at = { file: version.file, kind: version.kind, item: version.id };
    if (known.has(one.kind, one.id)) return endsEarlier(version, one, known);
    const [other] = known.kindsOf(one.id);
    return [other === undefined ? error(at, 'reference-unknown', one.field, { id: one.id, kind: one.kind }) : error(at, 'reference-other-kind', one.field, { id: one.id, kind: one.kind, other })];
  });
}

/** What a version names must be defined as long as the version holds. */
function endsEarlier(version: Version, named: Reference, known: Known): Verdict[] {
  if (version.kind === 'published-figure') return []; // what others published stands beside us whenever it was
  const others = known.of(named.kind, named.id);
  const at = { file: version.file, kind: version.kind, item: version.id };
  const covers = (day: string): boolean => others.some((one) => one.validFrom <= day && (one.validTo === null || day < one.validTo));
  if (!covers(version.validFrom)) return [warning(at, 'reference-not-yet', named.field, { id: named.id, day: version.validFrom })];
  const stays = version.validTo === null ? others.some((one) => one.validTo === null) : others.some((one) => one.validTo === null || one.validTo >= (version.validTo ?? ''));
  return stays ? [] : [warning(at, 'reference-ends', named.field, { id: named.id })];
}
