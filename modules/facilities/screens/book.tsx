import { useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { newId } from '#kernel/id.ts';
import type { Problem } from '#web/api.ts';
import { day, moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { SavedMark } from '#web/kit/draft-mark.tsx';
import { Notice, ProblemNotice, RemoteView, Skeleton } from '#web/kit/notice.tsx';
import { OutboxCard } from '#web/kit/outbox.tsx';
import { toast } from '#web/kit/toast.tsx';
import { queueHere, useOutbox } from '#web/offline/outbox-here.ts';
import { senderOf } from '#web/offline/senders.ts';
import { useKeptForm } from '#web/offline/use-kept-form.ts';
import { useQuery } from '#web/query.ts';
import { useSession } from '#web/session.tsx';
import { recordNewDay } from '../rules/balance.ts';
import { readDay } from '../rules/day-form.ts';
import { type Balance, type Book, type FacilityView, getBook, getFacility } from '../schema.ts';
import { BookTable } from './book-table.tsx';
import { BalanceLine, DayFields } from './day-fields.tsx';
import './facilities.css';
import { dayKind, formOf, type QueuedDay, subjectOf } from './queued-day.ts';
import { useBookHere } from './use-book.ts';
import { crumbs, facilityName, keyOf } from './words.ts';

/** The daily book: today's day on one short form, the days before under it, and what still waits on this device. */
export default function BookScreen() {
  const { province = '', facility = '' } = useParams<{ province: string; facility: string }>();
  const found = useQuery(getFacility, { params: { province, facility } });
  const book = useQuery(getBook, { params: { province, facility } });
  if (found.value === undefined || book.value === undefined) {
    const head = <PageHead title={t('facilities.book')} crumbs={[{ label: t('facilities.title'), to: '/co-so' }]} />;
    return found.value === undefined ? <>{head}<RemoteView of={found}>{() => null}</RemoteView></> : <>{head}<RemoteView of={book}>{() => null}</RemoteView></>;
  }
  return <Page view={found.value} book={book.value} copiedAt={book.copiedAt} reload={book.reload} />;
}

type PageProps = { readonly view: FacilityView; readonly book: Book; readonly copiedAt: string | undefined; readonly reload: () => void };
function Page({ view, book, copiedAt, reload }: PageProps) {
  const who = useSession().account;
  const outbox = useOutbox(who);
  const key = keyOf(view.facility);
  const entries = (outbox ?? []).filter((entry) => entry.subject === subjectOf(key));
  const { next, held } = useBookHere(book, entries, reload);
  useEffect(() => void senderOf(dayKind), []); // while there is a line: what waits is named and sent without fetching code
  return (
    <>
      <PageHead title={t('facilities.book')} crumbs={crumbs(view.facility, t('facilities.book'))} say={t('facilities.book-say')} />
      <div className="stack">
        {copiedAt !== undefined && <Notice><p>{t('facilities.copy-of', { at: moment(copiedAt) })}</p></Notice>}
        {view.may.record && outbox !== undefined && (held
          ? <Notice tone="warn"><p>{t('facilities.held-first')}</p></Notice>
          : next === null
            ? <Notice tone="ok"><p>{t('facilities.book-is-full', { day: day(book.today) })}</p></Notice>
            : <DayForm key={next.day} view={view} who={who} day={next.day} opening={next.opening} today={book.today} />)}
        <OutboxCard entries={entries} who={who} />
        <BookTable view={view} book={book} reload={reload} />
      </div>
    </>
  );
}

type FormProps = { readonly view: FacilityView; readonly who: string; readonly day: string; readonly opening: Balance; readonly today: string };
function DayForm({ view, who, day: on, opening, today }: FormProps) {
  const key = keyOf(view.facility);
  const form = useKeptForm(who, formOf(key, on));
  const [problem, setProblem] = useState<Problem & { readonly box?: string }>();
  const [busy, setBusy] = useState(false);
  if (!form.ready) return <Card><Skeleton lines={8} /></Card>;
  const send = async (): Promise<void> => {
    const read = readDay(form.values);
    if (!read.ok) { setProblem(read.problem); document.getElementById(`o-${read.problem.box ?? ''}`)?.focus(); return; }
    const decided = recordNewDay(view.facility, { day: on, opening }, { day: on, today, opening, figures: read.value });
    if (!decided.ok) { setProblem(decided.problem); document.getElementById('o-present')?.focus(); return; }
    setProblem(undefined);
    setBusy(true);
    await form.done();
    const body: QueuedDay = { ...key, day: on, name: facilityName(view.facility), command: { opening, figures: read.value }, fields: { ...form.values } };
    const kept = await queueHere(who, { id: newId<'Command'>(), kind: dayKind, subject: subjectOf(key), form: formOf(key, on), at: Date.now() }, (found) => ({ body, fields: Object.keys(found.fields) }));
    setBusy(false);
    if (kept) toast(t('facilities.day-kept', { day: day(on) }));
    else setProblem({ code: 'day-not-kept' });
  };
  return (
    <Card title={t('facilities.day-of', { day: day(on) })} say={t('facilities.day-say')}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={problem} />
        <DayFields typed={form.values} set={(box, value) => form.set(box, value === '' ? undefined : value)} opening={opening} wrong={problem?.box} />
        <p className="small muted">{t('facilities.counts-only')}</p>
        <div className="sendbar"><BalanceLine typed={form.values} opening={opening} /><SavedMark draft={form} /><Button type="submit" look="primary" busy={busy}>{t('facilities.record-day')}</Button></div>
      </form>
    </Card>
  );
}
