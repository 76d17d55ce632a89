/** The programme of a bundle, loaded as far as the check of definitions lets it: an item it refuses is left out with what names it, and told; the rest is loaded. */
import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import { loadProgramme, sayDefinition } from '#modules/definitions/index.ts';
import type { EditionDiff, Programme, ProgrammeFiles, Verdict } from '#modules/definitions/schema.ts';
import type { ObjectReport } from '../exchange/report.ts';

const mostTries = 8;
const kindNames: Readonly<Record<string, string>> = { 'data-element': 'dataElements', disaggregation: 'categoryCombos', 'data-set': 'dataSets', rule: 'validationRules', indicator: 'indicators', constant: 'constants' };
/** What others are made of is left out first: a form that names a refused element is sound without it. */
const order: readonly (readonly string[])[] = [['disaggregation', 'constant'], ['data-element'], ['data-set'], ['rule', 'indicator']];

type Loading = { readonly dryRun: boolean; readonly held: Programme | undefined; readonly objects: ObjectReport };

export async function loadDefinitions(db: Database, files: ProgrammeFiles, { dryRun, held, objects }: Loading): Promise<Result<EditionDiff, Refusal>> {
  // An import brings what it brings: what earlier ones brought stays. Another programme without returns gives way whole, as if it had never been.
  const ours = held?.head.id === 'dhis2';
  const how = { note: 'DHIS2', by: 'import', dryRun, ...(ours ? { partial: true } : {}), ...(held !== undefined && !ours ? { on: '1900-01-01' } : {}) };
  let left = files;
  for (let tries = 1; ; tries += 1) {
    const loaded = await loadProgramme(db, left, how);
    if (loaded.ok) return loaded;
    const wrong = loaded.problem.verdicts.filter((one) => one.severity === 'error');
    const first = order.map((kinds) => wrong.filter((one) => kinds.includes(one.kind) && one.item !== '')).find((list) => list.length > 0);
    if (first === undefined || tries === mostTries) return refuse({ code: 'programme-has-errors', errors: loaded.problem.errors, first: wrong.slice(0, 3).map(inBoth).join('; ') });
    const out = new Map(first.map((one) => [`${one.kind} ${one.item}`, one]));
    for (const one of out.values()) objects.dropped(kindNames[one.kind] ?? one.kind, one.item, nameIn(left, one), ['definition-refused', { 'says-vi': sayVerdict(one, 'vi'), 'says-en': sayVerdict(one, 'en') }]);
    left = without(left, new Set(out.keys()), (id, name) => { objects.dropped('dataSets', id, name, ['data-set-empty', {}]); });
  }
}

const sayVerdict = ({ code, item, field, facts }: Verdict, language: 'vi' | 'en'): string => sayDefinition(`definitions.verdict.${code}`, { item, field, ...facts }, language);
const inBoth = (one: Verdict): string => `${one.item}: ${sayVerdict(one, 'vi')} / ${sayVerdict(one, 'en')}`;

type Item = Readonly<Record<string, unknown>>;
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (item: unknown): string => (isItem(item) ? String(item['id']) : '');
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

function nameOf(item: unknown): string {
  const name = isItem(item) ? item['name'] : undefined;
  return isItem(name) && typeof name['en'] === 'string' ? name['en'] : '';
}
const nameIn = ({ files }: ProgrammeFiles, { kind, item }: Verdict): string => nameOf(files.find((file) => file.kind === kind)?.items.find((one) => idOf(one) === item));

/** The files without these items, and forms without the elements among them; an element whose breakdown is gone has none. */
function without({ files }: ProgrammeFiles, out: ReadonlySet<string>, emptied: (dataSet: string, name: string) => void): ProgrammeFiles {
  const pruned = (kind: string, item: unknown): unknown[] => {
    if (out.has(`${kind} ${idOf(item)}`)) return [];
    if (!isItem(item)) return [item];
    if (kind === 'data-element' && out.has(`disaggregation ${String(item['disaggregation'])}`)) return [{ ...item, disaggregation: null }];
    if (kind !== 'data-set') return [item];
    const kept = (ids: unknown): string[] => texts(ids).filter((id) => !out.has(`data-element ${id}`));
    const sections = (Array.isArray(item['sections']) ? item['sections'] : []).filter(isItem).map((section) => ({ ...section, elements: kept(section['elements']) })).filter((section) => section.elements.length > 0);
    const attribute = out.has(`disaggregation ${String(item['attribute'])}`) ? null : item['attribute'];
    if (sections.length === 0) emptied(idOf(item), nameOf(item));
    return sections.length === 0 ? [] : [{ ...item, sections, compulsory: kept(item['compulsory']), attribute }];
  };
  return { files: files.map((file) => ({ ...file, items: file.items.flatMap((item) => pruned(file.kind, item)) })) };
}
