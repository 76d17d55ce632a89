import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Panels } from '#web/shell/panels.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { historyBegins, type UnitPage } from '../schema.ts';
import { CommuneTable } from './commune-table.tsx';
import { GroupsCard } from './groups-card.tsx';
import { HistoryCard, UncertainNotice } from './history-card.tsx';
import { OfficesCard } from './offices-card.tsx';
import { AsOfCard, AsOfNotice, CertaintyMark, TasksLink } from './parts.tsx';
import { UnitView, useUnit } from './unit-view.tsx';
import { onToday, unitPath } from './addresses.ts';
import { isOurs, nameOf, sayBasis, sayWhat } from './words.ts';

/** A commune, ward or special zone: what it is on the day, what it was formed from, its offices. */
export default function CommuneScreen() {
  const { ma = '' } = useParams<{ ma: string }>();
  const unit = useUnit(ma);
  usePageTitle(unit.value === undefined ? undefined : nameOf(unit.value.current));
  return <UnitView of={unit} code={ma} level="commune">{(page) => <Commune page={page} />}</UnitView>;
}

function Commune({ page }: { readonly page: UnitPage }) {
  const { current, province } = page;
  const name = nameOf(current);
  const gone = current.validTo !== null && page.successors.length > 0;
  const scope = province === null ? undefined : `${province.code}-${current.code}`;
  return (
    <>
      <PageHead title={name} say={t('org-units.unit-say', { code: current.code, kind: sayWhat(page), day: day(page.asOf) })}
        crumbs={[{ label: t('org-units.title'), to: '/tinh' }, ...[...page.above].reverse().map((one) => ({ label: nameOf(one), to: unitPath(one) })), { label: name }]}
        tools={<>{scope !== undefined && !gone && isOurs(current.kind) && <TasksLink scope={scope} />}<CopyLink /></>} />
      <AsOfNotice />
      {gone && <Became page={page} />}
      {isOurs(current.kind) && province !== null && <Panels at="unit-top" facts={{ code: current.code, level: page.level, province: province.code }} />}
      <div className="cols">
        <div className="stack">
          <UncertainNotice page={page} />
          <Card title={t('org-units.facts')}><Pairs pairs={factsOf(page)} /></Card>
          {page.communes.length > 0 && <CommuneTable communes={page.communes} />}
          <HistoryCard page={page} />
          {isOurs(current.kind) && <OfficesCard offices={page.offices} />}
        </div>
        <div className="stack">
          {current.validTo === null && province !== null && <Panels at="unit" facts={{ code: current.code, level: page.level, province: province.code }} />}
          <GroupsCard page={page} />
          <AsOfCard ours={isOurs(current.kind)} days={page.versions.map((version) => version.validFrom)} />
        </div>
      </div>
    </>
  );
}

/** A unit that ended: said at the top, with the way to what it is today. */
const Became = ({ page }: { readonly page: UnitPage }) => (
  <div style={{ marginBottom: 'var(--s4)' }}><Notice tone="warn">
    <p>{t('org-units.ended-on', { day: day(page.current.validTo ?? page.asOf) })} {page.successors.map((link, at) => <span key={link.unit.id}>{at > 0 && ', '}<A to={unitPath(link.unit)} query={onToday}>{nameOf(link.unit)}</A></span>)}.</p>
  </Notice></div>
);

function factsOf(page: UnitPage): (readonly [string, ReactNode])[] {
  const { current, province } = page;
  return [
    [t('org-units.code'), current.code],
    ...(page.otherCodes.length > 0 ? [[t('org-units.other-codes'), page.otherCodes.join(', ')] as const] : []),
    [t('org-units.kind-head'), sayWhat(page)],
    ...(province === null ? [] : [[t('org-units.province'), <A key="p" to={`/tinh/${province.code}`}>{nameOf(province)}</A>] as const]),
    ...(current.districtVi === null ? [] : [[t('org-units.district'), current.districtVi] as const]),
    [t('org-units.from-day'), isOurs(current.kind) && current.validFrom <= historyBegins ? t('org-units.before-day', { day: day(historyBegins) }) : day(current.validFrom)],
    [t('org-units.basis'), sayBasis(current.basis)],
    [t('org-units.certainty-head'), <CertaintyMark key="c" certainty={current.certainty} />],
  ];
}
