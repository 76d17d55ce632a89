import { day, number, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useScope } from '#web/place.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Card, StatStrip, type Stat } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { useMay } from '#web/session.tsx';
import { addDays, type PlainDate } from '#kernel/day.ts';
import { historyBegins, reformDay, type Certainty, type KindCounts } from '../schema.ts';
import { certaintyKind } from './words.ts';

/** How sure a fact is: shape and word, never the colour alone. */
export const CertaintyMark = ({ certainty }: { readonly certainty: Certainty }) => (
  <StatusBadge bare kind={certaintyKind[certainty]}>{sayKey(`org-units.certainty.${certainty}`)}</StatusBadge>
);

/** Above a page that shows another day than today. */
export function AsOfNotice() {
  const { asOf, choose } = useScope();
  if (asOf === undefined || asOf === today()) return null;
  return <div style={{ marginBottom: 'var(--s4)' }}><Notice><p>{t('org-units.seen-as-of', { day: day(asOf) })} <button type="button" className="linkish" onClick={() => choose({ asOf: undefined })}>{t('org-units.back-to-today')}</button></p></Notice></div>;
}

/** The day whose units are shown: typed, or one of the days on which something changed. */
export function AsOfCard({ days, ours = true }: { readonly days: readonly PlainDate[]; readonly ours?: boolean }) {
  const { asOf, choose } = useScope();
  const offered = (ours ? ['', addDays(reformDay, -1), ...new Set([reformDay, ...days.filter((one) => one > reformDay)])] : ['', ...new Set(days)]).sort();
  return (
    <Card title={t('org-units.as-of-title')} say={t('org-units.as-of-say')}>
      <FilterChips label={t('org-units.as-of-title')} value={asOf ?? ''} onChoose={(value) => choose({ asOf: value === '' ? undefined : value })}
        choices={offered.map((value) => ({ value, label: value === '' ? t('org-units.today') : day(value) }))} />
      <DateInput label={t('org-units.another-day')} value={asOf} {...(ours ? { min: historyBegins } : {})} onDay={(value) => choose({ asOf: value })} />
    </Card>
  );
}

/** Units of each kind, counted by the server from the tree of the day; kinds that are not there are left out. */
export function KindStrip({ counts, nation = false }: { readonly counts: KindCounts; readonly nation?: boolean }) {
  if (counts.units !== undefined) return <StatStrip stats={[{ label: t('org-units.count.units'), value: number(counts.units) }]} />;
  const kinds = (['communes', 'wards', 'specialZones', 'townships', 'islandDistricts'] as const)
    .filter((kind) => counts[kind] > 0 || kind === 'communes' || kind === 'wards')
    .map((kind): Stat => ({ label: sayKey(`org-units.count.${kind}`), value: number(counts[kind]) }));
  const provincial: Stat[] = nation ? [{
    label: t('org-units.count.provincial'), value: number(counts.provincialUnits), note: t('org-units.count.provincial-note', { provinces: counts.provinces, cities: counts.cities }),
  }] : [];
  return <StatStrip stats={[...provincial, { label: t('org-units.count.communal'), value: number(counts.communalUnits) }, ...kinds]} />;
}

/** The tasks of the same place. Their module stands above this one: only the address and the right it asks for are known here. */
export function TasksLink({ scope }: { readonly scope: string }) {
  const may = useMay();
  return may('directives.read') ? <LinkButton to="/chi-dao" query={{ 'pham-vi': scope }} icon="flag">{t('org-units.to-directives')}</LinkButton> : null;
}
