import { Fragment } from 'react';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { TextInput } from '#web/kit/field.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { cameIn, closeDay, closingOf, sumOf, wentOut } from '../rules/balance.ts';
import { boxOf, isCounted, soFar, type Typed } from '../rules/day-form.ts';
import { type Balance, type FlowKind, flowKinds, incoming, regimes } from '../schema.ts';

type Props = { readonly typed: Typed; readonly set: (box: string, value: string) => void; readonly opening: Balance; /** The box an error names. */ readonly wrong?: string | undefined; /** Begins the ids of its boxes: several days may stand on one page. */ readonly place?: string };
const text = (typed: Typed, box: string): string => { const value = typed[box]; return typeof value === 'string' ? value : ''; };
const outgoing = flowKinds.filter((kind) => !incoming.includes(kind));

/** The boxes of one day, in the order of the roll-call: who came, who left and how, who is away, who was counted. A blank box is nobody. */
export function DayFields({ typed, set, opening, wrong, place = 'o' }: Props) {
  const box = (name: string, label: string, more: { readonly hint?: string; readonly bare?: boolean } = {}) => (
    <TextInput id={`${place}-${name}`} label={label} hideLabel={more.bare === true} hint={more.hint} inputMode="numeric" autoComplete="off" width="short" placeholder={name === 'present' ? undefined : '0'} value={text(typed, name)} onText={(value) => set(name, value)} error={wrong === name ? t('facilities.not-a-count') : undefined} />
  );
  const part = (legend: string, kinds: readonly FlowKind[]) => (
    <fieldset className="day-part"><legend>{legend}</legend>
      <div className="day-grid">
        <span className="h">{t('facilities.people')}</span>{regimes.map((regime) => <span className="h" key={regime}>{t(`facilities.${regime}`)}</span>)}
        {kinds.map((kind) => (
          <Fragment key={kind}>
            <span className="l">{t(`facilities.flow-${kind}`)}<small>{sayKey(`facilities.flow-${kind}-say`)}</small></span>
            {regimes.map((regime) => <Fragment key={regime}>{box(boxOf(regime, kind), `${t(`facilities.flow-${kind}`)}, ${t(`facilities.${regime}`)}`, { bare: true })}</Fragment>)}
          </Fragment>
        ))}
      </div>
    </fieldset>
  );
  return (
    <>
      <p className="muted">{t('facilities.opens-with', { all: number(sumOf(opening)), voluntary: number(opening.voluntary), compulsory: number(opening.compulsory) })}</p>
      {part(t('facilities.came'), incoming)}
      {part(t('facilities.went'), outgoing)}
      <fieldset className="day-part"><legend>{t('facilities.roll-call')}</legend>
        <div className="day-rest">
          {box('absent', t('facilities.absent'), { hint: t('facilities.absent-hint') })}
          {box('present', t('facilities.present'), { hint: t('facilities.present-hint') })}
          {box('firstEver', t('facilities.first-ever'), { hint: t('facilities.first-ever-hint') })}
          {box('waitedDays', t('facilities.waited-days'), { hint: t('facilities.waited-days-hint') })}
          {box('waiting', t('facilities.waiting'), { hint: t('facilities.waiting-hint') })}
        </div>
      </fieldset>
    </>
  );
}

/** The balance as it is typed: before the roll-call is written nothing is said to be wrong. */
export function BalanceLine({ typed, opening }: Pick<Props, 'typed' | 'opening'>) {
  const figures = soFar(typed);
  const there = sumOf(closingOf(opening, figures));
  const closed = closeDay(opening, figures);
  const counted = isCounted(typed);
  return (
    <p className="day-sum" aria-live="polite">
      {t('facilities.balance-line', { opening: number(sumOf(opening)), came: number(cameIn(figures.voluntary) + cameIn(figures.compulsory)), went: number(wentOut(figures.voluntary) + wentOut(figures.compulsory)), there: number(there), absent: number(figures.absent), expected: number(there - figures.absent) })}{' '}
      {!counted ? <StatusBadge kind="idle" bare>{t('facilities.count-first')}</StatusBadge> : closed.ok ? <StatusBadge kind="ok" bare>{t('facilities.closes')}</StatusBadge> : <StatusBadge kind="bad" bare>{sayKey(`problem.${closed.problem.code}`, factsOf(closed.problem))}</StatusBadge>}
    </p>
  );
}
export const factsOf = (problem: object): Record<string, string | number> => Object.fromEntries(Object.entries(problem).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'));
