import { language, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { withQuery } from '#web/place.ts';
import type { Overview } from '../schema.ts';
import { FigureText } from './figure.tsx';
import { explainPath, indicatorPath } from './links.ts';

/** The drug-free share and what must be read beside it, so that a share is never bought by hiding or driving people away (SECURITY E13). */
export function Companions({ companions, unit, period }: { readonly companions: NonNullable<Overview['companions']>; readonly unit: string; readonly period: string }) {
  const suffix = (code: string): string => (code === 'phan-tram' || code === 'percent' ? '%' : '');
  const { share, period: at, value, beside, without } = companions;
  return (
    <Card title={t('indicators.share-title')} say={t('indicators.share-say')} footer={t('indicators.share-break')}>
      <p className="big"><A to={withQuery(indicatorPath(share.id), { 'don-vi': unit, ky: period })}>{share.name[language()]}</A>: <b><A to={explainPath(share.id, unit, at)}><FigureText figure={value} decimals={share.decimals} suffix={suffix(share.unit.code)} /></A></b></p>
      <p className="callout ok">{t('indicators.treated-never-count')}</p>
      <h3>{t('indicators.read-beside')}</h3>
      <dl className="facts">
        {beside.map(({ indicator, period: its, value: one }) => (
          <div key={indicator.id}><dt>{indicator.shortName[language()]}</dt><dd><A to={explainPath(indicator.id, unit, its)}><FigureText figure={one} decimals={indicator.decimals} suffix={suffix(indicator.unit.code)} /></A>{suffix(indicator.unit.code) === '' && <small>{indicator.unit[language()]}</small>}</dd></div>
        ))}
      </dl>
      {without.length > 0 && <p className="xs muted">{t('indicators.beside-without', { count: without.length })}</p>}
    </Card>
  );
}
