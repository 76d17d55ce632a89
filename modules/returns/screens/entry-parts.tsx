import type { ReactNode } from 'react';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { stateOfProgress } from '../entry/boxes.ts';
import type { GridStore } from './grid-store.ts';
import { useTotals } from './use-grid.ts';
import { lineOf, say, sayFinding } from './words.ts';

/** Sections with their counters: not looked at, begun and complete look different, and so does one with a mistake. */
export function SectionSteps({ store, current, onChoose }: { readonly store: GridStore; readonly current: string | undefined; readonly onChoose: (section: string) => void }) {
  const totals = useTotals(store);
  return (
    <nav className="steps" aria-label={t('returns.sections')}>
      <div className="card"><ol>{store.outline.sections.map((section) => {
        const counts = totals.sections.get(section.id) ?? { filled: 0, of: 0, wrong: false };
        const state = stateOfProgress(counts);
        return (
          <li key={section.id}><button type="button" aria-current={section.id === current ? 'step' : undefined} onClick={() => onChoose(section.id)}>
            <Icon name={counts.wrong ? 'bad' : state === 'complete' ? 'ok' : state === 'begun' ? 'half' : 'idle'} size={17} label={t(counts.wrong ? 'returns.section-wrong' : `returns.section-${state}`)} />
            <span>{section.number}. {say(section.name)}</span><span className="n">{counts.filled}/{counts.of}</span>
          </button></li>
        );
      })}</ol></div>
      <div className="hide-s outline-bar"><p className="small muted">{t('returns.filled', { filled: totals.filled, of: totals.of })}</p><ProgressBar share={totals.of === 0 ? 0 : totals.filled / totals.of} label={t('returns.filled', { filled: totals.filled, of: totals.of })} /></div>
    </nav>
  );
}

/** What must be corrected and what asks for a sentence, each a way to its row, in the row's own words. */
export function EntryErrors({ store, onGo }: { readonly store: GridStore; readonly onGo: (slot: number) => void }) {
  const totals = useTotals(store);
  if (totals.errors === 0 && totals.warnings === 0) return null;
  const findings = [...store.allFindings()].filter((finding) => finding.severity === 'hard' || store.explanationOf(finding) === '').sort((a, b) => (a.severity === b.severity ? a.slot - b.slot : a.severity === 'hard' ? -1 : 1));
  const link = (slot: number, text: string, tone: string) => <a href={`#o-${slot}`} className={tone} onClick={(event) => { event.preventDefault(); onGo(slot); }}>{text}</a>;
  return (
    <section className="errs" aria-labelledby="can-sua">
      <h2 id="can-sua">{t('returns.errors-and-questions', { errors: totals.errors, questions: totals.warnings })}</h2>
      <ul>
        {store.wrongTexts().map(([slot, problem]) => <li key={`t${slot}`}>{link(slot, t('returns.line-text', { line: lineOf(store, slot), text: problem.text }), 'c-bad')}</li>)}
        {findings.map((finding) => <li key={finding.rule + finding.slot}><Icon name={finding.severity === 'hard' ? 'bad' : 'warn'} size={14} /> {link(finding.slot, t('returns.line-says', { line: lineOf(store, finding.slot), says: sayFinding(finding, store) }), finding.severity === 'hard' ? 'c-bad' : 'c-warn')}</li>)}
      </ul>
    </section>
  );
}

type BarProps = { readonly store: GridStore; readonly savedAt: number | undefined; readonly readOnly: boolean; readonly onUndo: () => void; readonly onReview: () => void; readonly onCheck: () => void; readonly children: ReactNode };
/** Foot of the page: where the figures are now, how far the form is, and the way on. */
export function EntryBar({ store, readOnly, onUndo, onReview, onCheck, children }: BarProps) {
  const totals = useTotals(store);
  return (
    <div className="sendbar">
      <span className="sendstate" role="status">{children}{store.canUndo && <button type="button" className="linkish hide-s" onClick={onUndo}>{t('kit.undo')}</button>}</span>
      <span className="grow hide-s" />
      <span className="small muted">{t('returns.bar', { filled: totals.filled, of: totals.of, errors: totals.errors })}</span>
      {!readOnly && <><Button onClick={onCheck} disabled={totals.errors + totals.warnings === 0}>{t('returns.check')}</Button><Button look="primary" onClick={onReview}>{t('returns.review-and-send')}</Button></>}
    </div>
  );
}
