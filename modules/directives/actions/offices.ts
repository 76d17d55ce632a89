/** The register of org-units in the words of directives: who a line addresses, what an office is called. */
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { findOffices, getTree, officesOfClass } from '#modules/org-units/index.ts';
import { unitKinds, type Office } from '#modules/org-units/schema.ts';
import type { Recipient, RecipientsOf } from '../rules/cascade.ts';
import type { OfficeClass, SixClears } from '../schema.ts';

type Found = { readonly id: string; readonly province: string; readonly commune: string | null; readonly headPost: string | null };

const classKey = (one: OfficeClass): string => JSON.stringify([one.officeClass, one.kinds ?? null, one.communes ?? null, one.provinces ?? null]);

async function kindsOfCommunes(tx: Tx, day: PlainDate): Promise<ReadonlyMap<string, string>> {
  const tree = await getTree(tx, day);
  const kind = (at: number): string => unitKinds[at] ?? '';
  return new Map(tree.provinces.flatMap((province) => [[province.code, province.kind] as const, ...province.communes.map(([code, , at]) => [code, kind(at)] as const)]));
}

async function membersOf(tx: Tx, one: OfficeClass, day: PlainDate, provinces: readonly string[] | undefined): Promise<Found[]> {
  const wanted = one.provinces === undefined ? provinces : provinces === undefined ? one.provinces : one.provinces.filter((code) => provinces.includes(code));
  const offices = await officesOfClass(tx, one.officeClass, {
    asOf: day, ...(wanted === undefined ? {} : { provinces: wanted }), ...(one.communes === undefined ? {} : { communes: one.communes }),
  });
  const kinds = one.kinds === undefined ? undefined : await kindsOfCommunes(tx, day);
  const fits = (code: string): boolean => one.kinds === undefined || one.kinds.some((kind) => kind === kinds?.get(code));
  return offices.filter((office) => fits(office.commune ?? office.province))
    .map((office) => ({ id: office.id, province: office.province, commune: office.commune, headPost: office.posts[0] ?? null }));
}

/**
 * Who the lines address, by province ('00' the agencies), on a day: one look at the register for all lines.
 *
 * @param provinces left out: the whole nation
 */
export async function recipientsBy(tx: Tx, lines: readonly SixClears[], day: PlainDate, provinces?: readonly string[]): Promise<(province: string) => RecipientsOf> {
  const classes = new Map(lines.flatMap((line) => line.person.classes.map((one) => [classKey(one), one] as const)));
  const members = new Map<string, Map<string, Recipient[]>>();
  for (const [key, one] of classes) members.set(key, byProvince(await membersOf(tx, one, day, provinces)));
  const ids = lines.flatMap((line) => line.person.offices);
  const named = ids.length === 0 ? new Map<string, Office>() : await findOffices(tx, ids, day);
  return (province) => (clears) => [
    ...clears.person.offices.flatMap((id) => { const office = named.get(id); return office !== undefined && office.province === province ? [recipientOf(office)] : []; }),
    ...clears.person.classes.flatMap((one) => members.get(classKey(one))?.get(province) ?? []),
  ];
}

const recipientOf = (office: Office): Recipient => ({ id: office.id, province: office.province, commune: office.commune, headPost: office.posts.find((post) => post.head)?.id ?? null });

const byProvince = (found: readonly Found[]): Map<string, Recipient[]> => Map.groupBy(found, (one) => one.province);

/** Provinces that the lines reach at all. */
export async function targetsOf(tx: Tx, lines: readonly SixClears[], day: PlainDate, all: readonly string[]): Promise<{ readonly targets: string[]; readonly recipientsOf: (province: string) => RecipientsOf }> {
  const recipientsOf = await recipientsBy(tx, lines, day);
  return { targets: all.filter((province) => lines.some((line) => recipientsOf(province)(line).length > 0)), recipientsOf };
}

/** Names of offices and posts in the reader's language; an office that is gone keeps its id. */
export type Names = { readonly office: (id: string) => string; readonly post: (office: string, post: string | null) => string | null };
export async function namesOf(tx: Tx, ids: readonly string[], day: PlainDate, language: 'vi' | 'en'): Promise<Names> {
  const offices = await findOffices(tx, ids, day);
  const named = (one: { nameVi: string; nameEn: string } | undefined): string | undefined => (language === 'vi' ? one?.nameVi : one?.nameEn);
  return {
    office: (id) => named(offices.get(id)) ?? id,
    post: (office, post) => (post === null ? null : (named(offices.get(office)?.posts.find((one) => one.id === post)) ?? post)),
  };
}

/** Which ids are offices and which are classes of offices, on a day; an id that is neither is in none. */
export async function classifyActors(tx: Tx, ids: readonly string[], day: PlainDate): Promise<{ readonly offices: ReadonlySet<string>; readonly classes: ReadonlySet<string> }> {
  const offices = await findOffices(tx, ids, day);
  const classes = new Set<string>();
  for (const id of new Set(ids)) if (!offices.has(id) && (await officesOfClass(tx, id, { asOf: day })).length > 0) classes.add(id);
  return { offices: new Set(offices.keys()), classes };
}
