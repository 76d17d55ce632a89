import { useParams } from 'wouter';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { type FacilityView, getFacility } from '../schema.ts';
import './facilities.css';
import { InspectionsTab } from './inspections-tab.tsx';
import { LifeTab } from './life-tab.tsx';
import { MattersTab } from './matters-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { facilityName, facilityPath, keyOf } from './words.ts';

const tabs = ['tong-quan', 'doi-song', 'kiem-tra', 'su-co'] as const;

/** One facility: how full it is, how people live there, what inspections and complaints say. Counts, never a person. */
export default function FacilityScreen() {
  const { province = '', facility = '' } = useParams<{ province: string; facility: string }>();
  const found = useQuery(getFacility, { params: { province, facility } });
  if (found.value === undefined) return <><PageHead title={t('facilities.facility')} crumbs={[{ label: t('facilities.title'), to: '/co-so' }]} /><RemoteView of={found}>{() => null}</RemoteView></>;
  return <Page view={found.value} reload={found.reload} />;
}

function Page({ view, reload }: { readonly view: FacilityView; readonly reload: () => void }) {
  const [query, setQuery] = useQueryState();
  const { facility, may } = view;
  const key = keyOf(facility);
  const open = may.readBook ? tabs : tabs.slice(0, 1);
  const tab = open.find((one) => one === query.get('xem')) ?? 'tong-quan';
  return (
    <>
      <PageHead title={facilityName(facility)} crumbs={[{ label: t('facilities.title'), to: '/co-so' }, { label: facility.code }]}
        say={[t(`facilities.${facility.ownership}`), t('facilities.opened', { day: day(facility.openedOn) }), t('facilities.run-by', { office: facility.managerOffice })].join(' · ')}
        tools={<><CopyLink />{may.readBook && <LinkButton to={facilityPath(key, '/so')} icon="calendar" {...(may.record ? { look: 'primary' as const } : {})}>{t(may.record ? 'facilities.write-book' : 'facilities.open-book')}</LinkButton>}{may.inspect && <LinkButton to={facilityPath(key, '/kiem-tra')} icon="shield">{t('facilities.inspect')}</LinkButton>}</>} />
      <div className="stack">
        {facility.closedOn !== null && <Notice><p>{t('facilities.closed-on', { day: day(facility.closedOn) })}</p></Notice>}
        {facility.daysMissing > 0 && <Notice tone="warn"><p>{t('facilities.book-behind', { count: facility.daysMissing })}</p></Notice>}
        <Tabs label={t('facilities.parts')} value={tab} onChoose={(next) => setQuery({ xem: next === 'tong-quan' ? undefined : next })} tabs={open.map((one) => ({ value: one, label: t(`facilities.tab-${one}`) }))}>
          {tab === 'tong-quan' && <OverviewTab view={view} reload={reload} />}
          {tab === 'doi-song' && <LifeTab facility={facility} mayRecord={may.record} />}
          {tab === 'kiem-tra' && <InspectionsTab view={view} />}
          {tab === 'su-co' && <MattersTab view={view} />}
        </Tabs>
      </div>
    </>
  );
}
