import type { ReactNode } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { Pairs } from '#web/kit/card.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import type { DataElement, Dictionary, Indicator, Target } from '../schema.ts';
import { cellsOf, inWords, namesIn, orNull, sayAsk, sayFormula, placesOf, sayStatus, sayValidity, statusKind, targetsOf } from './words.ts';

type Pair = readonly [string, ReactNode];
const given = (label: string, text: string | null): Pair[] => (text === null || text === '' ? [] : [[label, text]]);

/** The stored formulas as one, in the expression language. */
const codeOf = ({ numerator, denominator, factor }: Indicator): string => {
  const share = denominator === null ? numerator : `(${numerator}) / (${denominator})`;
  return factor === 1 ? share : denominator === null ? `(${share}) * ${factor}` : `${share} * ${factor}`;
};

export function IndicatorText({ dictionary, indicator }: { readonly dictionary: Dictionary; readonly indicator: Indicator }) {
  const targets = targetsOf(dictionary, indicator.id);
  return (
    <div className="stack">
      <p>{inWords(indicator.definition)}</p>
      <Pairs pairs={[
        [t('definitions.formula-words'), sayFormula(indicator, namesIn(dictionary))],
        [t('definitions.formula-code'), <code key="code">{codeOf(indicator)}</code>],
        ...given(t('definitions.counts'), orNull(indicator.counts)), ...given(t('definitions.does-not-count'), orNull(indicator.doesNotCount)),
        [t('definitions.unit'), inWords(indicator.unit)], [t('definitions.measures'), sayKey(`definitions.measures.${indicator.measures}`)], [t('definitions.polarity'), sayKey(`definitions.polarity.${indicator.polarity}`)],
        ...given(t('definitions.period-type'), indicator.periodType === undefined ? null : sayKey(`definitions.period-type.${indicator.periodType}`)),
        [t('definitions.owner'), inWords(indicator.owner)], [t('definitions.source'), inWords(indicator.source)], [t('definitions.validity'), sayValidity(indicator)],
      ]} />
      {targets.length > 0 && <Targets targets={targets} />}
    </div>
  );
}

const Targets = ({ targets }: { readonly targets: readonly Target[] }) => (
  <section>
    <h3>{t('definitions.targets')}</h3>
    <ul className="stack">
      {targets.map((one) => (
        <li key={one.id}>
          <StatusBadge kind={statusKind[one.status]}>{sayStatus(one.status)}</StatusBadge> <b>{one.id}</b> {inWords(one.name)}: {sayAsk(one)}.
          <span className="small muted"> {one.source}{one.note === null ? '' : ` ${one.note}`}</span>
        </li>
      ))}
    </ul>
  </section>
);

export function ElementText({ dictionary, element }: { readonly dictionary: Dictionary; readonly element: DataElement }) {
  return (
    <>
      <p>{inWords(element.definition)}</p>
      <Pairs pairs={[
        ...given(t('definitions.counts'), orNull(element.counts)), ...given(t('definitions.does-not-count'), orNull(element.doesNotCount)), ...given(t('definitions.example'), orNull(element.example)),
        [t('definitions.form-row'), placesOf(dictionary, element.id).join('; ') || '–'], [t('definitions.unit'), inWords(element.unit)], ...given(t('definitions.cells'), cellsOf(dictionary, element.disaggregation).join('; ')),
        [t('definitions.aggregation'), sayKey(`definitions.aggregation.${element.aggregation}`)], ...given(t('definitions.protected'), element.protected ? t('definitions.protected-say') : null),
        [t('definitions.source'), inWords(element.source)], [t('definitions.validity'), sayValidity(element)],
      ]} />
    </>
  );
}

/** The definition as plain text, to paste into a letter. */
export function plainText(dictionary: Dictionary, item: Indicator | DataElement): string {
  const lines = [inWords(item.name), inWords(item.definition)];
  if ('numerator' in item) lines.push(`${t('definitions.formula-words')}: ${sayFormula(item, namesIn(dictionary))}`);
  for (const [label, text] of [[t('definitions.counts'), orNull(item.counts)], [t('definitions.does-not-count'), orNull(item.doesNotCount)]] as const) if (text !== null) lines.push(`${label}: ${text}`);
  return [...lines, `${t('definitions.source')}: ${inWords(item.source)}`, `${t('definitions.code')}: ${item.id}, ${sayValidity(item)}`].join('\n');
}
