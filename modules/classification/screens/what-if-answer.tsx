import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { Card, StatStrip } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import type { ThresholdFlaw } from '../schema/criteria.ts';
import type { Tally } from '../schema/verdict.ts';
import type { WhatIf } from '../schema/what-if.ts';
import { BesideFacts, shareText } from './share-card.tsx';
import { outcomeKind, outcomeWord, unitWord } from './words.ts';

type Period = WhatIf['periods'][number];
const kinds = [['drug-free', 'drugFree'], ['I', 'I'], ['II', 'II'], ['III', 'III'], ['not-classified', 'notClassified'], ['to-conclude', 'toConclude'], ['cannot-judge', 'cannotJudge']] as const satisfies readonly (readonly [string, keyof Tally])[];
const signed = (change: number): string => (change > 0 ? `+${number(change)}` : number(change));

/** The replay, period by period: before and after on one line, what was gained and lost, and who moved. */
export const WhatIfAnswer = ({ answer }: { readonly answer: WhatIf }) => (
  <div className="stack" aria-live="polite">
    {answer.flaws.length > 0 && <Flaws flaws={answer.flaws} />}
    {answer.periods.map((period) => <OnePeriod key={period.period} period={period} besideOf={answer.besideOf} />)}
  </div>
);

/** Thresholds that leave a hole are told; those that overlap were refused before. */
const Flaws = ({ flaws }: { readonly flaws: readonly ThresholdFlaw[] }) => (
  <Notice tone="warn"><p><b>{t('classification.flaws', { count: flaws.length })}</b></p><ul className="bare-list">{flaws.map((one) => (
    <li key={`${one.code} ${one.quantity ?? ''} ${one.between.join(' ')} ${String(one.from)}`}>{sayKey(`classification.wrong.${one.code}`, { between: one.between.join(', '), from: one.from, to: one.to, quantity: one.quantity === null ? '' : sayKey(`classification.quantity.${one.quantity}`) })}</li>
  ))}</ul></Notice>
);

function OnePeriod({ period, besideOf }: { readonly period: Period; readonly besideOf: WhatIf['besideOf'] }) {
  const still = period.movedTotal === 0;
  return (
    <Card title={t('classification.replayed', { period: period.period })} say={period.decree === null ? undefined : t('classification.against', { number: period.decree.number })}>
      <div className="stack-m">
        <StatStrip stats={[
          { label: t('classification.gained'), value: signed(period.gained), note: t('classification.gained-say') },
          { label: t('classification.lost'), value: signed(period.lost === 0 ? 0 : -period.lost), note: t('classification.lost-say') },
          { label: t('classification.share'), value: `${shareText(period.shareBefore.proposed)} → ${shareText(period.shareAfter.proposed)}`, note: t('classification.share-before-after') },
          { label: t('classification.moved-all'), value: number(period.movedTotal), note: t('classification.of-total', { count: number(period.before.total) }) },
        ]} />
        <div><h3>{t('classification.read-beside')}</h3><BesideFacts values={period.shareAfter.beside} besideOf={besideOf} /></div>
        {still ? <Notice><p>{t('classification.nobody-moves')}</p></Notice> : (
          <div className="versus">
            <Compared before={period.before} after={period.after} period={period.period} />
            <Flows period={period} />
          </div>
        )}
        {period.moved.length > 0 && <Movers period={period} />}
        {period.provinces.length > 0 && <Notice><p><b>{t('classification.provinces-move', { count: period.provinces.length })}</b> {period.provinces.map((one) => `${unitWord(one)} (${outcomeWord(one.before)} → ${outcomeWord(one.after)})`).join('; ')}</p></Notice>}
      </div>
    </Card>
  );
}

const Compared = ({ before, after, period }: { readonly before: Tally; readonly after: Tally; readonly period: string }) => (
  <table className="tbl"><caption>{t('classification.side-by-side')}<span className="vh"> {period}</span></caption>
    <thead><tr><th scope="col">{t('classification.outcome-head')}</th><th scope="col" className="num">{t('classification.before')}</th><th scope="col" className="num">{t('classification.after')}</th><th scope="col" className="num">{t('classification.change')}</th></tr></thead>
    <tbody>{kinds.map(([outcome, key]) => <tr key={outcome}><th scope="row">{outcomeWord(outcome)}</th><td className="num">{number(before[key])}</td><td className="num">{number(after[key])}</td><td className="num delta">{after[key] === before[key] ? '0' : signed(after[key] - before[key])}</td></tr>)}</tbody>
  </table>
);

const Flows = ({ period }: { readonly period: Period }) => (
  <table className="tbl"><caption>{t('classification.flows')}<span className="vh"> {period.period}</span></caption>
    <thead><tr><th scope="col">{t('classification.from-outcome')}</th><th scope="col">{t('classification.to-outcome')}</th><th scope="col" className="num">{t('classification.communes')}</th></tr></thead>
    <tbody>{period.flows.filter((one) => one.before !== one.after).slice(0, 12).map((one) => <tr key={`${one.before} ${one.after}`}><th scope="row">{outcomeWord(one.before)}</th><td>{outcomeWord(one.after)}</td><td className="num">{number(one.communes)}</td></tr>)}</tbody>
  </table>
);

const Movers = ({ period }: { readonly period: Period }) => (
  <div className="moves" tabIndex={0} role="group" aria-label={t('classification.movers', { count: period.moved.length, of: period.movedTotal })}>
    <Table caption={t('classification.movers', { count: period.moved.length, of: period.movedTotal })} rows={period.moved} rowKey={(row) => row.code} columns={[
      { key: 'name', header: t('classification.commune'), rowHeader: true, cell: (row) => <A to={withQuery(`/xa/${row.code}`, { ky: period.period })}>{unitWord(row)}</A> },
      { key: 'before', header: t('classification.before'), cell: (row) => <StatusBadge bare kind={outcomeKind(row.before)}>{outcomeWord(row.before)}</StatusBadge> },
      { key: 'after', header: t('classification.after'), cell: (row) => <StatusBadge bare kind={outcomeKind(row.after)}>{outcomeWord(row.after)}</StatusBadge> },
    ]} />
  </div>
);
