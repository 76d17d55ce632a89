import { useCallback, useEffect, useState } from 'react';
import { newId } from '#kernel/id.ts';
import { moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, sayProblem, Skeleton } from '#web/kit/notice.tsx';
import { type Entry, isOpen, queueForm } from '#web/offline/outbox.ts';
import { outboxChanged, sendNow } from '#web/offline/outbox-here.ts';
import { hereStore } from '#web/offline/store.ts';
import { useQueryState } from '#web/place.ts';
import { explanationField, submissionKind, submissionOf } from '../entry/answers.ts';
import { plainValue } from '../entry/boxes.ts';
import { looksPersonal } from '#kernel/personal.ts';
import './entry.css';
import { AttachmentsCard } from './attachments.tsx';
import { ConflictCard } from './conflict-card.tsx';
import { EntryHead } from './entry.tsx';
import { Sentence } from './grid-row.tsx';
import type { GridStore } from './grid-store.ts';
import { Paper, usePaper } from './paper.tsx';
import { EntryState, OutboxCard } from './send-state.tsx';
import { pathOf, type ReturnHere, useReturn } from './use-return.ts';
import { fullName, lineOf, say, sayFinding, sayText, sayUnreasoned, shown } from './words.ts';

export default function ReviewScreen() {
  const here = useReturn();
  if (here.form === undefined || here.store === undefined) {
    return <><PageHead title={t('returns.review-and-send')} crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }]} />{here.problem === undefined ? <Skeleton lines={6} /> : <EmptyState icon={here.problem.code === 'offline' ? 'cloudOff' : 'lock'} title={sayProblem(here.problem)} action={<Button onClick={here.reload}>{t('kit.try-again')}</Button>} />}</>;
  }
  return <><EntryHead here={here} crumb={t('returns.review-and-send')} /><Review here={here} store={here.store} /><Paper store={here.store} entry={latestOf(here)} /></>;
}

const latestOf = (here: ReturnHere): Entry | undefined => [...here.entries].reverse().find((entry) => entry.settled === null);

function Review({ here, store }: { readonly here: ReturnHere; readonly store: GridStore }) {
  const { form } = store;
  const [query] = useQueryState();
  const print = usePaper(query.get('in') === '1');
  const [refused, setRefused] = useState(false);
  const [, again] = useState(0);
  const { missing, findings } = store.review();
  const hard = findings.filter((finding) => finding.severity === 'hard');
  const soft = findings.filter((finding) => finding.severity === 'soft');
  const wrong = store.wrongTexts();
  const personal = [...store.fields].some(([name, value]) => typeof value === 'string' && !name.startsWith('t') && looksPersonal(value));
  const unreasoned = store.unreasoned();
  const blocked = missing.length + hard.length + wrong.length + unreasoned.length + (personal ? 1 : 0);
  const changes = store.outline.boxes.flatMap((box) => {
    const before = plainValue(form.current[form.slots.indexOf(box.slot)] ?? null);
    const after = store.valueOf(box.slot);
    return before === after ? [] : [{ box, before, after }];
  });
  const nothing = !store.changed && Object.keys(store.untouchedPrefills()).length === 0;
  const sending = here.entries.some(isOpen);
  const held = here.entries.find((entry) => isOpen(entry) && entry.hold === 'conflict');
  const latest = latestOf(here);
  const send = useCallback(async (): Promise<void> => {
    const extra = store.untouchedPrefills();
    await here.writer.done();
    const kept = await queueForm(hereStore, here.who, { id: newId<'Command'>(), kind: submissionKind, subject: here.subject, at: Date.now() }, (stored) => {
      const fields = { ...extra, ...Object.fromEntries(Object.entries(stored.fields).map(([name, field]) => [name, field.value])) };
      return { body: submissionOf(fields, { attribute: form.key.attribute, rev: form.rev, filledAt: new Date().toISOString() }), fields: Object.keys(stored.fields) };
    });
    setRefused(!kept);
    outboxChanged();
    await sendNow(here.who, true);
  }, [here.writer, here.who, here.subject, form, store]);
  const ready = form.may.enter && blocked === 0 && !nothing;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) { event.preventDefault(); void send(); } };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [ready, send]);
  return (
    <>
      <div className="entry-notes">
        {refused && <Notice tone="bad" live><p>{t('returns.not-kept')}</p></Notice>}
        {latest && <div className="note"><div><EntryState entry={latest} /> {form.receipt && latest.state === 'received' && t(form.receipt.late ? 'returns.received-late' : 'returns.received-in-time')}{sending && held === undefined && ` ${t('returns.will-send')}`}</div></div>}
        {!latest && form.receipt && <Notice tone="ok"><p>{t('returns.received', { at: moment(form.receipt.receivedAt), code: form.receipt.receiptCode })}</p></Notice>}
        {held && <ConflictCard here={here} entry={held} store={store} />}
      </div>
      <div className="stack">
        <Blocking here={here} missing={[...missing.map((box) => [box.slot, `${box.number} ${fullName(box)}: ${t('returns.compulsory')}`] as const), ...unreasoned.map((box) => [box.slot, sayUnreasoned(box)] as const)]} hard={[...wrong.map(([slot, problem]) => [slot, sayText(store, slot, problem)] as const), ...hard.map((finding) => [finding.slot, t('returns.line-says', { line: lineOf(store, finding.slot), says: sayFinding(finding, store) })] as const)]} personal={personal} />
        {soft.length > 0 && (
          <Card title={t('returns.questions', { count: soft.length })} say={t('returns.questions-say')}>
            {soft.map((finding) => (
              <div key={finding.rule + finding.slot} className="field">
                <p className="small"><b>{lineOf(store, finding.slot)}</b> {say(store.boxOf(finding.slot)?.name ?? finding.words)}: {sayFinding(finding, store)}</p>
                <Sentence label={t('returns.explanation')} initial={store.explanationOf(finding)} onText={(text) => { store.say(explanationField(finding.rule, finding.kind === 'unusual' ? finding.slot : 0), text, finding.slot); again((n) => n + 1); }} />
              </div>
            ))}
          </Card>
        )}
        <Card title={t(form.rev > 0 ? 'returns.changes-since' : 'returns.to-be-sent', { count: changes.length })} say={t('returns.blanks', { count: store.totals().of - store.totals().filled })} flush>
          {changes.length === 0 ? <EmptyState title={t('returns.no-changes')} icon="ok" /> : (
            <div className="scroll" role="group" tabIndex={0} aria-label={t('returns.to-be-sent', { count: changes.length })}><table className="tbl"><caption className="vh">{t('returns.to-be-sent', { count: changes.length })}</caption>
              <thead><tr><th scope="col">{t('returns.col-number')}</th><th scope="col">{t('returns.col-element')}</th><th scope="col" className="num">{t('returns.last-sent')}</th><th scope="col" className="num">{t('returns.now')}</th></tr></thead>
              <tbody>{changes.map(({ box, before, after }) => <tr key={box.slot}><td>{box.number}</td><th scope="row">{fullName(box)}</th><td className="num">{shown(before)}</td><td className="num"><b>{shown(after)}</b></td></tr>)}</tbody>
            </table></div>
          )}
        </Card>
        <AttachmentsCard store={store} />
        <OutboxCard entries={here.entries} who={here.who} />
      </div>
      <div className="sendbar">
        <span className="sendstate" role="status">{latest && nothing ? <EntryState entry={latest} /> : t('returns.bar', { filled: store.totals().filled, of: store.totals().of, errors: blocked })}</span>
        <span className="grow hide-s" />
        <LinkButton to={pathOf(here.key)}>{t('returns.back-to-grid')}</LinkButton><Button icon="print" onClick={print}>{t('returns.print')}</Button>
        {form.may.enter && <Button look="primary" disabled={!ready} onClick={() => void send()}>{t(form.rev > 0 ? 'returns.send-correction' : 'returns.send')}</Button>}
      </div>
    </>
  );
}

type BlockingProps = { readonly here: ReturnHere; readonly missing: readonly (readonly [number, string])[]; readonly hard: readonly (readonly [number, string])[]; readonly personal: boolean };
/** Only what cannot be sent: everything else may go with a sentence. */
function Blocking({ here, missing, hard, personal }: BlockingProps) {
  const all = [...hard, ...missing];
  if (all.length === 0 && !personal) return <Notice tone="ok"><p>{t('returns.nothing-blocks')}</p></Notice>;
  return (
    <section className="errs" aria-labelledby="chan-gui"><h2 id="chan-gui">{t('returns.blocks', { count: all.length + (personal ? 1 : 0) })}</h2>
      <ul>{all.map(([slot, text]) => <li key={`${slot}${text}`}><A to={`${pathOf(here.key)}?o=${slot}`}>{text}</A></li>)}{personal && <li>{t('returns.personal-note')}</li>}</ul>
    </section>
  );
}
