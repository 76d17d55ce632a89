import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { CaseState } from '../schema/procedure-words.ts';
import type { CaseView } from '../schema/procedure.ts';
import { leftWords } from './words.ts';

type Step = { readonly key: string; readonly title: string; readonly say: string; readonly at: 'done' | 'on' | 'later' };

/** How far a state lies along the six steps; a case given back stands at the first. */
const reached: Readonly<Record<CaseState, number>> = { preparing: 0, returned: 0, submitted: 1, 'in-council': 1, concluded: 2, 'signed-once': 2, decided: 3, published: 4, 'in-force': 6, dropped: 6 };

const until = (on: string | null, shown: string): string => (on === null ? shown : `${shown} · ${day(on)}, ${leftWords(on)}`);

function stepsOf(view: CaseView): Step[] {
  const { row, days } = view;
  const here = reached[row.state];
  const at = (index: number): Step['at'] => (index < here ? 'done' : index === here ? 'on' : 'later');
  const decided = view.decisions.findLast((one) => one.setAside === null);
  const province = row.unit.level === 'province';
  return [
    { key: 'self', title: t('classification.step-self'), say: here === 0 ? until(days.selfAssessmentUntil, t('classification.step-self-say', { day: day(days.periodLast) })) : t('classification.step-self-done'), at: at(0) },
    { key: 'council', title: t(province ? 'classification.step-council-ministry' : 'classification.step-council'), say: t('classification.step-council-say', { count: row.opinions, seats: row.seats, quorum: view.quorum }), at: at(1) },
    { key: 'decision', title: t('classification.step-decision'), say: decided === undefined ? until(here <= 2 ? days.decisionUntil : null, t(province ? 'classification.step-decision-ministry' : 'classification.step-decision-say')) : t('classification.decision-of', { number: decided.number, day: day(decided.decidedOn) }), at: at(2) },
    { key: 'notice', title: t('classification.step-notice'), say: t('classification.step-notice-say'), at: at(3) },
    { key: 'objections', title: t('classification.step-objections'), say: here === 4 ? until(days.objectionsUntil, t('classification.open-objections', { count: row.openObjections })) : t('classification.step-objections-say'), at: at(4) },
    { key: 'list', title: t('classification.step-list'), say: t('classification.step-list-say'), at: at(5) },
  ];
}

const words = { done: 'classification.step-done', on: 'classification.step-on', later: 'classification.step-later' } as const;

/** The path of a case: six steps, where it stands, and the day that binds. */
export const CaseSteps = ({ view }: { readonly view: CaseView }) => (
  <ol className="steps">{stepsOf(view).map((step, at) => (
    <li key={step.key} className={step.at} aria-current={step.at === 'on' ? 'step' : undefined}>
      <span className="mark" aria-hidden="true">{step.at === 'done' ? '✓' : at + 1}</span>
      <div><h3>{step.title}<span className="vh">: {t(words[step.at])}</span></h3><p className="muted">{step.say}</p></div>
    </li>
  ))}</ol>
);
