import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import { shareReached } from '../rules/review.ts';
import { getUnitCoverage } from '../schema.ts';
import { campaignPath, divisionPath, nameOf, sayReached, sayShare } from './words.ts';

/** On the page of a unit: how far the latest general review has come there. */
export default function UnitPanel({ code, level, province }: { readonly code: string; readonly level: string; readonly province: string }) {
  const shown = useQuery(getUnitCoverage, { params: { shard: province, code: level === 'commune' ? code : province } });
  const latest = shown.value?.latest;
  if (latest === undefined || latest === null) return null;
  const { campaign, totals } = latest;
  const to = level === 'commune' ? divisionPath(campaign, province, code) : campaignPath(campaign);
  return (
    <Card title={t('coverage.title')} say={nameOf(campaign)} footer={<A to={to}>{t('coverage.to-campaign')}</A>}>
      {totals.places === 0 ? <p className="muted">{t('coverage.not-divided')}</p> : (
        <><ProgressBar share={shareReached(totals) ?? 0} label={sayReached(totals)} /><p>{sayReached(totals)} · {sayShare(totals)}{totals.late > 0 && <> · <span className="c-bad">{t('coverage.late-count', { count: number(totals.late) })}</span></>}</p></>
      )}
    </Card>
  );
}
