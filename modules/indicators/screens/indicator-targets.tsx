import { useState } from 'react';
import { moment, number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useScope } from '#web/place.ts';
import { useMay } from '#web/session.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { toast } from '#web/kit/toast.tsx';
import type { IndicatorPage } from '../schema.ts';
import { JudgedBadge, percentOf, sayPeriod, sayStep } from './figure.tsx';
import { JudgeDialog } from './judge-dialog.tsx';

type Row = IndicatorPage['targets'][number];

/** What the figure is held against: each target with its status, this unit's own value of it, where it should be by now, and the judgement with its reason. */
export function Targets({ page, onJudged }: { readonly page: IndicatorPage; readonly onJudged: () => void }) {
  const [judging, setJudging] = useState(false);
  const { province } = useScope();
  const may = useMay();
  if (page.targets.length === 0) return null;
  const last = page.series.at(-1);
  const held = page.targets.find(({ judged }) => judged.target !== null && judged.reason !== 'target-not-for-this-unit')?.judged;
  const place = page.unit.level === 'nation' ? { province: '00' } : page.unit.level === 'province' ? { province: page.unit.code } : province === undefined ? undefined : { province, commune: page.unit.code };
  const mayJudge = held !== undefined && last !== undefined && may('indicators.judge', place);
  return (
    <Card title={t('indicators.targets')} say={last === undefined ? undefined : t('indicators.targets-say', { period: sayPeriod(last.period.id) })} flush tools={<><LinkButton to="/cam-ket" query={{ 'muc-tieu': page.targets[0]?.target.id }}>{t('indicators.commitments')}</LinkButton>{mayJudge && <Button icon="edit" onClick={() => setJudging(true)}>{t('indicators.judge-otherwise')}</Button>}</>}>
      {judging && held !== undefined && last !== undefined && <JudgeDialog indicator={page.indicator.id} unit={page.unit.code} period={last.period.id} judged={held} onClose={() => setJudging(false)} onDone={() => { setJudging(false); toast(t('indicators.judged')); onJudged(); }} />}
      <div className="scroll" role="group" tabIndex={0} aria-label={t('indicators.targets')}><table className="tbl cards">
        <caption className="vh">{t('indicators.targets')}</caption>
        <thead><tr><th scope="col">{t('indicators.target')}</th><th scope="col" className="num">{t('indicators.value')}</th><th scope="col">{t('indicators.status')}</th><th scope="col" className="num">{t('indicators.should-be')}</th><th scope="col">{t('indicators.judgement')}</th></tr></thead>
        <tbody>{page.targets.map((row) => (
          <tr key={row.target.id}>
            <th scope="row" data-l={t('indicators.target')}>{row.target.name[language()]}</th>
            <td className="num" data-l={t('indicators.value')}><Asked row={row} suffix={percentOf(page.indicator.unit)} /></td>
            <td data-l={t('indicators.status')}>{sayKey(`indicators.target-status.${row.target.status}`)}</td>
            <td className="num" data-l={t('indicators.should-be')}>{row.judged.shouldBe === null ? '–' : `${number(row.judged.shouldBe)}${percentOf(page.indicator.unit)}`}</td>
            <td data-l={t('indicators.judgement')}><span><JudgedBadge judged={row.judged} /><span className="xs muted block">{sayKey(`indicators.why.${row.judged.reason}`)}{row.judged.override !== null && <> {t('indicators.override-says', { reason: row.judged.override.reason, office: row.judged.override.office, at: moment(row.judged.override.at), step: row.judged.override.computed === null ? t('indicators.not-judged') : sayStep(row.judged.override.computed) })}</>}</span></span></td>
          </tr>
        ))}</tbody>
      </table></div>
    </Card>
  );
}

/** The value asked of all, then what is asked of this unit and what it promised, and where it started from. */
function Asked({ row: { target }, suffix }: { readonly row: Row; readonly suffix: string }) {
  const value = target.low === null ? '' : ` ${number(target.low)}${target.high === null ? '' : `–${number(target.high)}`}${suffix}`;
  return (
    <span>{sayKey(`indicators.operator.${target.operator}`)}{value} {target.year ?? t('indicators.every-year')}
      {target.tier !== null && <span className="xs block"><b>{t('indicators.tier-here', { value: `${number(target.tier.value)}${suffix}` })}</b></span>}
      {target.tier === null && target.tiers > 0 && <span className="xs muted block">{t('indicators.tiers-count', { count: target.tiers })}</span>}
      {target.commitment !== null && <span className="xs block">{t('indicators.committed', { value: `${number(target.commitment.value)}${suffix}`, basis: target.commitment.basis })} ({sayPeriod(target.commitment.period)})</span>}
      {target.baseline !== null && <span className="xs muted block">{t('indicators.baseline', { value: `${number(target.baseline.value)}${suffix}`, period: sayPeriod(target.baseline.period) })}</span>}
    </span>
  );
}
