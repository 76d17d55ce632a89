import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { getUnitTree, listCommittees, type UnitTree } from '../schema.ts';
import { ChangesCard } from './changes-card.tsx';
import { CommitteeSummary } from './committee-summary.tsx';
import { NationMap } from './nation-map.tsx';
import { AsOfCard, AsOfNotice, KindStrip } from './parts.tsx';
import { ProvinceTable } from './province-table.tsx';
import { BeforeHistory } from './unit-view.tsx';
import { UnitFinder } from './unit-finder.tsx';

const tabs = ['don-vi', 'thay-doi'] as const;

/** The whole country on a day: how many units of each kind, where, and what changed. */
export default function NationScreen() {
  const { asOf } = useScope();
  const [query, setQuery] = useQueryState();
  const tree = useQuery(getUnitTree, { query: asOf === undefined ? {} : { asOf } });
  const tab = tabs.find((one) => one === query.get('the')) ?? 'don-vi';
  if (tree.value === undefined && tree.problem?.code === 'day-before-history') return <BeforeHistory />;
  return (
    <>
      <PageHead title={t('org-units.title')} say={tree.value === undefined ? t('org-units.say') : t('org-units.say-as-of', { day: day(tree.value.asOf) })}
        tools={<><LinkButton to="/ban-chi-dao" icon="people">{t('org-units.committees-short')}</LinkButton><CopyLink /></>} />
      <AsOfNotice />
      <Tabs label={t('org-units.title')} value={tab} onChoose={(value) => setQuery({ the: value === 'don-vi' ? undefined : value, sap: undefined, tim: undefined })}
        tabs={[{ value: 'don-vi', label: t('org-units.tab-units') }, { value: 'thay-doi', label: t('org-units.tab-changes') }]}>
        {tab === 'thay-doi' ? <ChangesCard /> : <RemoteView of={tree} lines={10}>{(value) => <Units tree={value} />}</RemoteView>}
      </Tabs>
    </>
  );
}

function Units({ tree }: { readonly tree: UnitTree }) {
  const board = useQuery(listCommittees, {});
  const imported = tree.counts.units !== undefined; // no tiles, committees or days of reform of ours
  return (
    <>
      <KindStrip counts={tree.counts} nation />
      <div className="cols">
        <div className="stack">
          <UnitFinder />
          <ProvinceTable tree={tree} />
        </div>
        <div className="stack">
          {imported ? null : <NationMap tree={tree} />}
          {imported ? null : <Card title={t('org-units.committees.title')}><RemoteView of={board} lines={3}>{(value) => <CommitteeSummary board={value} />}</RemoteView></Card>}
          {imported ? null : <AsOfCard days={['2026-04-30', '2026-09-01', '2026-09-20']} />}
        </div>
      </div>
    </>
  );
}
