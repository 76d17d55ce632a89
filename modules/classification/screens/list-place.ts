import { useScope } from '#web/place.ts';
import { homeReach, useSession } from '#web/session.tsx';

/** What is worth a look in a list of verdicts; words by key `classification.only.<kind>`. */
export const onlyKinds = ['readings-differ', 'points-differ', 'turned', 'evidence-missing'] as const;

/** The unit a list is about: the scope in force, else the reader's own province, else the nation. */
export function useListUnit(): string {
  const scope = useScope();
  const reach = homeReach(useSession());
  return scope.province ?? ('province' in reach && reach.province !== undefined ? reach.province : '00');
}
