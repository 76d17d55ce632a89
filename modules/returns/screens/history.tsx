import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { moment } from '#web/i18n/format.ts';
import { named, sayKey, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyText } from '#web/kit/copy-link.tsx';
import { Select, TextArea } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { type ApprovalRow, decideReturns, getReturnForm, getReturnHistory, getReturnRevision, type ReturnForm, type ReturnKey, type RevisionRow, type ShownValue, type Step } from '../schema.ts';
import { outlineOf } from '../entry/boxes.ts';
import './entry.css';
import { cellPath, pathOf, useReturnKey } from './use-return.ts';
import { fullName, periodName, say, shown } from './words.ts';

/** Every state a return was ever in: who, when, what moved, who approved which content, and the hash that proves it. */
export default function HistoryScreen() {
  const key = useReturnKey();
  const { attribute, ...params } = key;
  const query = attribute === '' ? {} : { attribute };
  const history = useQuery(getReturnHistory, { params, query });
  const form = useQuery(getReturnForm, { params, query });
  return (
    <>
      <PageHead title={t('returns.history-title', { unit: form.value ? named(form.value.unit) : key.unit, period: periodName(key.period).toLowerCase() })} say={form.value && t(`returns.state-${form.value.state}`)}
        crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }, { label: periodName(key.period), to: pathOf(key) }, { label: t('returns.history') }]} />
      <RemoteView of={history} isEmpty={(value) => value.revisions.length === 0} empty={<EmptyState title={t('returns.no-history')} icon="history" />}>
        {(value) => (
          <div className="stack">
            {value.revisions.some((revision) => revision.changes.some((change) => isHidden(change.before) || isHidden(change.after))) && <Notice><p>{t('returns.hidden-cells')}</p></Notice>}
            <Approvals approvals={value.approvals} form={form.value} shard={key} onChange={() => { history.reload(); form.reload(); }} />
            {value.revisions.length > 1 && <SideBySide shard={key} revisions={value.revisions} form={form.value} />}
            {value.revisions.map((revision) => <RevisionCard key={revision.rev} shard={key} revision={revision} />)}
          </div>
        )}
      </RemoteView>
    </>
  );
}

const isHidden = (value: ShownValue): boolean => typeof value === 'object' && value !== null;

const RevisionCard = ({ shard, revision }: { readonly shard: ReturnKey; readonly revision: RevisionRow }) => (
  <Card title={t('returns.revision', { rev: revision.rev })} say={<>{moment(revision.at)} · {sayKey(`returns.kind-${revision.kind}`)} · {revision.mine ? t('returns.by-me') : t('returns.by-account', { account: revision.account.slice(0, 8) })} · {t('returns.receipt', { code: revision.receiptCode })}</>}
    footer={revision.contentHash === null ? <span className="xs muted">{t('returns.hash-hidden')}</span> : <span className="xs">{t('returns.hash')} <code>{revision.contentHash}</code> <CopyText text={revision.contentHash} /></span>} flush>
    {revision.changes.length === 0 ? <p className="body muted">{t('returns.no-changes-shown')}</p> : <div className="scroll"><table className="tbl"><caption className="vh">{t('returns.revision', { rev: revision.rev })}</caption>
      <thead><tr><th scope="col">{t('returns.col-element')}</th><th scope="col" className="num">{t('returns.before')}</th><th scope="col" className="num">{t('returns.after')}</th></tr></thead>
      <tbody>{revision.changes.map((change) => <tr key={change.slot}><th scope="row"><A to={cellPath(shard, change.slot)} title={t('returns.open-cell')}>{say(change.name)}</A></th><td className="num">{shown(change.before)}</td><td className="num"><b>{shown(change.after)}</b></td></tr>)}</tbody>
    </table></div>}
  </Card>
);

type SideProps = { readonly shard: ReturnKey; readonly revisions: readonly RevisionRow[]; readonly form: ReturnForm | undefined };
function SideBySide({ shard, revisions, form }: SideProps) {
  const [left, setLeft] = useState(String(revisions[1]?.rev ?? 1));
  const [right, setRight] = useState(String(revisions[0]?.rev ?? 1));
  const { attribute, ...params } = shard;
  const query = attribute === '' ? {} : { attribute };
  const one = useQuery(getReturnRevision, { params: { ...params, rev: left }, query });
  const two = useQuery(getReturnRevision, { params: { ...params, rev: right }, query });
  const choices = revisions.map((revision) => ({ value: String(revision.rev), label: `${t('returns.revision', { rev: revision.rev })}, ${moment(revision.at)}` }));
  return (
    <Card title={t('returns.side-by-side')}>
      <div className="sidebyside"><Select label={t('returns.older')} value={left} choices={choices} onChoose={setLeft} /><Select label={t('returns.newer')} value={right} choices={choices} onChoose={setRight} /></div>
      <RemoteView of={one}>{(first) => <RemoteView of={two}>{(second) => <Compared first={first} second={second} form={form} shard={shard} />}</RemoteView>}</RemoteView>
    </Card>
  );
}

type Revision = ReplyOf<typeof getReturnRevision>;
type ComparedProps = { readonly first: Revision; readonly second: Revision; readonly form: ReturnForm | undefined; readonly shard: ReturnKey };
function Compared({ first, second, form, shard }: ComparedProps) {
  const names = new Map(form ? outlineOf(form).boxes.map((box) => [box.slot, `${box.number} ${fullName(box)}`]) : []);
  const valueIn = (revision: Revision, slot: number) => revision.values[revision.slots.indexOf(slot)] ?? null;
  const slots = [...new Set([...first.slots, ...second.slots])].filter((slot) => JSON.stringify(valueIn(first, slot)) !== JSON.stringify(valueIn(second, slot)));
  if (slots.length === 0) return <EmptyState title={t('returns.no-difference')} icon="ok" />;
  return (
    <div className="scroll" role="group" tabIndex={0} aria-label={t('returns.side-by-side')}><table className="tbl"><caption className="vh">{t('returns.side-by-side')}</caption>
      <thead><tr><th scope="col">{t('returns.col-element')}</th><th scope="col" className="num">{t('returns.revision', { rev: first.rev })}</th><th scope="col" className="num">{t('returns.revision', { rev: second.rev })}</th></tr></thead>
      <tbody>{slots.map((slot) => <tr key={slot}><th scope="row"><A to={cellPath(shard, slot)} title={t('returns.open-cell')}>{names.get(slot) ?? slot}</A></th><td className="num">{shown(valueIn(first, slot))}</td><td className="num"><b>{shown(valueIn(second, slot))}</b></td></tr>)}</tbody>
    </table></div>
  );
}

type ApprovalsProps = { readonly approvals: readonly ApprovalRow[]; readonly form: ReturnForm | undefined; readonly shard: ReturnKey; readonly onChange: () => void };
function Approvals({ approvals, form, shard, onChange }: ApprovalsProps) {
  const decide = useCommand(decideReturns);
  const [step, setStep] = useState<Step>();
  const [reason, setReason] = useState('');
  const unapprove = async (): Promise<void> => {
    if (form === undefined || step === undefined) return;
    const answer = await decide.run({ body: { items: [{ key: shard, rev: form.rev }], step, verdict: 'unapprove', reason: reason.trim() } });
    if (answer.ok && answer.value.decided > 0) { setStep(undefined); setReason(''); onChange(); }
  };
  return (
    <Card title={t('returns.approvals')} tools={form?.may.unapprove.map((one) => <Button key={one} size="small" onClick={() => setStep(one)}>{t('returns.unapprove', { step: t(`returns.step-${one}`) })}</Button>)}>
      {step !== undefined && (
        <div className="stack"><ProblemNotice problem={decide.problem} /><TextArea label={t('returns.reason')} hint={t('returns.unapprove-hint')} value={reason} onText={setReason} rows={3} />
          <div className="actions"><Button look="danger" busy={decide.busy} disabled={reason.trim().length < 3} onClick={() => void unapprove()}>{t('returns.unapprove', { step: t(`returns.step-${step}`) })}</Button><Button onClick={() => setStep(undefined)}>{t('kit.cancel')}</Button></div></div>
      )}
      {approvals.length === 0 ? <p className="muted">{t('returns.no-approvals')}</p> : (
        <Timeline entries={[...approvals].reverse().map((approval) => ({
          key: `${approval.at}${approval.seq}${approval.verdict}`, at: approval.at, who: approval.office, ...(approval.verdict === 'return' || approval.verdict === 'unapprove' ? { tone: 'bad' as const } : {}),
          what: <>{t(`returns.step-${approval.step}`)}: <b>{sayKey(`returns.verdict-${approval.verdict}`)}</b> {t('returns.revision', { rev: approval.rev })}{approval.sections !== null && ` · ${t('returns.sections-count', { count: approval.sections.length })}`}{!approval.holds && (approval.verdict === 'approve' || approval.verdict === 'accept') && <> <StatusBadge kind="warn" bare>{t('returns.changed-since')}</StatusBadge></>}{approval.reason !== '' && <p>{approval.reason}</p>}{approval.contentHash !== null && <><br /><code className="xs">{approval.contentHash.slice(0, 16)}</code></>}</>,
        }))} />
      )}
    </Card>
  );
}
