import { useEffect, useRef } from 'react';
import { clock } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { Card } from '#web/kit/card.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Notice } from '#web/kit/notice.tsx';
import type { Entry } from '#web/offline/outbox.ts';
import { stateOfProgress } from '../entry/boxes.ts';
import type { ReturnForm } from '../schema.ts';
import type { FieldWriter } from '#web/offline/field-writer.ts';
import type { GridStore } from './grid-store.ts';
import { HelpCard } from './help-card.tsx';
import { EntryState } from './send-state.tsx';
import { useNear, useSaved, useTotals } from './use-grid.ts';
import { lineOf, periodName, say, sayFinding, sayText, sayUnreasoned } from './words.ts';

/** Sections with their counters: not looked at, begun and complete look different, and so does one with a mistake. */
export function SectionSteps({ store, current, onChoose }: { readonly store: GridStore; readonly current: string | undefined; readonly onChoose: (section: string) => void }) {
  const totals = useTotals(store);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => { // a phone shows two of them at a time: the one in hand is among them
    const item = list.current?.querySelector<HTMLElement>('[aria-current]')?.parentElement;
    if (item && list.current) list.current.scrollLeft = item.offsetLeft - 16;
  }, [current]);
  return (
    <nav className="steps" aria-label={t('returns.sections')}>
      <div className="card"><ol ref={list}>{store.outline.sections.map((section) => {
        const counts = totals.sections.get(section.id) ?? { filled: 0, of: 0, wrong: false };
        const state = stateOfProgress(counts);
        return (
          <li key={section.id}><button type="button" aria-current={section.id === current ? 'step' : undefined} onClick={() => onChoose(section.id)}>
            <span className={counts.wrong ? 'c-bad' : state === 'complete' ? 'c-ok' : state === 'begun' ? 'c-done' : 'c-idle'}><Icon name={counts.wrong ? 'bad' : state === 'complete' ? 'ok' : state === 'begun' ? 'half' : 'idle'} size={17} label={t(counts.wrong ? 'returns.section-wrong' : `returns.section-${state}`)} /></span>
            <span>{section.number}. {say(section.name)}</span><span className="n">{counts.filled}/{counts.of}</span>
          </button></li>
        );
      })}</ol></div>
      <div className="hide-s outline-bar"><p className="small muted">{t('returns.filled', { filled: totals.filled, of: totals.of })}</p><ProgressBar share={totals.of === 0 ? 0 : totals.filled / totals.of} label={t('returns.filled', { filled: totals.filled, of: totals.of })} /></div>
    </nav>
  );
}

/**
 * What must be corrected and what asks for a sentence, each a way to its row, in the row's own words. It stands after "Kiểm tra", not
 * while figures are typed: a list that grows above the grid would move the box away under the hand.
 * @param attempt grows with each press; 0: not yet asked
 */
export function EntryErrors({ store, attempt, onGo }: { readonly store: GridStore; readonly attempt: number; readonly onGo: (slot: number) => void }) {
  const totals = useTotals(store);
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (attempt > 0) box.current?.focus(); }, [attempt]);
  if (attempt === 0) return null;
  const unreasoned = store.unreasoned();
  if (totals.errors === 0 && totals.warnings === 0 && unreasoned.length === 0) return <section ref={box} tabIndex={-1} data-quiet-focus><Notice tone="ok"><p>{t('returns.nothing-blocks')}</p></Notice></section>;
  const findings = [...store.allFindings()].filter((finding) => finding.severity === 'hard' || store.explanationOf(finding) === '').sort((a, b) => (a.severity === b.severity ? a.slot - b.slot : a.severity === 'hard' ? -1 : 1));
  const link = (slot: number, text: string, tone: string) => <a href={`#o-${slot}`} className={tone} onClick={(event) => { event.preventDefault(); onGo(slot); }}>{text}</a>;
  return (
    <section className="errs" aria-labelledby="can-sua" ref={box} tabIndex={-1} data-quiet-focus>
      <h2 id="can-sua">{t('returns.errors-and-questions', { errors: totals.errors + unreasoned.length, questions: totals.warnings })}</h2>
      <ul>
        {store.wrongTexts().map(([slot, problem]) => <li key={`t${slot}`}>{link(slot, sayText(store, slot, problem), 'c-bad')}</li>)}
        {unreasoned.map((box) => <li key={`p${box.slot}`}>{link(box.slot, sayUnreasoned(box), 'c-bad')}</li>)}
        {findings.map((finding) => <li key={finding.rule + finding.slot}>{link(finding.slot, t('returns.line-says', { line: lineOf(store, finding.slot), says: sayFinding(finding, store) }), finding.severity === 'hard' ? 'c-bad' : 'c-warn')}</li>)}
      </ul>
    </section>
  );
}

type BarProps = { readonly store: GridStore; readonly writer: FieldWriter; readonly latest: Entry | undefined; readonly readOnly: boolean; readonly onUndo: () => void; readonly onReview: () => void; readonly onCheck: () => void };
/** Foot of the page: where the figures are now, how far the form is, and the way on. */
export function EntryBar({ store, writer, latest, readOnly, onUndo, onReview, onCheck }: BarProps) {
  const totals = useTotals(store);
  const { savedAt } = useSaved(writer);
  return (
    <div className="sendbar">
      <span className="sendstate" role="status">
        {latest && !store.changed ? <EntryState entry={latest} /> : savedAt !== undefined && <><Icon name="ok" /> {t('outbox.saved-here', { at: clock(savedAt) })}</>}
        {store.canUndo && <button type="button" className="linkish hide-s" onClick={onUndo}>{t('kit.undo')}</button>}
      </span>
      <span className="grow hide-s" />
      <span className="small muted">{t('returns.bar', { filled: totals.filled, of: totals.of, errors: totals.errors })}</span>
      {!readOnly && <><Button onClick={onCheck}>{t('returns.check')}</Button><Button look="primary" onClick={onReview}>{t('returns.review-and-send')}</Button></>}
    </div>
  );
}

/** A unit made of others since: whose figures stand beside its boxes, said once over the grid. */
export function MadeOfNotice({ form }: { readonly form: ReturnForm }) {
  const folded = form.months.filter((month) => month.before !== null);
  const { period, before } = folded.at(-1) ?? {};
  if (period === undefined || !before) return null;
  const units = before.units.map(named).join(', ');
  return <Notice><p>{before.apart ? t('returns.past-apart', { units, last: periodName(period) }) : t('returns.past-folded', { units, last: periodName(period), reported: before.reported, of: before.units.length })}</p></Notice>;
}

/** Said as soon as the device refuses to keep a key. */
export const NotKept = ({ writer }: { readonly writer: FieldWriter }) => (useSaved(writer).failed ? <Notice tone="bad" live><p>{t('returns.not-kept')}</p></Notice> : null);

/** Beside the grid: the row the hand rests in. */
export function HelpAside({ store, readOnly }: { readonly store: GridStore; readonly readOnly: boolean }) {
  const near = useNear(store);
  return <aside className="aside-help" aria-label={t('returns.help')}>{near && <Card title={`${near.number} ${say(near.element.shortName)}`}><div className="helpcard"><HelpCard store={store} box={near} readOnly={readOnly} /></div></Card>}</aside>;
}
