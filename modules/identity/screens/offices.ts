import { useEffect, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { getUnitTree, listOffices, searchUnits, unitKinds, unitName, type Office } from '#modules/org-units/schema.ts';
import { call } from '#web/api.ts';
import { language, named } from '#web/i18n/words.ts';
import type { Option } from '#web/kit/combobox.tsx';

export type Seat = { readonly level: 'nation' | 'province' | 'commune'; readonly province: string; readonly commune: string | null; readonly unit: string };

/** Where an office stands, from its id: 'VPCP' the nation, 'UBND:01' a province, 'UBND:01:00004' a commune. */
export function seatOf(office: string): Seat {
  const [, province, commune] = office.split(':');
  if (province === undefined) return { level: 'nation', province: '00', commune: null, unit: '00' };
  if (commune === undefined) return { level: 'province', province, commune: null, unit: province };
  return { level: 'commune', province, commune, unit: commune };
}

const asked = new Map<string, Promise<readonly Office[]>>();

/** Offices of one unit with their posts; asked once. */
export function officesOf(unit: string): Promise<readonly Office[]> {
  const known = asked.get(unit);
  if (known) return known;
  const answer = call(listOffices, { query: { unit } }).then((found) => {
    if (!found.ok) asked.delete(unit);
    return found.ok ? found.value.offices : [];
  });
  asked.set(unit, answer);
  return answer;
}

let tree: Promise<ReplyOf<typeof getUnitTree> | undefined> | undefined;
const unitTree = () => (tree ??= call(getUnitTree, { query: {} }).then((found) => {
  if (!found.ok) tree = undefined;
  return found.ok ? found.value : undefined;
}));

async function nameOffice(id: string): Promise<string> {
  const seat = seatOf(id);
  if (seat.level === 'nation') {
    const office = (await officesOf('00')).find((one) => one.id === id);
    return office ? named(office) : id;
  }
  const province = (await unitTree())?.provinces.find((one) => one.code === seat.province);
  if (!province) return id;
  const row = province.communes.find(([code]) => code === seat.commune);
  const kind = row === undefined ? province.kind : unitKinds[row[2]];
  const place = unitName({ nameVi: row?.[1] ?? province.nameVi, kind: kind ?? province.kind }, language());
  return `${id.split(':')[0] ?? id} ${place}${row === undefined ? '' : `, ${unitName(province, language())}`}`;
}

/** Names of offices as a list shows them; the id until the name is here. */
export function useOfficeNames(ids: readonly string[]): (id: string) => string {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = [...new Set(ids)].sort().join(' ');
  useEffect(() => {
    let gone = false;
    const missing = wanted.split(' ').filter((id) => id !== '' && !names.has(id));
    if (missing.length === 0) return undefined;
    void Promise.all(missing.map(async (id) => [id, await nameOffice(id)] as const)).then((found) => { if (!gone) setNames((before) => new Map([...before, ...found])); });
    return () => { gone = true; };
  }, [wanted]);
  return (id) => names.get(id) ?? id;
}

/** Offices by name for a combobox; the value is the office's id. */
export async function findOffices(typed: string, signal: AbortSignal): Promise<readonly Option[]> {
  if (typed.trim() === '') return (await officesOf('00')).slice(0, 30).map((office) => ({ value: office.id, label: named(office) }));
  const answer = await call(searchUnits, { query: { q: typed, limit: 40, former: 'no' } }, { signal });
  if (!answer.ok) return [];
  const hits = answer.value.hits;
  const direct = hits.filter((hit) => hit.kind === 'office').map((hit): Option => ({ value: hit.code, label: named(hit), hint: hit.placeVi }));
  if (direct.length > 0) return direct;
  const units = hits.filter((hit) => hit.kind === 'unit').slice(0, 3);
  const offices = await Promise.all(units.map((unit) => officesOf(unit.code)));
  return offices.flat().map((office) => ({ value: office.id, label: named(office) }));
}
