import { sayKey, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import type { Quantity } from '../schema/criteria.ts';
import type { CriteriaGroup, Criterion, UnitVerdict } from '../schema/verdict.ts';
import { FigureText, QuantityText } from './figures.tsx';
import { outcomeWord, sayIt, verdictWord } from './words.ts';
import { Sources } from './tests-card.tsx';

type Line = { readonly key: string; readonly quantities: readonly Quantity[] };
/** The quantities of Art. 4 in the order of its letters; class III knows three of them. */
const lines: readonly Line[] = [
  { key: 'a', quantities: ['managed-rate'] }, { key: 'b', quantities: ['points'] }, { key: 'c', quantities: ['offender-rate'] }, { key: 'd', quantities: ['plants', 'plant-area'] }, { key: 'đ', quantities: ['on-route'] },
];
const classes = ['I', 'II', 'III'] as const;
const ofLine = (group: CriteriaGroup | undefined, line: Line): Criterion | undefined =>
  group?.criteria.find((one) => (line.key === 'đ' ? one.letters !== null || one.quantity === 'on-route' : one.letters === null && line.quantities.includes(one.quantity)));

/** Types I, II and III criterion by criterion, with the reading of those points that the text leaves open. */
export function ClassCard({ verdict }: { readonly verdict: UnitVerdict }) {
  const groups = classes.map((name) => verdict.groups.find((one) => one.group === name));
  if (groups.every((group) => group === undefined)) return null;
  const outcome = verdict.classIfNotDrugFree;
  const needed = groups.map((group) => (group === undefined ? '' : `${group.needed}/${group.of}`));
  return (
    <Card title={t('classification.classes')} say={t('classification.classes-say', { one: needed[0], two: needed[1], three: needed[2] })} tools={outcome === null ? undefined : <StatusBadge kind={outcome === 'cannot-judge' ? 'warn' : 'idle'}>{outcomeWord(outcome)}</StatusBadge>} footer={<Readings verdict={verdict} />} flush>
      <div className="scroll" role="group" tabIndex={0} aria-label={t('classification.classes')}><table className="tbl cls">
        <caption className="vh">{t('classification.classes')}</caption>
        <thead><tr><th scope="col">{t('classification.criterion')}</th><th scope="col" className="num">{t('classification.here')}</th>{classes.map((name) => <th key={name} scope="col" className="c">{outcomeWord(name)}</th>)}</tr></thead>
        <tbody>
          {lines.map((line) => <ClassRow key={line.key} line={line} groups={groups} verdict={verdict} />)}
          <tr className="sum"><th scope="row">{t('classification.criteria-count')}</th><td className="num" />{groups.map((group, at) => <td key={classes[at]} className="c" data-l={outcomeWord(classes[at] ?? 'I')}>{group === undefined ? '–' : <><b>{group.met}</b>/{group.of}{group.cannotJudge > 0 && <small className="block">{t('classification.unknown-count', { count: group.cannotJudge })}</small>}</>}</td>)}</tr>
        </tbody>
      </table></div>
    </Card>
  );
}

function ClassRow({ line, groups, verdict }: { readonly line: Line; readonly groups: readonly (CriteriaGroup | undefined)[]; readonly verdict: UnitVerdict }) {
  const shown = groups.map((group) => ofLine(group, line)).find((one) => one !== undefined);
  const parts = shown?.parts.filter((part) => line.quantities.includes(part.quantity)) ?? [];
  const main = parts[0]?.value;
  const people = shown?.otherReadings.find((one) => one.axis === 'people' && 'v' in one.value && (main === undefined || !('v' in main) || main.v !== one.value.v));
  return (
    <tr>
      <th scope="row">{line.key}) {sayKey(`classification.class-line.${line.key === 'đ' ? 'route' : line.key}`)}{shown !== undefined && line.key !== 'đ' && <Sources criterion={shown} verdict={verdict} />}</th>
      <td className="num">
        {parts.map((part) => <span key={part.quantity} className="block"><b><QuantityText quantity={part.quantity} figure={part.value} /></b>{part.numerator !== null && part.denominator !== null && <small><FigureText figure={part.numerator} decimals={0} />/<FigureText figure={part.denominator} decimals={0} /></small>}</span>)}
        {people !== undefined && <small>{t('classification.if-counted')} <FigureText figure={people.value} decimals={4} suffix="%" /></small>}
      </td>
      {groups.map((group, at) => {
        const criterion = ofLine(group, line);
        return <td key={classes[at]} className="c" data-l={outcomeWord(classes[at] ?? 'I')}>{criterion === undefined ? <span className="muted">·<span className="vh">{t('classification.not-in-class')}</span></span> : <Answer criterion={criterion} />}</td>;
      })}
    </tr>
  );
}

function Answer({ criterion }: { readonly criterion: Criterion }) {
  const why = sayIt(criterion.sentence);
  if (criterion.verdict === 'met') return <span className="yes b" title={why}><Icon name="done" size={14} />{t('classification.has')}</span>;
  if (criterion.verdict === 'not-met') return <span className="muted" title={why}>{t('classification.has-not')}</span>;
  return <span className="c-warn" title={why}>{verdictWord(criterion.verdict)}</span>;
}

/** Where the text can be read in two ways, every reading is computed and a person concludes. */
function Readings({ verdict }: { readonly verdict: UnitVerdict }) {
  const [first] = verdict.readings;
  if (first === undefined) return <>{t('classification.order-is-ours')}</>;
  if (verdict.readingsAgree) return <>{t('classification.readings-agree', { count: verdict.readings.length, outcome: outcomeWord(first.outcome) })} {t('classification.order-is-ours')}</>;
  return (
    <>
      <p>{t('classification.readings-differ')} {t('classification.order-is-ours')}</p>
      <details className="source-rows"><summary>{t('classification.readings', { count: verdict.readings.length })}</summary>
        <ul>{verdict.readings.map(({ reading, outcome }) => (
          <li key={`${reading.people} ${String(reading.orHigher)} ${reading.window}`}><span>{sayKey(`classification.reading.people.${reading.people}`)}; {t(reading.orHigher ? 'classification.reading.or-higher' : 'classification.reading.own-range')}; {sayKey(`classification.reading.window.${reading.window}`)}</span><b>{outcomeWord(outcome)}</b></li>
        ))}</ul>
      </details>
    </>
  );
}
