import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Card, Pairs } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { listFacilities } from '../schema.ts';
import { occupancyKind, sayOccupancy } from './words.ts';

/** On the page of a province: its facilities together, and whether they are over full. Communes run none. */
export default function UnitPanel({ level, province }: { readonly code: string; readonly level: string; readonly province: string }) {
  const found = useQuery(listFacilities, level === 'province' ? { query: { province } } : undefined);
  const totals = found.value?.totals;
  if (totals === undefined || totals.facilities === 0) return null;
  const ratio = totals.places > 0 ? totals.there / totals.places : null;
  return (
    <Card title={t('facilities.title')} footer={<A to={withQuery('/co-so', { 'pham-vi': province })}>{t('facilities.to-list')}</A>}>
      <Pairs pairs={[
        [t('facilities.facilities'), `${number(totals.facilities)} (${t('facilities.of-them-public', { count: totals.publicOnes })})`], [t('facilities.there'), number(totals.there)], [t('facilities.places'), number(totals.places)],
        [t('facilities.occupancy'), <StatusBadge key="occupancy" kind={occupancyKind(ratio)} bare>{sayOccupancy(ratio)}</StatusBadge>], [t('facilities.over-full'), number(totals.overFull)], [t('facilities.overdue'), number(totals.overdueMatters)],
      ]} />
    </Card>
  );
}
