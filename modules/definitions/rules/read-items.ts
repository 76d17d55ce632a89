/** From plain data to items whose shape is proven; every item that is not what its kind asks for gets a verdict that says where. */
import { Compile } from 'typebox/compile';
import type { PlainDate } from '#kernel/day.ts';
import type { Static, TSchema } from '#kernel/shape.ts';
import type { ProgrammeFiles, Verdict } from '../schema/files.ts';
import { ProgrammeHead, type ItemKind } from '../schema/programme.ts';
import { itemShapes } from '../schema/published.ts';
import { isRecord } from './text.ts';

/** Figures published elsewhere have no validity of ours; they stand from the beginning. */
export const always: PlainDate = '1900-01-01';

export const shapes = itemShapes;
/** What one item of a kind is, with its validity. */
export type ItemOf<K extends ItemKind> = Static<(typeof shapes)[K]>;

type Checker = { Check(value: unknown): boolean; Errors(value: unknown): Iterable<{ instancePath: string; keyword: string; params: unknown }> };
const compiled = new Map<TSchema, Checker>();
export function checkerOf(schema: TSchema): Checker {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made: Checker = Compile(schema);
  compiled.set(schema, made);
  return made;
}

/** One version of one item: `item` has the shape of its kind; `body` is the same without the two days. */
export type Version<K extends ItemKind = ItemKind> = {
  readonly kind: K; readonly id: string; readonly validFrom: PlainDate; readonly validTo: PlainDate | null; readonly body: Readonly<Record<string, unknown>>; readonly file: string;
};
export type ReadItems = { readonly head: ProgrammeHead | undefined; readonly versions: readonly Version[]; readonly verdicts: readonly Verdict[] };

type Facts = Verdict['facts'];
export const error = (at: Pick<Verdict, 'file' | 'kind' | 'item'>, code: string, field = '', facts: Facts = {}): Verdict => ({ severity: 'error', code, field, facts, ...at });
export const warning = (at: Pick<Verdict, 'file' | 'kind' | 'item'>, code: string, field = '', facts: Facts = {}): Verdict => ({ severity: 'warning', code, field, facts, ...at });

/** The version as its kind's own type. The shape was checked when it was read, here or before it was stored. */
export function itemOf<K extends ItemKind>(version: Pick<Version<K>, 'kind' | 'validFrom' | 'validTo' | 'body'>): ItemOf<K> {
  const days = version.kind === 'published-figure' ? {} : { validFrom: version.validFrom, validTo: version.validTo };
  return { ...version.body, ...days } as unknown as ItemOf<K>; // proven by checkerOf before it became a version
}

export const isOf = <K extends ItemKind>(version: Version, kind: K): version is Version<K> => version.kind === kind;

export function readItems(files: ProgrammeFiles): ReadItems {
  const verdicts: Verdict[] = [];
  const versions: Version[] = [];
  const heads: ProgrammeHead[] = [];
  for (const { file, kind, items } of files.files) {
    items.forEach((item, index) => {
      if (kind === 'programme') {
        if (checkerOf(ProgrammeHead).Check(item)) heads.push(item as ProgrammeHead); // checked on this line
        else verdicts.push(...shapeVerdicts(ProgrammeHead, item, { file, kind, item: nameOf(item, index) }));
        return;
      }
      const at = { file, kind, item: nameOf(item, index) };
      const schema = shapes[kind];
      if (!isRecord(item) || !checkerOf(schema).Check(item)) { verdicts.push(...shapeVerdicts(schema, item, at)); return; }
      versions.push(versionOf(kind, item, file));
    });
  }
  if (heads.length > 1) verdicts.push(error({ file: files.files.findLast((one) => one.kind === 'programme')?.file ?? '', kind: 'programme', item: heads[1]?.id ?? '' }, 'several-heads'));
  return { head: heads[0], versions, verdicts };
}

function versionOf(kind: ItemKind, item: Readonly<Record<string, unknown>>, file: string): Version {
  const { validFrom, validTo, ...body } = item;
  return { kind, id: String(item['id']), validFrom: typeof validFrom === 'string' ? validFrom : always, validTo: typeof validTo === 'string' ? validTo : null, body, file };
}

const nameOf = (item: unknown, index: number): string => (isRecord(item) && typeof item['id'] === 'string' ? item['id'].slice(0, 80) : `#${index + 1}`);

/** At most five places of one item: the first ones say enough to mend it. */
function shapeVerdicts(schema: TSchema, item: unknown, at: Pick<Verdict, 'file' | 'kind' | 'item'>): Verdict[] {
  // An unknown field is told once, by the object that does not know it.
  const found = [...checkerOf(schema).Errors(item)].filter((fault) => fault.keyword !== 'boolean').map((fault) => ({ field: fault.instancePath.replace(/^\//u, '').replaceAll('/', '.').slice(0, 120), keyword: fault.keyword, params: fault.params }));
  const places = found.filter((one, index) => found.findIndex((other) => other.field === one.field) === index).slice(0, 5);
  return places.length === 0 ? [error(at, 'not-an-item')] : places.map(({ field, keyword, params }) => {
    const names = isRecord(params) ? (params['requiredProperties'] ?? params['additionalProperties']) : undefined;
    return error(at, 'wrong-shape', field, { keyword, names: Array.isArray(names) ? names.join(', ').slice(0, 200) : '' });
  });
}
