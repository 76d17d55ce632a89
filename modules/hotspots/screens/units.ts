/** Names of units by their codes: one tree of today's units a page, from the service worker's copy when there is no line. */
import { useEffect, useMemo, useState } from 'react';
import { getUnitTree, unitKinds, unitName, type UnitTree } from '#modules/org-units/schema.ts';
import { call } from '#web/api.ts';
import { language } from '#web/i18n/words.ts';
import { useScope } from '#web/place.ts';
import { homeReach, useSession } from '#web/session.tsx';

export type Units = { readonly tree: UnitTree; readonly nameOf: (code: string) => string };
let asked: Promise<Units | undefined> | undefined;

function unitsOf(tree: UnitTree): Units {
  const names = new Map<string, string>();
  for (const province of tree.provinces) {
    names.set(province.code, unitName(province, language()));
    for (const [code, nameVi, kind] of province.communes) names.set(code, unitName({ nameVi, kind: unitKinds[kind] ?? 'commune' }, language()));
  }
  return { tree, nameOf: (code) => names.get(code) ?? code };
}

/** undefined while the names are fetched; without them codes are shown, never nothing. */
export function useUnits(): Units | undefined {
  const [units, setUnits] = useState<Units>();
  useEffect(() => {
    let gone = false;
    asked ??= call(getUnitTree, { query: {} }).then((answer) => (answer.ok ? unitsOf(answer.value) : undefined));
    void asked.then((found) => {
      if (found === undefined) asked = undefined;
      else if (!gone) setUnits(found);
    });
    return () => { gone = true; };
  }, []);
  return units;
}

export type Where = { readonly province?: string; readonly commune?: string };
/** The area in view: the scope chosen, else where the person works. */
export function useWhere(): Where {
  const scope = useScope();
  const session = useSession();
  return useMemo((): Where => {
    if (scope.province !== undefined) return scope.commune === undefined ? { province: scope.province } : { province: scope.province, commune: scope.commune };
    const home = homeReach(session);
    if (home.level === 'nation' || home.province === undefined) return {};
    return home.level === 'commune' && home.commune !== undefined ? { province: home.province, commune: home.commune } : { province: home.province };
  }, [scope.province, scope.commune, session]);
}
