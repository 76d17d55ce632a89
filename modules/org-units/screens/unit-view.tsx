import { useEffect, type ReactNode } from 'react';
import { addDays, isPlainDate, type PlainDate } from '#kernel/day.ts';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useScope } from '#web/place.ts';
import { useQuery, type Remote } from '#web/query.ts';
import type { Problem } from '#web/api.ts';
import { Button } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { getUnit, getUnitTree, historyBegins, type UnitLevel, type UnitPage } from '../schema.ts';
import { useGo } from './go.ts';
import { onToday, unitPath } from './addresses.ts';
import { placeName } from './words.ts';

export function useUnit(code: string): Remote<UnitPage> {
  const { asOf } = useScope();
  return useQuery(getUnit, { params: { code }, query: asOf === undefined ? {} : { asOf } });
}

type UnitViewProps = { readonly of: Remote<UnitPage>; readonly code: string; readonly level: UnitLevel; readonly children: (page: UnitPage) => ReactNode };

/** Communes and what lies below them in an imported tree have one screen. */
const screenOf = (level: UnitLevel): string => (level === 'nation' || level === 'province' ? level : 'commune');

/** Draws a unit in every state it can be in, also "that code was not there on this day". A code of another level goes to its own page. */
export function UnitView({ of, code, level, children }: UnitViewProps) {
  const go = useGo();
  const found = of.value;
  const elsewhere = found !== undefined && screenOf(found.level) !== screenOf(level) ? unitPath({ code: found.current.code, level: found.level }) : undefined;
  useEffect(() => { if (elsewhere !== undefined) go(elsewhere, {}, { replace: true }); });
  const problem = found === undefined ? of.problem : undefined;
  if (problem?.code === 'unit-not-on-day') return <NotOnDay problem={problem} code={code} />;
  if (problem?.code === 'unit-unknown' || problem?.code === 'unit-code-malformed') return <NoSuchUnit code={code} malformed={problem.code === 'unit-code-malformed'} />;
  if (problem?.code === 'day-before-history') return <BeforeHistory />;
  return (
    <>
      {found === undefined && <PageHead title={t('org-units.unit-of-code', { code })} crumbs={[{ label: t('org-units.title'), to: '/tinh' }, { label: code }]} />}
      <RemoteView of={of} lines={8}>{(page) => (elsewhere === undefined ? children(page) : null)}</RemoteView>
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

/** The code exists, but not on the day asked for: until when it did, and what it is today. */
function NotOnDay({ problem, code }: { readonly problem: Problem; readonly code: string }) {
  const { asOf, choose } = useScope();
  const validTo = textOf(problem['validTo']);
  const validFrom = textOf(problem['validFrom']);
  const nowCodes = listOf(problem['nowCodes']);
  const name = placeName(textOf(problem['nameVi']));
  const ended = isPlainDate(validTo);
  const near: PlainDate = ended ? addDays(validTo, -1) : validFrom;
  const told = textOf(problem['asOf']);
  return (
    <>
      <PageHead title={t('org-units.unit-and-code', { name, code })} crumbs={[{ label: t('org-units.title'), to: '/tinh' }, { label: name }]} />
      <EmptyState icon="history" title={t('org-units.not-on-day', { name, day: day(told) })}
        action={<div className="row" style={{ justifyContent: 'center' }}>
          <Button look="primary" onClick={() => choose({ asOf: near })}>{t('org-units.see-on', { day: day(near) })}</Button>
          {asOf !== undefined && <Button onClick={() => choose({ asOf: undefined })}>{t('org-units.see-today')}</Button>}
        </div>}>
        {!ended ? t('org-units.not-yet', { day: day(validFrom) }) : validFrom <= historyBegins ? t('org-units.existed-until', { day: day(near) }) : t('org-units.was-from-until', { from: day(validFrom), until: day(near) })}
      </EmptyState>
      {nowCodes.length > 0 && <NowIs codes={nowCodes} />}
    </>
  );
}

function NowIs({ codes }: { readonly codes: readonly string[] }) {
  const tree = useQuery(getUnitTree, { query: {} });
  return (
    <RemoteView of={tree} lines={2}>{(value) => {
      const names = new Map(value.provinces.flatMap((province) => [[province.code, province.nameVi] as const, ...province.communes.map(([one, name]) => [one, `${name}, ${province.nameVi}`] as const)]));
      return (
        <section className="card" aria-labelledby="now-is"><header><h2 id="now-is">{t('org-units.now-is')}</h2></header>
          <ul className="body stack-s">{codes.map((one) => {
            const said = (names.get(one) ?? one).split(', ').map(placeName).join(', ');
            return <li key={one}><A to={unitPath({ code: one, level: one.length === 2 ? 'province' : 'commune' })} query={onToday}>{said}</A> <span className="muted small">{t('org-units.code-is', { code: one })}</span></li>;
          })}</ul>
        </section>
      );
    }}</RemoteView>
  );
}

const NoSuchUnit = ({ code, malformed }: { readonly code: string; readonly malformed: boolean }) => (
  <>
    <PageHead title={t('org-units.no-such-unit', { code })} crumbs={[{ label: t('org-units.title'), to: '/tinh' }, { label: code }]} />
    <EmptyState icon="search" title={malformed ? t('org-units.code-malformed') : t('org-units.code-unknown', { code })} action={<A to="/tinh">{t('org-units.find-by-name')}</A>}>{t('org-units.code-form')}</EmptyState>
  </>
);

export function BeforeHistory() {
  const { asOf, choose } = useScope();
  return (
    <>
      <PageHead title={t('org-units.title')} />
      <EmptyState icon="history" title={t('org-units.before-history', { day: day(asOf ?? historyBegins), begins: day(historyBegins) })}
        action={<div className="row" style={{ justifyContent: 'center' }}><Button look="primary" onClick={() => choose({ asOf: historyBegins })}>{t('org-units.see-on', { day: day(historyBegins) })}</Button><Button onClick={() => choose({ asOf: undefined })}>{t('org-units.see-today')}</Button></div>} />
    </>
  );
}
