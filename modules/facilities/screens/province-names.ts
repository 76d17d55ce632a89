import { useMemo } from 'react';
import { getUnitTree } from '#modules/org-units/schema.ts';
import { named } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';

/** Names of provinces by code; the codes stand in until they are here. */
export function useProvinceNames(): ReadonlyMap<string, string> {
  const tree = useQuery(getUnitTree, { query: {} }).value;
  return useMemo(() => new Map((tree?.provinces ?? []).map((one) => [one.code, named(one)])), [tree]);
}
