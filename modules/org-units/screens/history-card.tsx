import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { compareDays } from '#kernel/day.ts';
import { compareVietnamese } from '#kernel/fold.ts';
import { historyBegins, type UnitLink, type UnitPage, type UnitVersion } from '../schema.ts';
import { CertaintyMark } from './parts.tsx';
import { dayBefore, onToday, unitPath } from './addresses.ts';
import { isOurs, nameOf, placeName, sayBasis, sayKind } from './words.ts';

/** Names, kinds and codes over time, what the unit was formed from and what it became; each fact with its basis and how sure it is. */
export function HistoryCard({ page }: { readonly page: UnitPage }) {
  return (
    <>
      <Card title={t('org-units.versions')} say={t('org-units.versions-say')}>
        <Table caption={t('org-units.versions')} hideCaption columns={versionColumns(page)} rows={page.versions} rowKey={(version) => `${version.validFrom}${version.code}`} />
      </Card>
      <Card title={t('org-units.formed-from')} say={page.predecessors.length === 0 ? undefined : t('org-units.formed-from-say', { count: page.predecessors.length })}>
        {page.predecessors.length === 0 ? <p className="muted">{t('org-units.formed-from-none')}</p> : (
          <Table caption={t('org-units.formed-from')} hideCaption columns={linkColumns('before', page)} rows={page.predecessors} rowKey={(link) => link.unit.id + link.kind} />
        )}
      </Card>
      {page.successors.length > 0 && (
        <Card title={t('org-units.became')} say={t('org-units.became-say', { count: page.successors.length })}>
          <Table caption={t('org-units.became')} hideCaption columns={linkColumns('after', page)} rows={page.successors} rowKey={(link) => link.unit.id + link.kind} />
        </Card>
      )}
      {page.olderNames.length > 0 && (
        <Card title={t('org-units.older-names')} say={t('org-units.older-names-say', { count: page.olderNames.length })}>
          <ul className="stack-s small">{page.olderNames.map((older) => (
            <li key={`${older.nameVi}${older.districtVi ?? ''}${older.provinceVi ?? ''}`}>{placeName(older.nameVi)} <span className="muted">{[older.districtVi, older.provinceVi === null ? null : placeName(older.provinceVi)].filter((part) => part !== null).join(', ')}</span></li>
          ))}</ul>
        </Card>
      )}
    </>
  );
}

const versionColumns = (page: UnitPage): Column<UnitVersion>[] => [
  { key: 'name', header: t('org-units.name'), rowHeader: true, cell: (version) => nameOf(version) },
  { key: 'code', header: t('org-units.code'), cell: (version) => version.code },
  { key: 'kind', header: t('org-units.kind-head'), cell: (version) => sayKind(version.kind) },
  ...(page.level === 'commune' ? [{ key: 'parent', header: t('org-units.place'), cell: (version: UnitVersion) => [version.districtVi, version.parent === null ? null : nameOf(version.parent)].filter((part) => part !== null).join(', ') }] : []),
  { key: 'from', header: t('org-units.from-day'), cell: (version) => (isOurs(version.kind) && version.validFrom <= historyBegins ? t('org-units.before-day', { day: day(historyBegins) }) : day(version.validFrom)) },
  { key: 'to', header: t('org-units.to-day'), cell: (version) => (version.validTo === null ? t('org-units.until-now') : t('org-units.before-day', { day: day(version.validTo) })) },
  { key: 'basis', header: t('org-units.basis'), cell: (version) => sayBasis(version.basis) },
  { key: 'certainty', header: t('org-units.certainty-head'), cell: (version) => <CertaintyMark certainty={version.certainty} /> },
];

const placeOf = (link: UnitLink): string => [link.districtVi, link.provinceVi === '' ? null : placeName(link.provinceVi)].filter((part) => part !== null).join(', ');

function linkColumns(side: 'before' | 'after', page: UnitPage): Column<UnitLink>[] {
  return [
    { key: 'name', header: t('org-units.name'), rowHeader: true, compare: (a, b) => compareVietnamese(a.unit.nameVi, b.unit.nameVi), cell: (link) => (
      <A to={unitPath(link.unit)} query={side === 'before' ? dayBefore(link.on) : onToday}>{nameOf(link.unit)}</A>) },
    { key: 'code', header: t('org-units.code'), cell: (link) => link.unit.code },
    ...(page.level === 'commune' ? [{ key: 'place', header: t('org-units.place'), cell: (link: UnitLink) => placeOf(link) }] : []),
    { key: 'how', header: t('org-units.how'), cell: (link) => sayKey(`org-units.link.${link.kind}`) },
    { key: 'on', header: t('org-units.on-day'), compare: (a, b) => compareDays(a.on, b.on), cell: (link) => day(link.on) },
    { key: 'basis', header: t('org-units.basis'), cell: (link) => sayBasis(link.basis) },
    { key: 'certainty', header: t('org-units.certainty-head'), cell: (link) => <CertaintyMark certainty={link.certainty} /> },
  ];
}

/** Said above the facts when one of them is not certain yet. */
export const UncertainNotice = ({ page }: { readonly page: UnitPage }) => {
  const unsure = [page.current, ...page.predecessors, ...page.successors].filter((fact) => fact.certainty === 'U').length;
  return unsure === 0 ? null : <Notice tone="warn"><p>{t('org-units.unsure', { count: unsure })}</p></Notice>;
};
