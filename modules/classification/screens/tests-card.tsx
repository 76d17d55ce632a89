import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import type { Criterion, SourceRow, UnitVerdict } from '../schema/verdict.ts';
import { FigureText, QuantityText } from './figures.tsx';
import { articleWord, criterionWord, outcomeWord, sayIt, verdictKind, verdictWord } from './words.ts';

/** The three tests of Art. 6, each with its figure, its reason, where it comes from. The exceptions are said before the first. */
export function TestsCard({ verdict }: { readonly verdict: UnitVerdict }) {
  const group = verdict.groups.find((one) => one.group === 'drug-free');
  if (group === undefined) return null;
  return (
    <Card title={t('classification.tests')} say={t('classification.tests-say')} flush>
      <div className="first"><Notice tone="ok"><p><b>{t(verdict.level === 'commune' ? 'classification.never-count' : 'classification.never-count-province')}</b> {t('classification.never-count-say')}</p></Notice></div>
      <ol className="tests">{group.criteria.map((criterion, at) => <Test key={criterion.id} criterion={criterion} verdict={verdict} article={group.article} number={at + 1} />)}</ol>
    </Card>
  );
}

const tone = { met: '', 'not-met': 'bad', 'to-conclude': 'warn', 'cannot-judge': 'warn' } as const;
type TestProps = { readonly criterion: Criterion; readonly verdict: UnitVerdict; readonly article: string; readonly number: number };

function Test({ criterion, verdict, article, number: at }: TestProps) {
  const kind = verdictKind(criterion.verdict);
  return (
    <li className={tone[criterion.verdict]}>
      <span className={`c-${kind}`}><Icon name={kind} size={20} label={verdictWord(criterion.verdict)} /></span>
      <div className="why-body">
        <h3>{at}. {criterionWord(criterion.id)}</h3>
        <p><span className={`b c-${kind}`}>{sayIt(criterion.sentence)}</span> <span className="muted">({articleWord(criterion.article === '' ? article : criterion.article)})</span></p>
        {criterion.parts.some((part) => part.quantity === 'people-using') && <Excepted verdict={verdict} />}
        {criterion.parts.some((part) => part.quantity === 'points') && verdict.points.differ && <Notice tone="warn"><p>{t('classification.points-differ')} <FigureText figure={verdict.points.register} decimals={0} /> {t('classification.in-register')}, <FigureText figure={verdict.points.reported} decimals={0} /> {t('classification.in-return')}.</p></Notice>}
        {criterion.verdict === 'to-conclude' && <Notice tone="warn"><p><b>{t('classification.to-conclude')}</b> {t('classification.to-conclude-say')} {criterion.otherReadings.map((one) => <span key={one.axis} className="block">{sayKey(`classification.axis.${one.axis}`)}: {verdictWord(one.verdict).toLowerCase()} (<FigureText figure={one.value} decimals={2} />)</span>)}</p></Notice>}
        {criterion.verdict === 'not-met' && criterion.parts.some((part) => part.quantity === 'resident-violations' && part.verdict === 'not-met') && <Notice tone="bad"><p>{t('classification.nothing-repairs')}</p></Notice>}
        <Sources criterion={criterion} verdict={verdict} />
      </div>
      <div className="figure">{criterion.parts.map((part) => (
        <span key={part.quantity} className="block"><b><QuantityText quantity={part.quantity} figure={part.value} /></b>{sayKey(`classification.quantity.${part.quantity}`)}{part.threshold !== null && part.threshold.equals !== null && `, ${t('classification.must-be', { value: part.threshold.equals })}`}{part.inPeriod !== null && <small className="block"><QuantityText quantity={part.quantity} figure={part.inPeriod} /> {t('classification.in-the-period')}</small>}</span>
      ))}</div>
    </li>
  );
}

/** People in the three situations of Art. 6.1, counted and labelled "not counted against". */
const Excepted = ({ verdict: { excepted } }: { readonly verdict: UnitVerdict }) => (
  <table className="tbl excepted">
    <caption className="vh">{t('classification.not-counted')}</caption>
    <thead><tr><th scope="col">{t('classification.not-counted')}</th><th scope="col" className="num">{t('classification.people')}</th></tr></thead>
    <tbody>
      {(['substitution', 'atHome', 'aftercare'] as const).map((one) => <tr key={one}><th scope="row">{t(`classification.excepted.${one}`)}</th><td className="num"><FigureText figure={excepted[one]} decimals={0} /></td></tr>)}
      <tr className="sum"><th scope="row">{t('classification.total')}</th><td className="num"><b><FigureText figure={excepted.total} decimals={0} /></b></td></tr>
    </tbody>
  </table>
);

/** Where a source row can be looked at: the return of its last month, the register, the list of communes. */
function sourceTo(row: SourceRow, verdict: UnitVerdict): string {
  const scope = verdict.level === 'province' ? verdict.province : `${verdict.province}-${verdict.unit.code}`;
  if (row.from === 'register') return withQuery('/diem-nong', { 'pham-vi': scope });
  if (row.from === 'engine') return withQuery('/khong-ma-tuy', { 'pham-vi': verdict.province, ky: verdict.period.id });
  const month = verdict.period.monthsEnded.at(-1);
  if (verdict.level === 'commune' && row.dataSet !== null && month !== undefined) return `/bao-cao/${verdict.province}/${row.unit}/${month}/${row.dataSet}`;
  return withQuery('/bao-cao', { 'pham-vi': scope, xem: 'lich' });
}

export function Sources({ criterion, verdict }: { readonly criterion: Criterion; readonly verdict: UnitVerdict }) {
  const rows = criterion.parts.flatMap((part) => part.sources.map((source) => ({ part, source })));
  if (rows.length === 0) return null;
  return (
    <details className="source-rows"><summary>{t('classification.sources', { count: rows.length })}<span className="vh">: {criterionWord(criterion.id)}</span></summary>
      <ul>{rows.map(({ part, source }) => (
        <li key={`${part.quantity} ${source.from} ${source.element ?? ''} ${source.cell ?? ''} ${source.over}`}>
          <span><A to={sourceTo(source, verdict)}>{sayKey(`classification.from.${source.from}`)}{source.element === null ? '' : `: ${sayKey(`classification.element.${source.element}`, {}, sayKey(`classification.quantity.${part.quantity}`))}`}</A> <span className="muted">{sayKey(`classification.over.${source.over}`)}, {day(source.first)}–{day(source.last)}, {sayKey(`classification.standing-${source.standing}`).toLowerCase()}</span></span>
          <span><b><FigureText figure={source.value} decimals={4} /></b> {source.expected > 0 && source.answered < source.expected && <span className="c-warn">{t('classification.months-missing', { answered: source.answered, expected: source.expected })}</span>}</span>
        </li>
      ))}</ul>
    </details>
  );
}

/** A province: the six criteria of Art. 5, four of which make it key-complex. */
export function KeyComplexCard({ verdict }: { readonly verdict: UnitVerdict }) {
  const group = verdict.groups.find((one) => one.group === 'province');
  if (group === undefined) return null;
  return (
    <Card title={t('classification.key-complex')} say={t('classification.key-complex-say', { needed: group.needed, of: group.of, article: articleWord(group.article) })} tools={<StatusBadge kind={group.verdict === 'cannot-judge' ? 'warn' : 'idle'}>{group.verdict === 'met' ? outcomeWord('key-complex') : group.verdict === 'not-met' ? outcomeWord('not-key-complex') : verdictWord(group.verdict)}</StatusBadge>} flush>
      <ol className="tests">{group.criteria.map((criterion) => (
        <li key={criterion.id}>
          <span className="muted b">{criterion.letter}</span>
          <div className="why-body"><h3>{criterionWord(criterion.id)}</h3><p>{sayIt(criterion.sentence)}</p><Sources criterion={criterion} verdict={verdict} /></div>
          <div className="figure">{criterion.parts.map((part) => <span key={part.quantity} className="block"><b><QuantityText quantity={part.quantity} figure={part.value} /></b></span>)}{t(criterion.verdict === 'met' ? 'classification.has' : criterion.verdict === 'not-met' ? 'classification.has-not' : 'classification.unknown')}</div>
        </li>
      ))}</ol>
      <p className="first small muted">{t('classification.criteria-met', { met: group.met, needed: group.needed, of: group.of })}{group.cannotJudge > 0 && ` ${t('classification.head-unknown', { count: group.cannotJudge })}`}</p>
    </Card>
  );
}
