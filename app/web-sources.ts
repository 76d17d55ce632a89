import { getUnit, getUnitTree, searchUnits, type TreeProvince, type UnitTree } from '#modules/org-units/schema.ts';
import { hitTarget } from '#modules/org-units/screens/addresses.ts';
import { call } from '#web/api.ts';
import { language } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import type { ScopeSource, SearchSource, UnitChoice } from '#web/shell/config.ts';

const onDay = (asOf: string | undefined) => (asOf === undefined ? {} : { asOf });
const trees = new Map<string, Promise<UnitTree | undefined>>();

/** One tree a day asked for, kept while the page lives: 3,321 short rows. */
function treeOn(asOf: string | undefined): Promise<UnitTree | undefined> {
  const key = asOf ?? '';
  const known = trees.get(key);
  if (known) return known;
  const asked = call(getUnitTree, { query: onDay(asOf) }).then((answer) => {
    if (!answer.ok) trees.delete(key);
    return answer.ok ? answer.value : undefined;
  });
  trees.set(key, asked);
  return asked;
}

/** What rows of a province are kept under: its code, but in an imported tree. */
const shardOf = (province: TreeProvince): string => province.shard ?? province.code;
const holds = (province: TreeProvince, code: string): boolean =>
  province.code === code || province.communes.some(([one]) => one === code) || province.deeper?.some(([one]) => one === code) === true;

/** Units for the scope switcher, from org-units' contracts. */
export const unitScopes: ScopeSource = {
  async provinces(asOf) {
    return ((await treeOn(asOf))?.provinces ?? []).map((province): UnitChoice => ({ province: shardOf(province), name: province.nameVi }));
  },
  async communes(province, asOf) {
    const found = (await treeOn(asOf))?.provinces.find((one) => shardOf(one) === province);
    return (found?.communes ?? []).map(([code, name]): UnitChoice => ({ province, commune: code, name }));
  },
  async search(typed, asOf, signal) {
    const answer = await call(searchUnits, { query: { q: typed, limit: 30, former: 'no', ...onDay(asOf) } }, { signal });
    if (!answer.ok) return [];
    const tree = await treeOn(asOf);
    const placeOf = (code: string): string | undefined => { const found = tree?.provinces.find((province) => holds(province, code)); return found === undefined ? undefined : shardOf(found); };
    return answer.value.hits.flatMap((hit): UnitChoice[] => {
      if (hit.kind !== 'unit' || hit.level === 'nation') return [];
      const province = placeOf(hit.code);
      if (hit.level === 'province') return [{ province: province ?? hit.code, name: hit.nameVi }];
      return province === undefined ? [] : [{ province, commune: hit.code, name: hit.nameVi, hint: hit.placeVi }];
    });
  },
  async nameOf(code, asOf) {
    const answer = await call(getUnit, { params: { code }, query: onDay(asOf) });
    return answer.ok ? answer.value.current.nameVi : undefined;
  },
};

/** What Ctrl K finds; modules add theirs here. Never people. */
export const searchSources: readonly SearchSource[] = [
  {
    key: 'units', labelKey: 'nav.units', permission: 'signed-in',
    async search(typed, signal) {
      const answer = await call(searchUnits, { query: { q: typed, limit: 12 } }, { signal });
      if (!answer.ok) return [];
      return answer.value.hits.flatMap((hit, at) => {
        const target = hit.kind === 'unit' && hit.level !== 'nation' ? hitTarget(hit) : undefined;
        if (target === undefined) return [];
        return [{ key: `${hit.level}${hit.code}${at}`, label: language() === 'en' ? hit.nameEn : hit.nameVi, hint: hit.placeVi, icon: 'pin' as const, to: withQuery(target.path, target.query) }];
      });
    },
  },
];
