import { number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { getOverview } from '../schema.ts';
import { FigureText, GradeMark, JudgedBadge, sayPeriod, withUnit } from './figure.tsx';
import { explainPath, indicatorPath } from './links.ts';

/** On the page of a unit: its main figures of the last period, each with its judgement and the way to where it comes from. */
export default function UnitPanel({ code, level, province }: { readonly code: string; readonly level: string; readonly province: string }) {
  const overview = useQuery(getOverview, { query: { unit: code } });
  // A reader of another place is not told of figures that are not theirs to read; the page stands without them.
  if (overview.problem !== undefined && overview.problem.code !== 'offline') return null;
  const shown = overview.value;
  const scope = level === 'province' ? code : `${province}-${code}`;
  return (
    <Card title={t('indicators.figures-of-unit')} say={shown === undefined ? undefined : `${sayPeriod(shown.period.id)} · ${t('indicators.coverage', { reporting: number(shown.source.received), expected: number(shown.source.expected) })}`}
      footer={<A to={withQuery('/tong-quan', { 'pham-vi': scope })}>{t('indicators.to-overview')}</A>}>
      <RemoteView of={overview} lines={5} isEmpty={(value) => value.bullets.length === 0} empty={<p className="muted">{t('indicators.figures-none')}</p>}>{(value) => (
        <ul className="unit-figures">{value.bullets.map((bullet) => {
          const { indicator } = bullet;
          return (
            <li key={indicator.id}>
              <A to={withQuery(indicatorPath(indicator.id), { 'don-vi': code })}>{indicator.shortName[language()]}</A>
              <b><A to={explainPath(indicator.id, code, bullet.period)}><FigureText figure={bullet.value} decimals={indicator.decimals} suffix={withUnit('', indicator.unit) === '%' ? '%' : ''} /></A> <GradeMark grade={bullet.grade} why={bullet.gradeWhy} /></b>
              <JudgedBadge judged={bullet.judged} />
            </li>
          );
        })}</ul>
      )}</RemoteView>
    </Card>
  );
}
