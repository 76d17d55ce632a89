import { moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import type { CaseView, Proposal } from '../schema/procedure.ts';
import { FigureText } from './figures.tsx';
import { articleWord, criterionKind, criterionVerdict, criterionWord, isTest, statusKind, statusWord, thresholdText, unitPath } from './words.ts';

type Noted = Proposal['criteria'][number];

/** The three tests in sight, the criteria of the classes folded away under them. */
export function CriteriaTable({ criteria, caption }: { readonly criteria: readonly Noted[]; readonly caption: string }) {
  const rest = criteria.filter((one) => !isTest(one.id));
  return (
    <>
      <NotedTable caption={caption} criteria={criteria.filter((one) => isTest(one.id))} />
      {rest.length > 0 && <details className="source-rows"><summary>{t('classification.class-criteria', { count: rest.length })}</summary><NotedTable caption={t('classification.class-criteria', { count: rest.length })} criteria={rest} /></details>}
    </>
  );
}

/** Criteria as a proposal wrote them down, with the article of each. */
function NotedTable({ criteria, caption }: { readonly criteria: readonly Noted[]; readonly caption: string }) {
  return (
    <Table caption={caption} hideCaption rows={criteria} rowKey={(one) => one.id} columns={[
      { key: 'criterion', header: t('classification.criterion'), rowHeader: true, cell: (one) => <>{criterionWord(one.id)}<small>{articleWord(one.article)}</small></> },
      { key: 'value', header: t('classification.value'), numeric: true, cell: (one) => <b><FigureText figure={one.value} decimals={4} /></b> },
      { key: 'threshold', header: t('classification.threshold'), cell: (one) => thresholdText(one.threshold) },
      { key: 'verdict', header: t('classification.verdict'), cell: (one) => <StatusBadge bare kind={criterionKind(one.id, one.verdict)}>{criterionVerdict(one.id, one.verdict)}</StatusBadge> },
    ]} />
  );
}

/** What the evidence proposes now: on approved returns, and beside it on those only reported; and what moved since a person concluded. */
export function ProposalCard({ view }: { readonly view: CaseView }) {
  const { proposalNow: approved, proposalReported: reported, evidenceChanged: changed } = view;
  return (
    <Card title={t('classification.proposal')} say={t('classification.proposal-say', { at: moment(approved.at) })} footer={<A to={withQuery(unitPath(view.row.unit), { ky: view.row.period })}>{t('classification.whole-trace')}</A>}>
      <div className="stack-m">
        {changed.length > 0 && <EvidenceChanged view={view} />}
        <dl className="pairs">
          <dt>{t('classification.on-approved')}</dt><dd><StatusBadge kind={statusKind(approved.status)}>{statusWord(approved.status)}</StatusBadge></dd>
          <dt>{t('classification.on-reported')}</dt><dd><StatusBadge bare kind={statusKind(reported.status)}>{statusWord(reported.status)}</StatusBadge>{reported.digest !== approved.digest && <span className="small muted block">{t('classification.reported-differs')}</span>}</dd>
        </dl>
        {approved.status === 'cannot-judge' && <Notice tone="warn"><p>{t('classification.cannot-say')}</p></Notice>}
        {approved.criteria.length > 0 && <CriteriaTable criteria={approved.criteria} caption={t('classification.proposal')} />}
      </div>
    </Card>
  );
}

function EvidenceChanged({ view }: { readonly view: CaseView }) {
  return (
    <Notice tone="warn">
      <p><b>{t('classification.evidence-changed', { count: view.evidenceChanged.length })}</b> {t('classification.evidence-changed-say')}</p>
      <ul className="bare-list">{view.evidenceChanged.map((one) => (
        <li key={one.id}>{criterionWord(one.id)} ({articleWord(one.article)}): <FigureText figure={one.before} decimals={4} /> → <FigureText figure={one.now} decimals={4} />, {criterionVerdict(one.id, one.verdictBefore)} → <b>{criterionVerdict(one.id, one.verdictNow)}</b></li>
      ))}</ul>
    </Notice>
  );
}
