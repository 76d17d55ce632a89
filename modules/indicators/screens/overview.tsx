import { Suspense, lazy } from 'react';
import { day, moment, number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { download } from '#web/api.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { EmptyState, Notice, RemoteView, sayProblem, Skeleton } from '#web/kit/notice.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { toast } from '#web/kit/toast.tsx';
import { getBrief, getOverview, type Overview } from '../schema.ts';
import { recentMonths } from './months.ts';
import { sayPeriod, sayUnit } from './figure.tsx';
import { useLive } from './live.ts';
import { Bullets } from './overview-bullets.tsx';
import { Things } from './overview-things.tsx';
import { Companions } from './overview-companions.tsx';
import { Calendar, Cascade } from './overview-charts.tsx';
import { First } from './overview-first.tsx';

const Tiles = lazy(() => import('./overview-tiles.tsx'));

/** One request: what to know today, the main indicators against their targets, where to look first, who has sent. */
export default function OverviewScreen() {
  const { province, commune } = useScope();
  const [query, setQuery] = useQueryState();
  const unit = commune ?? province;
  const standing = query.get('muc') === 'da-duyet' ? 'approved' : 'reported';
  const period = query.get('ky') ?? undefined;
  const tile = query.get('o') ?? undefined;
  const overview = useQuery(getOverview, { query: { standing, ...(unit === undefined ? {} : { unit }), ...(period === undefined ? {} : { period }), ...(tile === undefined ? {} : { tile }) } });
  const shown = overview.value;
  const changedAt = useLive(shown === undefined ? [] : shown.calendar.months, overview.reload);
  return (
    <>
      <PageHead
        title={shown === undefined ? t('indicators.overview') : shown.unit.code === '00' ? t('indicators.overview-nation') : t('indicators.overview-of', { unit: sayUnit(shown.unit) })}
        say={shown === undefined ? undefined : <SourceLine overview={shown} changedAt={changedAt} />}
        tools={shown === undefined ? undefined : (
          <>
            <Select label={t('indicators.period')} hideLabel value={shown.period.id} onChoose={(next) => setQuery({ ky: next })} choices={recentMonths(shown.calendar.months, shown.period.id).map((one) => ({ value: one, label: sayPeriod(one) }))} />
            <CopyLink />
            <LinkButton to="/phan-tich" icon="chart">{t('indicators.to-analysis')}</LinkButton>
            <Button look="primary" icon="print" onClick={() => void printBrief(shown)}>{t('indicators.brief')}</Button>
          </>
        )}
      />
      <div className="filters noprint">
        <Segmented label={t('indicators.standing')} value={standing} onChoose={(next) => setQuery({ muc: next === 'approved' ? 'da-duyet' : undefined })}
          choices={[{ value: 'reported', label: t('indicators.reported') }, { value: 'approved', label: t('indicators.approved') }]} />
      </div>
      <RemoteView of={overview} lines={12}>{(value) => <Parts overview={value} onTile={(next) => setQuery({ o: next })} />}</RemoteView>
    </>
  );
}

async function printBrief({ unit, period }: Overview): Promise<void> {
  const answer = await download(getBrief, { query: { unit: unit.code, period: period.id, language: language() } });
  if (!answer.ok && answer.problem.code !== 'stopped') toast(sayProblem(answer.problem));
}

/** Period, days, freshness, how much of the nation is in the figures: always said, never blank. */
function SourceLine({ overview, changedAt }: { readonly overview: Overview; readonly changedAt: string | undefined }) {
  const { period, source, label, asOf } = overview;
  return (
    <>
      {t('indicators.source-line', { period: sayPeriod(period.id), first: day(period.first), last: day(period.last), received: number(source.received), expected: number(source.expected), approved: number(source.approved) })}{' '}
      <b>{t(label === 'approved' ? 'indicators.label-approved' : 'indicators.label-provisional')}</b>{' '}
      <span role="status">{t('indicators.as-of', { at: moment(changedAt ?? asOf) })}</span>
    </>
  );
}

function Parts({ overview, onTile }: { readonly overview: Overview; readonly onTile: (indicator: string) => void }) {
  if (overview.source.expected === 0 && overview.bullets.length === 0) return <EmptyState icon="list" title={t('indicators.nothing-yet')}>{t('indicators.nothing-yet-why')}</EmptyState>;
  return (
    <div className="stack">
      {overview.incidents > 0 && <Notice tone="bad"><p>{t('indicators.incidents', { count: overview.incidents })}</p></Notice>}
      <Things things={overview.things} indicators={overview.bullets.map(({ indicator }) => indicator)} />
      <Bullets bullets={overview.bullets} overview={overview} />
      {overview.companions !== null && <Companions companions={overview.companions} unit={overview.unit.code} period={overview.period.id} />}
      <div className={overview.children.length === 0 ? 'stack' : 'overview-two'}>
        {overview.children.length === 0 ? null : <Suspense fallback={<Card><Skeleton lines={10} /></Card>}><Tiles overview={overview} onTile={onTile} /></Suspense>}
        <div className="stack">
          {overview.first !== null && <First first={overview.first} overview={overview} />}
          {overview.cascade !== null && <Cascade cascade={overview.cascade} unit={overview.unit.code} />}
        </div>
      </div>
      <Calendar calendar={overview.calendar} />
    </div>
  );
}
