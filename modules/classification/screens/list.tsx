import { day, moment, number, today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { Segmented, Tabs } from '#web/kit/tabs.tsx';
import type { Standing } from '#modules/indicators/schema.ts';
import { outcomes } from '../schema/criteria.ts';
import { listVerdicts, type VerdictList } from '../schema/verdict.ts';
import { CommunesCard } from './list-communes.tsx';
import { ProvincesCard } from './list-provinces.tsx';
import { onlyKinds, useListUnit } from './list-place.ts';
import { StatusMap } from './list-map.tsx';
import { ShareCard, TallyCard } from './share-card.tsx';
import { periodDays, periodOf } from './words.ts';
import './classification.css';

const standings: readonly Standing[] = ['reported', 'approved'];

/** Every commune and province of the reader's reach: what the evidence proposes, what is decided, and how people are cared for beside it. */
export default function ListScreen() {
  const [query, setQuery] = useQueryState();
  const unit = useListUnit();
  const may = useMay();
  const running = periodOf(today());
  const period = query.get('ky') ?? (today().slice(5) >= '12-15' ? String(Number(running) - 1) : running);
  const standing = standings.find((one) => one === query.get('so')) ?? 'reported';
  const outcome = outcomes.find((one) => one === query.get('kq'));
  const only = onlyKinds.find((one) => one === query.get('loc'));
  const search = query.get('tim') ?? '';
  const page = Math.max(1, Number(query.get('trang') ?? '1') || 1);
  const asked = useQuery(listVerdicts, { query: { unit, period, standing, ...(outcome === undefined ? {} : { outcome }), ...(only === undefined ? {} : { only }), ...(search === '' ? {} : { search }), ...(page === 1 ? {} : { page }) } });
  const years = [...new Set([period, running, String(Number(running) - 1), '2025'])].filter((year) => Number(year) >= 2025).sort().reverse();
  return (
    <>
      <PageHead title={t('classification.title')} say={periodDays(period)} tools={<>
        <Select label={t('classification.period')} hideLabel value={period} onChoose={(ky) => setQuery({ ky, trang: undefined })} choices={years.map((year) => ({ value: year, label: t('classification.period-of', { period: year }) }))} />
        <LinkButton to="/khong-ma-tuy/thu-tuc" query={{ ky: period }} icon="list">{t('classification.procedure')}</LinkButton>
        <LinkButton to="/khong-ma-tuy/lo-trinh" icon="chart">{t('classification.trajectory')}</LinkButton>
        {may('classification.try') && <LinkButton to="/khong-ma-tuy/thu-nguong" icon="split">{t('classification.what-if')}</LinkButton>}
        {may('classification.see-signals') && <LinkButton to="/khong-ma-tuy/dau-hieu" query={{ ky: period }} icon="search">{t('classification.signals')}</LinkButton>}
        <CopyLink />
      </>} />
      <div className="filters"><Segmented<Standing> label={t('classification.evidence')} value={standing} onChoose={(so) => setQuery({ so, trang: undefined })} choices={standings.map((one) => ({ value: one, label: t(`classification.standing-${one}`) }))} /></div>
      <RemoteView of={asked} lines={12}>{(list) => <Whole list={list} />}</RemoteView>
    </>
  );
}

const tabs = ['tinh', 'xa', 'ban-do'] as const;

function Whole({ list }: { readonly list: VerdictList }) {
  const [query, setQuery] = useQueryState();
  const nation = list.provinces.length > 0;
  const shown = tabs.filter((tab) => nation || tab === 'xa');
  const tab = shown.find((one) => one === query.get('the')) ?? shown[0] ?? 'xa';
  return (
    <div className="stack">
      {list.forecast ? <Notice><p><b>{t('classification.forecast')}</b> {t('classification.forecast-say', { last: day(list.period.last), count: list.period.daysLeft })}</p></Notice> : <Notice><p>{t('classification.ended-say')}</p></Notice>}
      <ShareCard share={list.share} besideOf={list.besideOf} communes={list.tally.total} drugFree={list.tally.drugFree} decided={list.decidedTally?.drugFree ?? null} />
      <TallyCard proposed={list.tally} decided={list.decidedTally} say={t('classification.computed-at', { at: moment(list.asOf), decree: list.decree === null ? '' : t('classification.by-decree', { number: list.decree.number }), count: number(list.tally.total) })} />
      <Tabs label={t('classification.title')} value={tab} onChoose={(next) => setQuery({ the: next, trang: undefined })} tabs={shown.map((one) => ({ value: one, label: t(`classification.tab-${one}`) }))}>
        {tab === 'tinh' && <ProvincesCard list={list} />}
        {tab === 'xa' && <CommunesCard list={list} />}
        {tab === 'ban-do' && <StatusMap list={list} />}
      </Tabs>
    </div>
  );
}
