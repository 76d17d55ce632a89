/** A made-up country for tests of imports: four levels, group sets, an attribute dimension, monthly flows, stocks and averages. Seeded. */
export type MadeRow = { readonly dataElement: string; readonly period: string; readonly orgUnit: string; readonly categoryOptionCombo: string; readonly attributeOptionCombo: string; readonly value: string };
export type MadeUnit = { readonly id: string; readonly name: string; readonly code: string; readonly level: number; readonly parent?: { readonly id: string }; readonly openingDate: string; readonly closedDate?: string; readonly path: string };
export type MadeBundle = { readonly units: readonly MadeUnit[]; readonly metadata: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>; readonly rows: readonly MadeRow[] };
export type Size = { readonly seed: number; readonly districts: number; readonly chiefdoms: number; readonly facilities: number; readonly months: number; readonly firstMonth: string; /** Share of boxes filled, of 100. */ readonly filled: number };

/** About 1,330 units and 190,000 values. */
export const whole: Size = { seed: 7, districts: 13, chiefdoms: 150, facilities: 1166, months: 12, firstMonth: '2024-01', filled: 32 };
/** The same country in small, for every run of the tests. */
export const small: Size = { seed: 7, districts: 4, chiefdoms: 12, facilities: 60, months: 6, firstMonth: '2024-01', filled: 60 };

export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 4_294_967_296; };
}
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Ids as the field's: a letter and ten more. */
export const uid = (kind: string, n: number): string => {
  let [text, rest] = [kind.padEnd(4, 'x').slice(0, 4), n];
  for (let i = 0; i < 7; i += 1) { text += letters[rest % letters.length] ?? 'a'; rest = Math.floor(rest / letters.length); }
  return text;
};
export const defaultCombo = 'HllvX50cXC0';
export const shuffled = <T>(list: readonly T[], random: () => number): T[] => {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) { const j = Math.floor(random() * (i + 1)); [copy[i], copy[j]] = [copy[j] as T, copy[i] as T]; } // both are inside
  return copy;
};

export const setNames = ['Area', 'Facility Ownership', 'Facility Type', 'Location'] as const;
const groupNames: Readonly<Record<(typeof setNames)[number], readonly string[]>> = { Area: ['North', 'South', 'East', 'West'], 'Facility Ownership': ['Public', 'Private', 'Mission'], 'Facility Type': ['Hospital', 'CHC', 'CHP', 'Clinic'], Location: ['Urban', 'Rural'] };

function makeUnits({ districts, chiefdoms, facilities }: Size, random: () => number): MadeUnit[] {
  const root = uid('oroo', 1);
  const units: MadeUnit[] = [{ id: root, name: 'Nước Thử', code: 'OU_1', level: 1, openingDate: '1990-01-01T00:00:00.000', path: `/${root}` }];
  const below = (level: number, count: number, kind: string, parents: readonly MadeUnit[]): MadeUnit[] => Array.from({ length: count }, (_, i) => {
    const parent = parents[i < parents.length ? i : Math.floor(random() * parents.length)] ?? parents[0];
    const id = uid(kind, i + 1);
    return { id, name: `${kind} ${i + 1}`, code: `OU_${kind}_${i + 1}`, level, parent: { id: parent?.id ?? root }, openingDate: i % 9 === 0 ? '2005-06-01T00:00:00.000' : '1970-01-01', path: `${parent?.path ?? ''}/${id}` };
  });
  const second = below(2, districts, 'odis', units);
  const third = below(3, chiefdoms, 'ochi', second);
  const fourth = below(4, facilities, 'ofac', third).map((unit, i) => (i % 97 === 5 ? { ...unit, closedDate: '2024-03-31T00:00:00.000' } : unit));
  return [...units, ...second, ...third, ...fourth];
}

type Axis = { readonly name: string; readonly options: readonly string[] };
const axes: readonly Axis[] = [{ name: 'Age', options: ['<5', '5-14', '15+'] }, { name: 'Sex', options: ['F', 'M'] }, { name: 'Project', options: ['Fund A', 'Fund B', 'None'] }];

function makeCategories() {
  const options = axes.flatMap((axis, a) => axis.options.map((name, o) => ({ id: uid('copt', a * 100 + o), name, axis: a })));
  const categories = axes.map((axis, a) => ({ id: uid('cate', a), name: axis.name, dataDimensionType: a === 2 ? 'ATTRIBUTE' : 'DISAGGREGATION', categoryOptions: options.filter((one) => one.axis === a).map(({ id }) => ({ id })) }));
  const optionsOf = (a: number) => options.filter((one) => one.axis === a);
  const crossed = optionsOf(0).flatMap((age) => optionsOf(1).map((sex) => [age, sex]));
  const combos = [
    { id: 'bjDvmb4bfuf', name: 'default', categories: [{ id: 'GLevLNI9wkl' }] }, { id: uid('comb', 1), name: 'Age', categories: [{ id: uid('cate', 0) }] },
    { id: uid('comb', 2), name: 'Age and sex', categories: [{ id: uid('cate', 0) }, { id: uid('cate', 1) }] }, { id: uid('comb', 3), name: 'Project', categories: [{ id: uid('cate', 2) }] },
  ];
  const cells = (combo: number, lists: readonly (readonly { id: string; name: string }[])[]) => lists.map((list, i) => ({
    id: uid('coco', combo * 1000 + i), name: list.map((one) => one.name).join(', '), categoryCombo: { id: uid('comb', combo) }, categoryOptions: [...list].reverse().map(({ id }) => ({ id })),
  }));
  const categoryOptionCombos = [
    { id: defaultCombo, name: 'default', categoryCombo: { id: 'bjDvmb4bfuf' }, categoryOptions: [{ id: 'xYerKDKCefk' }] },
    ...cells(1, optionsOf(0).map((one) => [one])), ...cells(2, crossed), ...cells(3, optionsOf(2).map((one) => [one])),
  ];
  return { categories, categoryOptions: options.map(({ id, name }) => ({ id, name })), categoryCombos: combos, categoryOptionCombos };
}

/** Elements by data set: how their values combine, and whether they are broken down (0 not, 1 by age, 2 by age and sex). */
export const kinds = [
  { set: 0, count: 8, combo: 2, aggregationType: 'SUM', valueType: 'INTEGER_ZERO_OR_POSITIVE' }, { set: 0, count: 6, combo: 0, aggregationType: 'SUM', valueType: 'NUMBER' },
  { set: 1, count: 5, combo: 1, aggregationType: 'LAST', valueType: 'INTEGER_ZERO_OR_POSITIVE' }, { set: 1, count: 4, combo: 0, aggregationType: 'AVERAGE_SUM_ORG_UNIT', valueType: 'NUMBER' },
  { set: 2, count: 5, combo: 0, aggregationType: 'SUM', valueType: 'NUMBER' }, { set: 2, count: 2, combo: 0, aggregationType: 'AVERAGE', valueType: 'PERCENTAGE' },
] as const;
type Made = { readonly id: string; readonly set: number; readonly combo: number; readonly aggregationType: string; readonly valueType: string };
export const elementsMade = (): Made[] => kinds.flatMap(({ count, ...kind }, k) => Array.from({ length: count }, (_, i) => ({ id: uid('deel', k * 100 + i), ...kind })));

export function makeBundle(size: Size): MadeBundle {
  const random = chance(size.seed);
  const units = makeUnits(size, random);
  const facilities = units.filter((unit) => unit.level === 4);
  const categories = makeCategories();
  const elements = elementsMade();
  const dataSets = [0, 1, 2].map((set) => ({
    id: uid('dset', set), name: `Form ${set}`, periodType: 'Monthly', categoryCombo: { id: set === 2 ? uid('comb', 3) : 'bjDvmb4bfuf' }, timelyDays: 15, openFuturePeriods: 0,
    dataSetElements: elements.filter((one) => one.set === set).map((one) => ({ dataElement: { id: one.id }, dataSet: { id: uid('dset', set) } })), organisationUnits: facilities.map(({ id }) => ({ id })),
  }));
  const sets = setNames.map((name, s) => ({ id: uid('gset', s), name, compulsory: false, includeSubhierarchyInAnalytics: name === 'Area', organisationUnitGroups: groupNames[name].map((_, g) => ({ id: uid('ougr', s * 10 + g) })) }));
  const groups = setNames.flatMap((name, s) => groupNames[name].map((group, g) => ({
    id: uid('ougr', s * 10 + g), name: group,
    organisationUnits: (name === 'Area' ? units.filter((unit) => unit.level === 2) : facilities).filter((unit, i) => { const n = groupNames[name].length; return (name === 'Area' ? i % n : Math.floor(chance(i * 31 + s)() * (n + (name === 'Location' ? 0 : 1)))) === g && unit !== undefined; }).map(({ id }) => ({ id })),
  })));
  return {
    units, rows: makeRows(size, facilities, elements, categories.categoryOptionCombos),
    metadata: {
      ...categories, dataElements: elements.map((one) => ({
        id: one.id, name: `Element ${one.id}`, shortName: one.id, code: `C_${one.id}`, domainType: 'AGGREGATE', aggregationType: one.aggregationType, valueType: one.valueType, zeroIsSignificant: false,
        categoryCombo: { id: one.combo === 0 ? 'bjDvmb4bfuf' : uid('comb', one.combo) },
      })), dataSets, organisationUnitGroupSets: sets, organisationUnitGroups: groups, indicatorTypes: [{ id: uid('ityp', 0), name: 'Percent', factor: 100 }, { id: uid('ityp', 1), name: 'Number', factor: 1, number: true }],
      indicators: [
        { id: uid('indi', 0), name: 'Share', indicatorType: { id: uid('ityp', 0) }, numerator: `#{${elements[8]?.id ?? ''}}`, denominator: `#{${elements[8]?.id ?? ''}.${defaultCombo}} + #{${elements[9]?.id ?? ''}}`, annualized: false },
        { id: uid('indi', 1), name: 'Of nothing', indicatorType: { id: uid('ityp', 1) }, numerator: '#{doesNotExst}', denominator: '1' },
      ],
      validationRules: [{
        id: uid('rule', 0), name: 'Ninth at least tenth', periodType: 'Monthly', operator: 'greater_than_or_equal_to', importance: 'MEDIUM',
        leftSide: { expression: `#{${elements[8]?.id ?? ''}}`, missingValueStrategy: 'SKIP_IF_ANY_VALUE_MISSING' }, rightSide: { expression: `#{${elements[9]?.id ?? ''}} - 500`, missingValueStrategy: 'SKIP_IF_ANY_VALUE_MISSING' },
      }],
      organisationUnitLevels: ['Nation', 'District', 'Chiefdom', 'Facility'].map((name, i) => ({ id: uid('leve', i), name, level: i + 1 })),
      dashboards: [{ id: uid('dash', 0), name: 'Ignored' }], users: [{ id: uid('user', 0), username: 'ignored' }],
    },
  };
}

type Coc = { readonly id: string; readonly categoryCombo: { readonly id: string } };
function makeRows({ seed, months, firstMonth, filled }: Size, facilities: readonly MadeUnit[], elements: readonly Made[], cocs: readonly Coc[]): MadeRow[] {
  const random = chance(seed + 1);
  const rows: MadeRow[] = [];
  const cellsOf = new Map(elements.map((one) => [one.id, one.combo === 0 ? [defaultCombo] : cocs.filter((coc) => coc.categoryCombo.id === uid('comb', one.combo)).map((coc) => coc.id)]));
  const attributes = cocs.filter((coc) => coc.categoryCombo.id === uid('comb', 3)).map((coc) => coc.id);
  for (let m = 0; m < months; m += 1) {
    const month = Number(firstMonth.slice(5)) - 1 + m;
    const period = `${Number(firstMonth.slice(0, 4)) + Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, '0')}`;
    for (const unit of facilities) {
      if (random() < 0.12) continue; // no report at all that month
      for (const element of elements) for (const cell of cellsOf.get(element.id) ?? []) {
        if (random() * 100 >= filled * (element.combo === 2 ? 0.35 : 1)) continue;
        const whole = Math.floor(random() * random() * 900);
        const value = element.valueType === 'PERCENTAGE' ? String(Math.floor(random() * 1000) / 10) : element.valueType === 'NUMBER' && random() < 0.1 ? `${whole}.${Math.floor(random() * 10)}` : String(whole);
        rows.push({ dataElement: element.id, period, orgUnit: unit.id, categoryOptionCombo: cell, attributeOptionCombo: element.set === 2 ? attributes[Math.floor(random() * attributes.length)] ?? defaultCombo : defaultCombo, value });
      }
    }
  }
  return rows;
}

export const csvOf = (rows: readonly MadeRow[]): string => `dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,lastupdated,comment,followup,deleted\n${rows.map((row) =>
  `${row.dataElement},${row.period},${row.orgUnit},${row.categoryOptionCombo},${row.attributeOptionCombo},${row.value},someone,2024-12-01T00:00:00.000+0000,,false,false`).join('\n')}\n`;
export const jsonOf = (rows: readonly MadeRow[]): string => `{"dataValues":[${rows.map((row) => JSON.stringify({ ...row, storedBy: 'someone', created: '2024-12-01T00:00:00.000+0000', lastUpdated: '2024-12-01T00:00:00.000+0000', followup: false })).join(',\n')}]}`;
