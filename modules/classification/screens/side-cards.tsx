import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { Icon, type IconName } from '#web/kit/icon.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import type { Remote } from '#web/query.ts';
import type { Signal, UnitSignals } from '../schema/signals.ts';
import type { UnitVerdict } from '../schema/verdict.ts';
import { FigureText, unitSuffix } from './figures.tsx';
import { assessmentPath, figurePeriod, outcomeWord, sayIt, textOf, unitPath } from './words.ts';

/** The path through the period: cut-off, self-assessment, province, ministry, and from the beginning again. */
export function PathCard({ verdict }: { readonly verdict: UnitVerdict }) {
  const { period, asOf, decided } = verdict;
  const year = period.id;
  const on = asOf.slice(0, 10);
  const steps = [
    { key: 'months', head: t('classification.months-of', { done: period.monthsEnded.length, of: period.months.length }), what: t('classification.path-months'), until: period.last },
    { key: 'cut', head: day(period.last), what: t('classification.path-cut'), small: t('classification.path-cut-small'), until: period.last },
    { key: 'self', head: t('classification.path-self-on', { day: day(`${year}-12-15`) }), what: t(verdict.level === 'commune' ? 'classification.path-self' : 'classification.path-self-province'), until: `${year}-12-19` },
    { key: 'province', head: t('classification.path-before', { day: day(`${year}-12-20`) }), what: t('classification.path-province'), small: t('classification.path-province-small'), until: `${year}-12-19` },
    { key: 'ministry', head: t('classification.path-before', { day: day(`${year}-12-30`) }), what: t('classification.path-ministry'), small: t('classification.path-ministry-small'), until: `${year}-12-29` },
    { key: 'next', head: t('classification.period-of', { period: String(Number(year) + 1) }), what: t('classification.path-next'), small: t('classification.path-next-small', { day: day(`${year}-12-15`) }), until: '9999-12-31' },
  ];
  const here = decided !== null && on > `${year}-12-29` ? -1 : steps.findIndex((step) => step.until >= on);
  return (
    <Card title={t('classification.period-title', { first: day(period.first), last: day(period.last) })} say={period.ended ? t('classification.period-ended') : t('classification.period-left', { count: period.daysLeft })}>
      <ol className="cyc">{steps.map((step, at) => (
        <li key={step.key} className={at === here ? 'on' : step.until < on ? 'past' : undefined} aria-current={at === here ? 'step' : undefined}><b>{step.head}</b>{step.what}{step.small !== undefined && <small>{step.small}</small>}</li>
      ))}</ol>
    </Card>
  );
}

/** What would change the proposal, the nearest first; nothing here suggests moving, hiding or holding anybody. */
export const ChangesCard = ({ verdict }: { readonly verdict: UnitVerdict }) => (
  <Card title={t('classification.would-change')} say={t('classification.would-change-say')}>
    <ul className="bal">{verdict.changes.map((one) => <li key={`${one.key} ${JSON.stringify(one.facts)}`}><Icon name="right" size={14} /><span>{sayIt(one)}</span></li>)}</ul>
  </Card>
);

/** Rights and care beside the status: they change no verdict, and no status is read without them (SECURITY E13). */
export const BesideCard = ({ verdict }: { readonly verdict: UnitVerdict }) => (
  <Card title={t('classification.beside')} say={`${t('classification.beside-say')}${verdict.beside[0] === undefined ? '' : ` ${t('classification.beside-period', { period: figurePeriod(verdict.beside[0].period) })}`}`} footer={t('classification.beside-small')}>
    {verdict.beside.every((one) => 'missing' in one.value) ? <p className="muted small">{t('classification.beside-none')}</p> : (
      <ul className="sup">{verdict.beside.map((one) => (
        <li key={one.id}><A to={withQuery(`/chi-tieu/${one.id}`, { 'don-vi': verdict.unit.code })}>{textOf(one.name)}</A><span className="r"><b><FigureText figure={one.value} decimals={one.decimals} suffix={unitSuffix(one.unit)} /></b></span></li>
      ))}</ul>
    )}
  </Card>
);

const signalIcons: Readonly<Record<Signal['state'], IconName>> = { seen: 'warn', quiet: 'ok', 'no-evidence': 'idle' };
const signalTones: Readonly<Record<Signal['state'], string>> = { seen: 'c-warn', quiet: 'c-ok', 'no-evidence': 'c-idle' };
/** Signs worth a question, as sentences with their figures: never added up, never a score. */
export const SignalsCard = ({ of }: { readonly of: Remote<UnitSignals> }) => (
  <Card title={t('classification.signals')} say={t('classification.signals-say')}>
    <RemoteView of={of} lines={4}>{(value) => <ul className="bal">{[...value.signals].sort((a, b) => Number(b.state === 'seen') - Number(a.state === 'seen')).map((one) => (
      <li key={one.kind}><span className={signalTones[one.state]}><Icon name={signalIcons[one.state]} size={16} label={sayKey(`classification.signal-state.${one.state}`)} /></span><span>{sayIt(one.sentence)}</span></li>
    ))}</ul>}</RemoteView>
  </Card>
);

/** Periods one after another, never joined to results under older local criteria. */
export function HistoryCard({ verdict }: { readonly verdict: UnitVerdict }) {
  const own = verdict.history.filter((row) => row.unit === verdict.unit.code);
  const former = verdict.history.filter((row) => row.unit !== verdict.unit.code);
  const shown = [...own].sort((a, b) => (a.period < b.period ? -1 : 1)).slice(-4);
  return (
    <Card title={t('classification.periods')} footer={<A to={withQuery(assessmentPath({ code: verdict.unit.code, level: verdict.level }), { ky: verdict.period.id })}>{t('classification.decisions-all')}</A>}>
      <ol className="hist">{shown.map((row) => {
        const old = row.proposal === 'older-criteria';
        const text = row.decided !== null ? outcomeWord(row.decided.status) : old ? t('classification.older') : row.testsMet === null ? outcomeWord(row.proposal) : t('classification.tests-met', { met: row.testsMet });
        return <li key={row.period}><span className={`box${old ? ' old' : ''}${row.period === verdict.period.id ? ' now' : ''}${row.decided?.status === 'drug-free' ? ' got' : ''}`}>{text}</span>{old ? row.period : <A to={withQuery(unitPath({ code: verdict.unit.code, level: verdict.level }), { ky: row.period })}>{row.period}</A>}{!old && <small className="block">{t(row.decided === null ? 'classification.only-computed' : 'classification.is-decided')}</small>}</li>;
      })}</ol>
      {former.length > 0 && <ul className="bal">{former.map((row) => <li key={`${row.unit} ${row.period}`}><span aria-hidden="true">·</span><span>{t('classification.former-unit', { code: row.unit, period: row.period })}: {row.decided === null ? t('classification.nothing-decided') : outcomeWord(row.decided.status)}</span></li>)}</ul>}
      <p className="xs muted" style={{ margin: '8px 0 0' }}>{t('classification.older-not-joined')}</p>
    </Card>
  );
}
