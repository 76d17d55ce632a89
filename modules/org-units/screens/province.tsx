import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { day, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Panels } from '#web/shell/panels.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { useQuery } from '#web/query.ts';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { getCommittee, reformDay, type UnitPage } from '../schema.ts';
import { CommuneTable } from './commune-table.tsx';
import { sayState, stateKind } from './committee-words.ts';
import { GroupsCard } from './groups-card.tsx';
import { HistoryCard, UncertainNotice } from './history-card.tsx';
import { OfficesCard } from './offices-card.tsx';
import { AsOfCard, AsOfNotice, CertaintyMark, KindStrip, TasksLink } from './parts.tsx';
import { UnitView, useUnit } from './unit-view.tsx';
import { isOurs, nameOf, sayBasis, sayWhat } from './words.ts';

const tabs = ['xa', 'lich-su', 'co-quan'] as const;

/** A province: what it is on the day, its communes, where it came from, its offices and its steering committee. */
export default function ProvinceScreen() {
  const { ma = '' } = useParams<{ ma: string }>();
  const unit = useUnit(ma);
  usePageTitle(unit.value === undefined ? undefined : nameOf(unit.value.current));
  return <UnitView of={unit} code={ma} level="province">{(page) => <Province page={page} />}</UnitView>;
}

function Province({ page }: { readonly page: UnitPage }) {
  const { current } = page;
  const name = nameOf(current);
  const [query, setQuery] = useQueryState();
  const tab = tabs.find((one) => one === query.get('the')) ?? 'xa';
  return (
    <>
      <PageHead title={name} say={t('org-units.unit-say', { code: current.code, kind: sayWhat(page), day: day(page.asOf) })} crumbs={[{ label: t('org-units.title'), to: '/tinh' }, { label: name }]}
        tools={<>{isOurs(current.kind) && <TasksLink scope={current.code} />}<CopyLink /></>} />
      <AsOfNotice />
      {page.counts !== null && <KindStrip counts={page.counts} />}
      {isOurs(current.kind) && current.validTo === null && <Panels at="unit-top" facts={{ code: current.code, level: 'province', province: current.code }} />}
      <div className="cols">
        <div>
          <Tabs label={name} value={tab} onChoose={(value) => setQuery({ the: value === 'xa' ? undefined : value, tim: undefined, loai: undefined, sap: undefined })} tabs={tabs.map((one) => ({ value: one, label: sayKey(`org-units.tab.${one}`) }))}>
            <div className="stack">
              {tab === 'xa' && <CommuneTable communes={page.communes} />}
              {tab === 'lich-su' && <><UncertainNotice page={page} /><Card title={t('org-units.facts')}><Pairs pairs={factsOf(page)} /></Card><HistoryCard page={page} /></>}
              {tab === 'co-quan' && <OfficesCard offices={page.offices} />}
            </div>
          </Tabs>
        </div>
        <div className="stack">
          {current.validTo === null && <Panels at="unit" facts={{ code: current.code, level: 'province', province: current.code }} />}
          <GroupsCard page={page} />
          {isOurs(current.kind) && current.validTo === null && page.asOf >= reformDay && page.asOf <= today() && <CommitteeCard code={current.code} />}
          <AsOfCard ours={isOurs(current.kind)} days={page.versions.map((version) => version.validFrom)} />
        </div>
      </div>
    </>
  );
}

const factsOf = (page: UnitPage): (readonly [string, ReactNode])[] => [
  [t('org-units.code'), page.current.code],
  ...(page.otherCodes.length > 0 ? [[t('org-units.other-codes'), page.otherCodes.join(', ')] as const] : []),
  ...(page.shortNames.length > 0 ? [[t('org-units.abbreviations'), page.shortNames.join(', ')] as const] : []),
  [t('org-units.kind-head'), sayWhat(page)],
  [t('org-units.basis'), sayBasis(page.current.basis)],
  [t('org-units.certainty-head'), <CertaintyMark key="c" certainty={page.current.certainty} />],
];

/** The steering committee's state today; its own page has the decision and the seats. */
function CommitteeCard({ code }: { readonly code: string }) {
  const committee = useQuery(getCommittee, { params: { province: code } });
  return (
    <Card title={t('org-units.committee')} say={t('org-units.committee-due', { day: day(committee.value?.dueOn ?? '2025-10-31'), basis: committee.value?.basis ?? '' })}>
      <RemoteView of={committee} lines={2}>{(value) => (
        <div className="stack-s">
          <p><StatusBadge kind={stateKind[value.state]}>{sayState(value)}</StatusBadge></p>
          {value.recorded !== null && <p className="small">{t('org-units.decision-of', { number: value.recorded.decisionNumber, day: day(value.recorded.decidedOn) })}</p>}
          <p><A to={`/ban-chi-dao/${code}`}>{value.recorded === null && value.mayRecord ? t('org-units.record-first') : t('org-units.open-committee')}</A></p>
        </div>
      )}</RemoteView>
    </Card>
  );
}
