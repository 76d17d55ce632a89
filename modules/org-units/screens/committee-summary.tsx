import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { StackedBar } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import type { CommitteeBoard } from '../schema.ts';
import { partsOf } from './committee-words.ts';

/** The 34 committees in one bar, and the way to the whole list. */
export const CommitteeSummary = ({ board }: { readonly board: CommitteeBoard }) => (
  <>
    <p>{t('org-units.committees-line', { done: board.counts.onTime + board.counts.late, of: board.rows.length, missing: board.counts.missing, day: day(board.dueOn) })}</p>
    <StackedBar thin title={t('org-units.committees.title')} unit={t('org-units.committee-unit')} parts={partsOf(board.counts).map((part) => ({ ...part, label: sayKey(`org-units.state.${part.key}`) }))} />
    <p><A to="/ban-chi-dao">{t('org-units.committees-all')}</A></p>
  </>
);
