import { useMemo } from 'react';
import { getUnitTree } from '#modules/org-units/schema.ts';
import { named, sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';

export type Names = { readonly log: (code: string) => string; readonly unit: (code: string | null) => string; readonly logs: readonly string[] };

/** Names of logs and units; the codes themselves until the tree is here, or when it does not know one. */
export function useNames(): Names {
  const tree = useQuery(getUnitTree, { query: {} }).value;
  return useMemo(() => {
    const names = new Map<string, string>([['00', t('audit.nation')]]);
    for (const province of tree?.provinces ?? []) {
      names.set(province.code, named(province));
      for (const [code, name] of province.communes) names.set(code, name);
    }
    return {
      log: (code) => names.get(code) ?? code,
      unit: (code) => (code === null ? '' : (names.get(code) ?? code)),
      logs: ['00', ...(tree?.provinces ?? []).map((province) => province.code)],
    };
  }, [tree]);
}

export const sayRole = (role: string | null): string => (role === null ? '' : sayKey(`identity.role.${role}`, {}, role));
/** What was acted on, in words (`audit.target.<type>`), or its code. */
export const sayTarget = (type: string): string => sayKey(`audit.target.${type}`, {}, type);
/** An action in the words of its module (`audit.action.<action>`), or its code. */
export const sayAction = (action: string): string => sayKey(`audit.action.${action}`, {}, action);
