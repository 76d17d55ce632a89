import { day, moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import type { AreaCaseEntry, CaseView, DecisionMade, Objection } from '../schema/procedure.ts';
import { CriteriaTable } from './case-proposal.tsx';
import { moveWord, postWord, stateWord, statusKind, statusWord } from './words.ts';
import { caseMoves } from '../schema/procedure-words.ts';

/** What two persons signed, the newest first; a decision set aside stays in the history. */
export function DecisionsCard({ view }: { readonly view: CaseView }) {
  const signing = view.row.state === 'concluded' || view.row.state === 'signed-once';
  const decisions = [...view.decisions].sort((a, b) => b.round - a.round || (a.decidedOn < b.decidedOn ? 1 : -1));
  return (
    <Card title={t('classification.decision')} say={t('classification.two-sign')} tools={view.decisions.some((one) => one.publishedAt !== null) ? <A to={`/cong-khai/khong-ma-tuy/${view.row.province}/${view.row.period}`}>{t('classification.public-notice')}</A> : undefined}>
      <div className="stack-m">
        {decisions.length === 0 && <EmptyState icon={signing ? 'edit' : 'clock'} title={t(signing ? 'classification.waits-signatures' : 'classification.not-decided')}>{t('classification.not-decided-say')}</EmptyState>}
        {decisions.map((one) => <Decision key={`${one.round} ${one.number}`} decided={one} />)}
      </div>
    </Card>
  );
}

function Decision({ decided }: { readonly decided: DecisionMade }) {
  return (
    <div className="stack-s">
      <p className="row"><StatusBadge kind={decided.setAside === null ? statusKind(decided.status) : 'idle'}>{statusWord(decided.status)}</StatusBadge><b>{t('classification.decision-of', { number: decided.number, day: day(decided.decidedOn) })}</b>{decided.late && <StatusBadge bare kind="warn">{t('classification.decided-late')}</StatusBadge>}</p>
      {decided.setAside !== null && <Notice tone="warn"><p>{t('classification.set-aside', { at: moment(decided.setAside.at) })} {sayKey(`classification.aside.${decided.setAside.why}`)}</p></Notice>}
      {decided.againstProposal && <Notice tone="warn"><p><b>{t('classification.against-proposal', { proposed: statusWord(decided.proposed) })}</b> {t('classification.reason')}: {decided.reason}</p></Notice>}
      <ul className="signers">{(['adviser', 'head'] as const).map((order) => {
        const signed = decided.signatures.find((one) => one.order === order);
        return (
          <li key={order} className={signed === undefined ? undefined : 'got'}>
            <span className="muted xs block">{t(`classification.signs-${order}`)}</span>
            {signed === undefined ? t('classification.unsigned') : <><span className="row tight"><Icon name="ok" size={14} /><b>{postWord(signed.post)}</b></span><span className="block">{signed.officeNameVi}</span><span className="xs muted block">{moment(signed.at)} · <code title={signed.digest}>{signed.digest.slice(0, 12)}</code></span></>}
          </li>
        );
      })}</ul>
      {(decided.publishedAt !== null || decided.inForceFrom !== null) && <p className="small muted">{decided.publishedAt !== null && t('classification.published-at', { at: moment(decided.publishedAt) })} {decided.inForceFrom !== null && t('classification.in-force-from', { day: day(decided.inForceFrom) })}</p>}
      {decided.proposal.criteria.length > 0 && decided.proposal.digest !== '' && <details className="source-rows"><summary>{t('classification.evidence-signed', { digest: decided.proposal.digest.slice(0, 12) })}</summary><CriteriaTable criteria={decided.proposal.criteria} caption={t('classification.evidence-signed', { digest: decided.proposal.digest.slice(0, 12) })} /></details>}
    </div>
  );
}

/** Objections about the place, each with its answer. */
export function ObjectionsCard({ view }: { readonly view: CaseView }) {
  const until = view.days.objectionsUntil;
  if (view.objections.length === 0 && until === null) return null;
  return (
    <Card title={t('classification.objections')} say={until === null ? undefined : t('classification.objections-until', { day: day(until) })}>
      {view.objections.length === 0 ? <p className="muted">{t('classification.objections-none')}</p> : <ul className="stack-m">{view.objections.map((one) => <li key={one.id}><OneObjection objection={one} /></li>)}</ul>}
    </Card>
  );
}

const OneObjection = ({ objection: one }: { readonly objection: Objection }) => (
  <div className="stack-s">
    <p><b>{sayKey(`objection-source.${one.source}`)}</b>{one.reference !== '' && ` · ${one.reference}`} <span className="small muted">{moment(one.by.at)}, {one.by.officeNameVi}</span></p>
    <p className="letter">{one.text}</p>
    {one.answer === null ? <StatusBadge kind="half">{t('classification.unanswered')}</StatusBadge> : <Notice tone={one.answer.upheld ? 'warn' : 'info'}><p><b>{t(one.answer.upheld ? 'classification.upheld' : 'classification.not-upheld')}</b>. {one.answer.text} <span className="muted">{postWord(one.answer.by.post)}, {moment(one.answer.by.at)}</span></p></Notice>}
  </div>
);

const entryWord = (entry: AreaCaseEntry): string => { const move = caseMoves.find((one) => one === entry.move); return move === undefined ? sayKey(`classification.entry.${entry.move}`) : moveWord(move); };

/** Every step, the newest first; nothing here is ever changed or removed. */
export const CaseHistory = ({ view }: { readonly view: CaseView }) => (
  <Card title={t('classification.case-history')} say={t('classification.case-history-say')}>
    <Timeline entries={[...view.history].sort((a, b) => b.seq - a.seq).map((entry) => ({
      key: String(entry.seq), at: entry.at, who: entry.post === null ? t('classification.by-machine') : `${postWord(entry.post)}${entry.officeNameVi === null ? '' : `, ${entry.officeNameVi}`}`, ...(entry.move === 'return' || entry.move === 'evidence-changed' ? { tone: 'bad' as const } : {}),
      what: <><b>{entryWord(entry)}</b>{entry.from !== null && entry.from !== entry.to ? ` → ${stateWord(entry.to)}` : ''}{entry.status === null ? '' : `: ${statusWord(entry.status)}`}{entry.text !== '' && <span className="block">{entry.text}</span>}</>,
    }))} />
  </Card>
);
