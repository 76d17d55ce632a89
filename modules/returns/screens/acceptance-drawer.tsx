import { useEffect, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { number } from '#web/i18n/format.ts';
import { named, sayKey, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Pairs } from '#web/kit/card.tsx';
import { Drawer } from '#web/kit/dialog.tsx';
import { TextArea } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { homeReach, useSession } from '#web/session.tsx';
import { type Act, decideReturns, type DecisionVerdict, listAcceptances, type Verdict } from '../schema.ts';
import { pathOf } from './use-return.ts';
import { periodName } from './words.ts';

type Answer = ReplyOf<typeof listAcceptances>;
type DrawerProps = { readonly province: string; readonly period: string; readonly dataSet: string; readonly onClose: () => void; readonly onDone: () => void };
/** As many as one request decides on. */
const most = 500;

/** One province's returns of a period before the ministry. */
export function AcceptanceDrawer({ province, period, dataSet, onClose, onDone }: DrawerProps) {
  const detail = useQuery(listAcceptances, { query: { province, period, dataSet } });
  const unit = detail.value?.rows[0]?.unit;
  return (
    <Drawer open title={`${unit === undefined ? t('returns.acceptance') : named(unit)}, ${periodName(period).toLowerCase()}`} onClose={onClose}>
      <RemoteView of={detail} isEmpty={({ rows }) => rows.length === 0} empty={<p className="muted">{t('returns.acceptance-none')}</p>}>
        {(found) => <Province key={`${found.waiting.length}/${found.accepted.length}`} found={found} onDone={() => { detail.reload(); onDone(); }} />}
      </RemoteView>
    </Drawer>
  );
}

type Asking = Extract<Verdict, 'return' | 'unapprove'>;
function Province({ found, onDone }: { readonly found: Answer; readonly onDone: () => void }) {
  const decide = useCommand(decideReturns);
  const [asking, setAsking] = useState<Asking>();
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<readonly DecisionVerdict[]>([]);
  const [row] = found.rows;
  const decides = homeReach(useSession()).level === 'nation';
  useEffect(() => { if (asking !== undefined) document.getElementById('ly-do-nghiem-thu')?.focus(); }, [asking]); // a browser heeds autofocus once a page
  if (row === undefined) return null;
  const run = async (verdict: Verdict): Promise<void> => {
    const items = (verdict === 'unapprove' ? found.accepted : found.waiting).slice(0, most);
    const answer = await decide.run({ body: { items, step: 'ministry', verdict, ...(verdict === 'accept' ? {} : { reason: reason.trim() }) } });
    if (!answer.ok) return;
    setRefused(answer.value.items.filter((one) => !one.ok));
    toast(t(verdict === 'unapprove' ? 'returns.decided-unaccept' : `returns.decided-${verdict}`, { count: answer.value.decided, unit: named(row.unit) }));
    setAsking(undefined);
    setReason('');
    onDone();
  };
  const text = reason.trim();
  const wrong = text.length < 3 || looksPersonal(text);
  return (
    <div className="stack">
      <Pairs pairs={[[t('returns.acceptance-received'), `${number(row.received)}/${number(row.expected)}`], [t('returns.acceptance-before'), number(row.before)], [t('returns.acceptance-waiting'), number(row.waiting)], [t('returns.acceptance-accepted'), number(row.accepted)], [t('returns.acceptance-returned'), number(row.returned)], [t('returns.acceptance-open'), number(row.openViolations)]]} />
      <ProblemNotice problem={decide.problem} />
      {refused.length > 0 && <Notice tone="warn" live><p>{t('returns.not-decided', { count: refused.length })}</p><ul>{refused.slice(0, 5).map((one) => <li key={one.key.unit}>{one.key.unit}: {sayKey(`problem.${one.problem ?? ''}`)}</li>)}</ul></Notice>}
      {decides && asking === undefined && (
        <div className="actions">
          {found.waiting.length > 0 && <Button look="primary" icon="ok" busy={decide.busy} onClick={() => void run('accept')}>{t('returns.acceptance-accept', { count: Math.min(most, found.waiting.length) })}</Button>}
          {found.waiting.length > 0 && <LinkButton to="/bao-cao/duyet" query={{ buoc: 'ministry', tinh: row.unit.province, ky: found.period ?? undefined, bieu: found.dataSet ?? undefined }}>{t('returns.acceptance-one-by-one')}</LinkButton>}
          {found.waiting.length > 0 && <Button look="danger" onClick={() => setAsking('return')}>{t('returns.acceptance-return')}</Button>}
          {found.accepted.length > 0 && <Button onClick={() => setAsking('unapprove')}>{t('returns.acceptance-unaccept', { count: Math.min(most, found.accepted.length) })}</Button>}
        </div>
      )}
      {asking !== undefined && (
        <Notice tone="warn">
          <TextArea id="ly-do-nghiem-thu" label={t('returns.reason')} hint={t(asking === 'return' ? 'returns.reason-hint' : 'returns.unapprove-hint')} value={reason} onText={setReason} rows={3} maxLength={2000} {...(looksPersonal(text) ? { error: t('returns.personal-note') } : {})} />
          <div className="actions"><Button look="danger" disabled={wrong} busy={decide.busy} onClick={() => void run(asking)}>{asking === 'return' ? t('returns.acceptance-return') : t('returns.acceptance-unaccept', { count: Math.min(most, found.accepted.length) })}</Button><Button onClick={() => setAsking(undefined)}>{t('kit.cancel')}</Button></div>
        </Notice>
      )}
      <h3>{t('returns.acceptance-acts')}</h3>
      {found.acts.length === 0 ? <p className="muted">{t('returns.no-approvals')}</p> : (
        <Timeline entries={found.acts.map((act) => ({ key: act.command, at: act.at, who: act.office, ...(act.verdict === 'accept' ? {} : { tone: 'bad' as const }), what: <OneAct act={act} /> }))} />
      )}
    </div>
  );
}

/** The ministry's own word for taking back. */
export const sayVerdict = (verdict: Verdict): string => (verdict === 'unapprove' ? t('returns.verdict-unaccept') : sayKey(`returns.verdict-${verdict}`));

const OneAct = ({ act }: { readonly act: Act }) => (
  <>
    <b>{sayVerdict(act.verdict)}</b> {t('returns.acceptance-returns', { count: act.returns })}{act.sections !== null && ` · ${t('returns.sections-count', { count: act.sections.length })}`}
    {act.reason !== '' && <p>{act.reason}</p>}
    {act.contentHash !== null && <div><code className="xs">{act.contentHash.slice(0, 16)}</code></div>}
    {act.moved.length > 0 && <>
      <StatusBadge kind="warn" bare>{t('returns.acceptance-moved', { count: act.moved.length })}</StatusBadge>
      <ul className="small">{act.moved.slice(0, 50).map((one) => <li key={`${one.key.unit}${one.key.attribute}`}><A to={pathOf(one.key, '/lich-su')}>{named(one.unit)}</A>: {one.rev === one.now ? '' : `${t('returns.acceptance-revs', { rev: one.rev, now: one.now })}, `}{t(`returns.state-${one.state}`)}</li>)}</ul>
    </>}
  </>
);
