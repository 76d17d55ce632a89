import { useEffect, useState } from 'react';
import { call } from '#web/api.ts';
import { getUnitTree } from '#modules/org-units/schema.ts';

let names: ReadonlyMap<string, string> | undefined;
let asking: Promise<ReadonlyMap<string, string>> | undefined;

async function ask(): Promise<ReadonlyMap<string, string>> {
  const tree = await call(getUnitTree, { query: {} });
  if (!tree.ok) {
    asking = undefined;
    return new Map();
  }
  names = new Map(tree.value.provinces.flatMap((province) => [[province.code, province.nameVi] as const, ...province.communes.map(([code, name]) => [code, name] as const)]));
  return names;
}

/** Names of provinces and communes by code; fetched once for all screens. Codes stand in until then. */
export function useUnitNames(): (code: string) => string {
  const [known, setKnown] = useState(names);
  useEffect(() => {
    if (known !== undefined) return;
    asking ??= ask();
    void asking.then(setKnown);
  }, [known]);
  return (code) => known?.get(code) ?? code;
}
