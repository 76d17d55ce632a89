import { day, moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, withQuery } from '#web/place.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import type { UnitVerdict } from '../schema/verdict.ts';
import { assessmentPath, outcomeKind, outcomeWord } from './words.ts';

const arcs = ['ok', 'warn', 'bad', 'idle'] as const;
/** Three arcs, one a test: met, to conclude, not met, without evidence; the pattern of the line says it without colour. */
export function TestsRing({ tests }: { readonly tests: UnitVerdict['tests'] }) {
  const counts = { ok: tests.met, warn: tests.toConclude, bad: tests.notMet, idle: tests.cannotJudge };
  const of = tests.met + tests.toConclude + tests.notMet + tests.cannotJudge;
  const parts = arcs.flatMap((kind) => Array.from({ length: counts[kind] }, () => kind));
  const arc = (at: number): string => {
    const gap = 0.06;
    const [from, to] = [(at / of) * 2 * Math.PI + gap, ((at + 1) / of) * 2 * Math.PI - gap];
    const point = (angle: number): string => `${(46 + 36 * Math.sin(angle)).toFixed(2)} ${(46 - 36 * Math.cos(angle)).toFixed(2)}`;
    return `M${point(from)} A36 36 0 ${to - from > Math.PI ? 1 : 0} 1 ${point(to)}`;
  };
  return (
    <svg className="ring" viewBox="0 0 92 92" role="img" aria-label={t('classification.ring', { met: tests.met, of, open: tests.toConclude, not: tests.notMet, unknown: tests.cannotJudge })}>
      {parts.map((kind, at) => <path key={`${kind} ${String(at)}`} className={`is-${kind}`} d={arc(at)} />)}
      <text x="46" y="52">{tests.met}/{of}</text>
    </svg>
  );
}

const toneOf = (verdict: UnitVerdict): 'ok' | 'warn' | 'bad' => (verdict.proposal === 'drug-free' ? 'ok' : verdict.tests.notMet > 0 ? 'bad' : 'warn');

/** The answer in one sentence, what it rests on, and that only a decision makes a status. */
export function VerdictHead({ verdict }: { readonly verdict: UnitVerdict }) {
  const [, setQuery] = useQueryState();
  const { tests, period, decree, decided, byStanding } = verdict;
  const of = tests.met + tests.toConclude + tests.notMet + tests.cannotJudge;
  const level = verdict.level;
  return (
    <section className={`card verdict ${toneOf(verdict)}`} aria-labelledby="verdict-head">
      <TestsRing tests={tests} />
      <div>
        <h2 id="verdict-head">{t(verdict.forecast ? 'classification.head-forecast' : 'classification.head-ended', { period: period.id, what: sayKey(`classification.head.${verdict.proposal}`) })}</h2>
        <p>{t('classification.head-tests', { of, met: tests.met, open: tests.toConclude, not: tests.notMet })}{tests.cannotJudge > 0 && ` ${t('classification.head-unknown', { count: tests.cannotJudge })}`} {verdict.classIfNotDrugFree !== null && verdict.proposal !== 'drug-free' && <>{t(verdict.forecast ? 'classification.if-closed-today' : 'classification.class-of-period')} <b>{outcomeWord(verdict.classIfNotDrugFree)}</b>.</>}</p>
        <p className="small muted">{decree !== null && `${t('classification.by-decree', { number: decree.number })} `}{t('classification.figures-to', { last: day(verdict.forecast ? verdict.asOf.slice(0, 10) : period.last), at: moment(verdict.asOf) })} {decided === null && t(level === 'commune' ? 'classification.no-decision-yet' : 'classification.no-decision-yet-ministry')}</p>
        {decided !== null && <p className="row"><StatusBadge kind={outcomeKind(decided.status)}>{t('classification.decided-as', { status: outcomeWord(decided.status) })}</StatusBadge><span className="small">{t('classification.decision-of', { number: decided.number, day: day(decided.decidedOn) })}{decided.againstProposal && `, ${t('classification.other-than-proposed')}`}</span>{decided.underReview && <StatusBadge kind="warn">{t('classification.under-review')}</StatusBadge>}</p>}
        {verdict.possible.length > 1 && <p className="small">{t('classification.can-still-be', { list: verdict.possible.map(outcomeWord).join(', ') })}</p>}
        <div className="row noprint">
          <Segmented label={t('classification.evidence')} value={verdict.standing} onChoose={(so) => setQuery({ so })} choices={[{ value: 'reported', label: `${t('classification.standing-reported')}: ${outcomeWord(byStanding.reported)}` }, { value: 'approved', label: `${t('classification.standing-approved')}: ${outcomeWord(byStanding.approved)}` }]} />
        </div>
        {verdict.hidden && <div className="stack-s"><Notice><p>{t('classification.hidden-here')}</p></Notice></div>}
      </div>
      <div className="do noprint">
        <LinkButton look="primary" to={withQuery(assessmentPath({ code: verdict.unit.code, level }), { ky: period.id })}>{t(verdict.forecast ? 'classification.open-draft' : 'classification.open-assessment')}</LinkButton>
        {level === 'province' && <LinkButton to="/khong-ma-tuy" query={{ 'pham-vi': verdict.unit.code, ky: period.id }}>{t('classification.communes-of')}</LinkButton>}
      </div>
    </section>
  );
}
