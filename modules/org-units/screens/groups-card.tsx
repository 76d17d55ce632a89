import { language, t } from '#web/i18n/words.ts';
import { Card, Pairs } from '#web/kit/card.tsx';
import type { UnitPage } from '../schema.ts';

/** The groups a unit counts in, one line a set; nothing when it counts in none. */
export function GroupsCard({ page }: { readonly page: UnitPage }) {
  if (page.groups.length === 0) return null;
  const of = language();
  return <Card title={t('org-units.groups')} say={t('org-units.groups-say')}><Pairs pairs={page.groups.map((one) => [one.setName[of], one.groupName[of]] as const)} /></Card>;
}
