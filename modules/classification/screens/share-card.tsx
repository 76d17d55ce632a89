import { number, percent } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { StackedBar, type Part } from '#web/kit/charts.tsx';
import type { Compact } from '#modules/indicators/schema.ts';
import type { DrugFreeShare, Tally } from '../schema/verdict.ts';
import { CompactText, unitSuffix } from './figures.tsx';
import { figurePeriod, outcomeWord, textOf } from './words.ts';

type Beside = { readonly period: string; readonly id: string; readonly name: { readonly vi: string; readonly en: string }; readonly unit: string; readonly decimals: number };

/** Figures of rights and care in the order of `besideOf`: they go wherever a drug-free share goes (SECURITY E13). */
export const BesideFacts = ({ values, besideOf }: { readonly values: readonly Compact[]; readonly besideOf: readonly Beside[] }) => (
  <dl className="facts">{besideOf.map((one, at) => <div key={one.id}><dt>{textOf(one.name)}</dt><dd><CompactText value={values[at] ?? null} decimals={one.decimals} suffix={unitSuffix(one.unit)} /></dd></div>)}</dl>
);

/** The same in one line, for cells of a table. */
export const BesideLine = ({ values, besideOf }: { readonly values: readonly Compact[]; readonly besideOf: readonly Beside[] }) => (
  <span className="rights-s">{besideOf.map((one, at) => <span key={one.id}>{at > 0 && ' · '}{textOf(one.name)} <CompactText value={values[at] ?? null} decimals={one.decimals} suffix={unitSuffix(one.unit)} /></span>)}</span>
);

export const shareText = (share: number | null): string => (share === null ? '–' : percent(share / 100));

type ShareProps = { readonly share: DrugFreeShare; readonly besideOf: readonly Beside[]; readonly communes: number; readonly drugFree: number; readonly decided: number | null };
/** The share, never alone. */
export const ShareCard = ({ share, besideOf, communes, drugFree, decided }: ShareProps) => (
  <Card title={t('classification.share')} say={`${t('classification.share-say')}${besideOf[0] === undefined ? '' : ` ${t('classification.beside-period', { period: figurePeriod(besideOf[0].period) })}`}`}>
    <div className="beside">
      <div className="share"><span className="small">{t('classification.share-proposed')}</span><b>{shareText(share.proposed)}</b><span className="small muted">{t('classification.of-communes', { count: drugFree, of: communes })}</span>
        <span className="small block">{decided === null ? t('classification.none-decided') : t('classification.share-decided', { share: shareText(share.decided), count: decided })}</span></div>
      <BesideFacts values={share.beside} besideOf={besideOf} />
    </div>
  </Card>
);

const parts = (tally: Tally): Part[] => [
  { key: 'drug-free', label: outcomeWord('drug-free'), count: tally.drugFree, fill: 'ok' }, { key: 'to-conclude', label: outcomeWord('to-conclude'), count: tally.toConclude, fill: 'warn' },
  { key: 'classes', label: t('classification.classed'), count: tally.I + tally.II + tally.III + tally.notClassified, fill: 'done' },
  { key: 'cannot-judge', label: outcomeWord('cannot-judge'), count: tally.cannotJudge, fill: 'idle' },
];

/** All communes by what is proposed, and by what is decided; classes with their own figures, in words. */
export const TallyCard = ({ proposed, decided, say }: { readonly proposed: Tally; readonly decided: Tally | null; readonly say: string }) => (
  <Card title={t('classification.tally')} say={say}>
    <StackedBar title={t('classification.tally')} parts={parts(proposed)} unit={t('classification.communes')} />
    <p className="small">{t('classification.classes-counted', { one: number(proposed.I), two: number(proposed.II), three: number(proposed.III), none: number(proposed.notClassified) })}</p>
    {decided !== null && decided.total > 0 && <p className="small muted">{t('classification.decided-counted', { free: number(decided.drugFree), one: number(decided.I), two: number(decided.II), three: number(decided.III), none: number(decided.notClassified) })}</p>}
  </Card>
);
