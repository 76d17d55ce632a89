import { useEffect, useRef, useState } from 'react';
import { number } from '#web/i18n/format.ts';
import { named, sayKey, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { useKeys } from '#web/kit/keys.ts';
import { EmptyState, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Badge, StatusBadge } from '#web/kit/status.tsx';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { homeReach, useSession } from '#web/session.tsx';
import { listQueue, type QueueRow, type Step } from '../schema.ts';
import './entry.css';
import { ExportButton } from './export-button.tsx';
import { useReturnsFeed } from './follow.ts';
import { QueueDetail } from './queue-detail.tsx';
import { type Decisions, rowId, useDecisions } from './use-decisions.ts';
import { periodName, say } from './words.ts';

const steps = ['head', 'province', 'ministry'] as const;
const isStep = (text: string | null): text is Step => steps.some((step) => step === text);
const stepOfLevel: Readonly<Record<'commune' | 'province' | 'nation', Step>> = { commune: 'head', province: 'province', nation: 'ministry' };

/** A reviewer's sitting: what is unusual comes first, what is plain goes together, J K A R never leave the keyboard. */
export default function QueueScreen() {
  const [query, setQuery] = useQueryState();
  const reach = homeReach(useSession());
  const asked = query.get('buoc');
  const step: Step = isStep(asked) ? asked : stepOfLevel[reach.level];
  const [province, dataSet] = [query.get('tinh') ?? undefined, query.get('bieu') ?? undefined];
  const queue = useQuery(listQueue, { query: { step, ...(query.get('ky') === null ? {} : { period: query.get('ky') ?? '' }), ...(province === undefined ? {} : { province }), ...(dataSet === undefined ? {} : { dataSet }) } });
  const decisions = useDecisions();
  const { refused, problem, standing, forget, decide } = decisions;
  const [writing, setWriting] = useState(false);
  const askedAt = useRef(0);
  const again = (): void => { askedAt.current = Date.now(); queue.reload(); };
  useEffect(() => { if (queue.value !== undefined) forget(askedAt.current); }, [queue.value, forget]);
  const period = query.get('ky') ?? undefined;
  useReturnsFeed({ ...(period === undefined ? {} : { periods: [period] }), reload: again, hold: standing || writing });
  const approving = step === 'ministry' ? 'accept' as const : 'approve' as const;
  const rows = (queue.value?.rows ?? []).filter((row) => !decisions.isGone(step, row)); // anomalies first, as the server ranked them
  const plain = rows.filter((row) => row.plain && row.mayDecide);
  const unit = 'commune' in reach && reach.commune !== undefined ? reach.commune : 'province' in reach && reach.province !== undefined ? reach.province : '00';
  const shown = period ?? rows[0]?.key.period;
  const links = <>
    <ExportButton unit={unit} {...(shown === undefined ? {} : { period: shown })} {...(rows[0] === undefined ? {} : { dataSet: rows[0].key.dataSet })} />
    {step === 'ministry' && <LinkButton to="/bao-cao/nghiem-thu" icon="ok" query={{ ky: period }}>{t('returns.acceptance-by-province')}</LinkButton>}
    <LinkButton to="/bao-cao/can-xu-ly" icon="warn" query={{ ky: period }}>{t('returns.violations')}</LinkButton>
  </>;
  return (
    <>
      <PageHead title={t('returns.queue-title')} crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }, { label: t('returns.queue') }]}
        say={queue.value && t('returns.queue-say', { waiting: queue.value.waiting - decisions.goneAt(step), decided: queue.value.decided + decisions.goneAt(step), notSent: queue.value.notSent })}
        tools={<>{links}{province !== undefined && rows.some((row) => row.mayDecide) && <Button onClick={() => decide({ rows: rows.filter((row) => row.mayDecide).slice(0, 500), step, verdict: approving })}>{t('returns.accept-all', { count: Math.min(500, rows.filter((row) => row.mayDecide).length) })}</Button>}{plain.length > 0 && <Button look="primary" icon="ok" onClick={() => decide({ rows: plain.slice(0, 500), step, verdict: approving })}>{t('returns.approve-plain', { count: Math.min(500, plain.length) })}</Button>}</>} />
      <FilterChips label={t('returns.step')} value={step} onChoose={(value) => setQuery({ buoc: value, tinh: undefined, bieu: undefined })} choices={steps.map((value) => ({ value, label: t(`returns.step-${value}`) }))} />
      <ProblemNotice problem={problem} />
      {refused.length > 0 && <Notice tone="warn" live><p>{t('returns.not-decided', { count: refused.length })}</p><ul>{refused.slice(0, 5).map((one) => <li key={one.key.unit + one.key.period + one.key.dataSet}>{one.key.unit}: {sayKey(`problem.${one.problem ?? ''}`)}</li>)}</ul></Notice>}
      {queue.value?.more === true && <Notice><p>{t('returns.queue-more', { shown: rows.length, waiting: queue.value.waiting - decisions.goneAt(step) })}</p></Notice>}
      <RemoteView of={queue}>{() => (rows.length === 0 ? <EmptyState icon="ok" title={t('returns.all-decided')} action={<Button onClick={again}>{t('kit.try-again')}</Button>}>{t('returns.all-decided-say', { notSent: queue.value?.notSent ?? 0 })}</EmptyState> : <Sitting rows={rows} step={step} decide={decide} onWriting={setWriting} />)}</RemoteView>
    </>
  );
}

type SittingProps = { readonly rows: readonly QueueRow[]; readonly step: Step; readonly decide: Decisions['decide']; readonly onWriting: (writing: boolean) => void };
function Sitting({ rows, step, decide, onWriting }: SittingProps) {
  const [chosen, setChosen] = useState<string>();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [returning, setReturning] = useState(false);
  const at = Math.max(0, rows.findIndex((row) => rowId(row) === chosen));
  const row = rows[at];
  const first = row && rowId(row);
  useEffect(() => { if (first !== undefined) setChosen(first); }, [first]); // news may rank another row above the one being read
  useEffect(() => { onWriting(returning); return () => onWriting(false); }, [onWriting, returning]); // a reason half written is not taken away
  const pick = (index: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!next) return;
    setReturning(false);
    setChosen(rowId(next));
    document.getElementById(`hang-${rowId(next)}`)?.scrollIntoView({ block: 'nearest' });
  };
  /** After a decision the next one stands where this one was. */
  const done = (made: Parameters<typeof decide>[0]): void => {
    const next = rows[at + 1] ?? rows[at - 1];
    setChosen(next && rowId(next));
    setReturning(false);
    decide(made);
  };
  const both = rows.filter((one) => marked.has(markOf(one)) && one.mayDecide);
  useKeys([
    { key: 'j', labelKey: 'kit.key-next', run: () => pick(at + 1) }, { key: 'k', labelKey: 'kit.key-previous', run: () => pick(at - 1) },
    { key: 'a', labelKey: 'returns.approve', run: () => { if (row?.mayDecide) done({ rows: [row], step, verdict: step === 'ministry' ? 'accept' : 'approve' }); } },
    { key: 'r', labelKey: 'returns.give-back', run: () => { if (row?.mayDecide) setReturning(true); } },
    { key: 'x', labelKey: 'returns.mark', run: () => { if (row) setMarked(toggled(marked, markOf(row))); } },
  ]);
  return (
    <div className="queue">
      <Card title={t('returns.waiting', { count: rows.length })} flush tools={both.length > 0 && <Button size="small" onClick={() => { decide({ rows: both, step, verdict: step === 'ministry' ? 'accept' : 'approve' }); setMarked(new Set()); }}>{t(step === 'ministry' ? 'returns.accept-marked' : 'returns.approve-marked', { count: both.length })}</Button>}>
        <ol aria-label={t('returns.waiting', { count: rows.length })}>{rows.map((one, index) => (
          <li key={rowId(one)} id={`hang-${rowId(one)}`} className={`qrow${index === at ? ' on' : ''}`}>
            <input type="checkbox" aria-label={t('kit.choose-row', { name: named(one.unit) })} checked={marked.has(markOf(one))} disabled={!one.mayDecide} onChange={() => setMarked(toggled(marked, markOf(one)))} />
            <button type="button" aria-current={index === at ? 'true' : undefined} onClick={() => pick(index)}>
              <b>{named(one.unit)}</b> {one.late && <Badge hot>{t('returns.late')}</Badge>}
              <small>{periodName(one.key.period)} · {t('returns.filled', { filled: one.filled, of: one.of })}</small>
              <StatusBadge bare kind={one.plain ? 'fair' : one.openViolations > 0 ? 'bad' : 'warn'}>{one.plain ? t('returns.plain') : one.openViolations > 0 ? t('returns.open-questions', { count: one.openViolations }) : one.jumps.length > 0 ? t('returns.jumps', { count: one.jumpCount, first: number(one.jumps[0]?.value ?? 0) }) : t('returns.look-at')}</StatusBadge>
              {one.hardest && <small>{say(one.hardest)}</small>}
            </button>
          </li>
        ))}</ol>
      </Card>
      {row && <QueueDetail key={`${rowId(row)} ${row.rev}`} row={row} step={step} returning={returning} onReturning={setReturning} onDecide={done} />}
    </div>
  );
}

/** What was marked is what was seen: a later sending is marked anew. */
const markOf = (row: QueueRow): string => `${rowId(row)} ${row.rev}`;
const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
};
