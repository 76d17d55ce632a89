import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { Bullet, Sparkline } from '#web/kit/charts.tsx';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { withQuery } from '#web/place.ts';
import { numberIn, type Overview } from '../schema.ts';
import { FigureText, GradeMark, JudgedBadge, sayChange, withUnit } from './figure.tsx';
import { explainPath, indicatorPath } from './links.ts';

type BulletRow = Overview['bullets'][number];

/** The main indicators against their targets: bar, red target, dark "should be here today", worst first as the server sorts them. */
export function Bullets({ bullets, overview }: { readonly bullets: readonly BulletRow[]; readonly overview: Overview }) {
  if (bullets.length === 0) return null;
  const own = bullets.some((bullet) => bullet.target?.status === 'working_goal');
  return (
    <Card title={t('indicators.bullets', { count: bullets.length })} say={t('indicators.bullets-say')} tools={<Legend />} footer={<>{own ? `${t('indicators.own-goal')} ` : ''}<A to="/chi-tieu">{t('indicators.to-dictionary')}</A></>} flush>
      <div className="scroll">
        <table className="tbl bullets cards">
          <caption className="vh">{t('indicators.bullets', { count: bullets.length })}</caption>
          <thead><tr>
            <th scope="col">{t('indicators.indicator')}</th><th scope="col">{t('indicators.progress')}</th><th scope="col" className="num">{t('indicators.now')}</th><th scope="col">{t('indicators.trend')}</th>
            <th scope="col">{t('indicators.target')}</th><th scope="col">{t('indicators.judgement')}</th>
          </tr></thead>
          <tbody>{bullets.map((bullet) => <Row key={bullet.indicator.id} bullet={bullet} overview={overview} />)}</tbody>
        </table>
      </div>
    </Card>
  );
}

const Legend = () => (
  <p className="legend"><span><i className="f-done" aria-hidden="true" />{t('indicators.now')}</span><span><i className="f-e" aria-hidden="true" />{t('indicators.should-be')}</span><span><i className="f-t" aria-hidden="true" />{t('indicators.target')}</span></p>
);

function Row({ bullet, overview }: { readonly bullet: BulletRow; readonly overview: Overview }) {
  const { indicator, value, target, judged, coverage, trend, change } = bullet;
  const name = indicator.name[language()];
  const now = numberIn(value);
  const wanted = target?.commitment?.value ?? target?.tier?.value ?? target?.low ?? null;
  const suffix = indicator.unit.code === 'phan-tram' || indicator.unit.code === 'percent' ? '%' : '';
  return (
    <tr>
      <th scope="row" data-l={t('indicators.indicator')}><A to={withQuery(indicatorPath(indicator.id), { 'don-vi': overview.unit.code, ky: overview.period.id })}>{name}{target?.status === 'working_goal' ? ' *' : ''}</A></th>
      <td data-l={t('indicators.progress')}>
        {now === null || wanted === null ? <span className="muted small">{t('indicators.no-bar')}</span>
          : <Bullet name={name} value={now} target={wanted} unit={suffix === '' ? ` ${indicator.unit[language()]}` : suffix} {...(suffix === '%' ? { max: Math.max(100, now, wanted) } : {})} {...(judged.shouldBe === null ? {} : { expected: judged.shouldBe })} />}
      </td>
      <td className="num" data-l={t('indicators.now')}><span>
        <A to={explainPath(indicator.id, overview.unit.code, bullet.period, overview.standing === 'approved')} className="fig"><FigureText figure={value} decimals={indicator.decimals} suffix={suffix} /></A> <GradeMark grade={bullet.grade} why={bullet.gradeWhy} />
        <span className="xs muted block">{t('indicators.coverage', { reporting: number(coverage.reporting), expected: number(coverage.expected) })}</span>
      </span></td>
      <td data-l={t('indicators.trend')}><span>
        <Sparkline values={trend.map((one) => (typeof one === 'number' ? one : null))} label={t('indicators.trend-of', { name })} />
        {change !== null && <span className="xs muted"> {sayChange(change, indicator.decimals)}</span>}
      </span></td>
      <td data-l={t('indicators.target')}>{target === null ? <span className="muted small">{t('indicators.no-target')}</span> : <TargetText row={bullet} wanted={wanted} />}</td>
      <td data-l={t('indicators.judgement')}><span><JudgedBadge judged={judged} /></span></td>
    </tr>
  );
}

const signs: Readonly<Record<string, string>> = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ' };

function TargetText({ row: { indicator, target }, wanted }: { readonly row: BulletRow; readonly wanted: number | null }) {
  if (target === null) return null;
  const figure = wanted === null ? sayKey(`indicators.operator.${target.operator}`) : `${signs[target.operator] ?? ''}${withUnit(number(wanted, indicator.decimals), indicator.unit)}`;
  const when = target.commitment?.period.slice(0, 4) ?? (target.year === null ? t('indicators.every-year') : String(target.year));
  return <span title={target.name[language()]}>{figure} <span className="muted">{when}</span><span className="xs muted block">{target.commitment === null ? sayKey(`indicators.target-status.${target.status}`) : t('indicators.promised')}</span></span>;
}
