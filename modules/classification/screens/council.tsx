import { useState } from 'react';
import { newId } from '#kernel/id.ts';
import { useParams } from 'wouter';
import { day } from '#web/i18n/format.ts';
import { named, sayKey, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { Button, IconButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { EmptyState, ErrorSummary, type FormError, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { getUnit, listOffices, type Office } from '#modules/org-units/schema.ts';
import type { CouncilPart } from '../schema/procedure-words.ts';
import { type Council, getCouncil, saveCouncil } from '../schema/procedure.ts';
import { postWord, unitWord } from './words.ts';
import './classification.css';

/** The review council by post, never by name; each edition rests on a numbered decision. `/khong-ma-tuy/hoi-dong/:ma`, '00': the ministry's. */
export default function CouncilScreen() {
  const { ma = '' } = useParams<{ ma: string }>();
  const council = useQuery(getCouncil, { params: { province: ma } });
  const unit = useQuery(getUnit, ma === '00' ? undefined : { params: { code: ma }, query: {} });
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const mine = may('classification.keep-council', ma === '00' ? undefined : { province: ma });
  return (
    <>
      <PageHead title={t('classification.council')} say={ma === '00' ? t('classification.council-ministry') : t('classification.council-of', { unit: unit.value === undefined ? ma : unitWord(unit.value.current) })} crumbs={[{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: t('classification.procedure'), to: '/khong-ma-tuy/thu-tuc' }, { label: t('classification.council') }]} tools={<>{mine && !editing && <Button icon="edit" onClick={() => setEditing(true)}>{t('classification.record-council')}</Button>}<CopyLink /></>} />
      <RemoteView of={council} lines={6}>{(value) => (editing
        ? <CouncilForm council={value} onClose={() => setEditing(false)} onDone={() => { setEditing(false); council.reload(); toast(t('classification.council-kept')); }} />
        : <Shown council={value} />)}</RemoteView>
    </>
  );
}

const Shown = ({ council }: { readonly council: Council }) => (
  <Card title={council.number === '' ? t('classification.council') : t('classification.decision-of', { number: council.number, day: council.decidedOn === null ? '' : day(council.decidedOn) })} say={council.seats.length === 0 ? undefined : t('classification.quorum', { quorum: council.quorum, seats: council.seats.length })} flush>
    <Table caption={t('classification.council')} hideCaption rows={council.seats} rowKey={(seat) => seat.id} empty={<EmptyState icon="people" title={t('classification.council-none')}>{t('classification.council-none-say')}</EmptyState>} columns={[
      { key: 'part', header: t('classification.part'), cell: (seat) => sayKey(`council-part.${seat.part}`) },
      { key: 'post', header: t('classification.post'), rowHeader: true, cell: (seat) => postWord(seat.post) },
      { key: 'office', header: t('classification.office'), cell: (seat) => seat.officeNameVi },
    ]} />
  </Card>
);

type SeatTyped = { readonly key: string; readonly part: CouncilPart; readonly office: string; readonly post: string };
const parts = ['chair', 'deputy', 'standing', 'member'] as const satisfies readonly CouncilPart[];

function CouncilForm({ council, onClose, onDone }: { readonly council: Council; readonly onClose: () => void; readonly onDone: () => void }) {
  const save = useCommand(saveCouncil);
  const offices = useQuery(listOffices, { query: { unit: council.province } });
  const [number, setNumber] = useState('');
  const [decidedOn, setDecidedOn] = useState<string>();
  const [seats, setSeats] = useState<readonly SeatTyped[]>(council.seats.map((seat) => ({ key: seat.id, part: seat.part, office: seat.office, post: seat.post })));
  const [tried, setTried] = useState(0);
  const set = (key: string, patch: Partial<SeatTyped>): void => setSeats(seats.map((seat) => (seat.key === key ? { ...seat, ...patch } : seat)));
  const add = (): void => setSeats([...seats, { key: newId<'Seat'>(), part: seats.length === 0 ? 'chair' : 'member', office: '', post: '' }]);
  const errors: FormError[] = [
    ...(number.trim() === '' ? [{ field: 'council-number', text: t('classification.number-needed') }] : []), ...(decidedOn === undefined ? [{ field: 'council-day', text: t('classification.day-needed') }] : []),
    ...seats.flatMap((seat, at) => (seat.office === '' || seat.post === '' ? [{ field: `office-${seat.key}`, text: t('classification.post-needed', { at: at + 1 }) }] : [])),
  ];
  const send = async (): Promise<void> => {
    setTried((n) => n + 1);
    if (errors.length > 0 || decidedOn === undefined) return;
    const answer = await save.run({ params: { province: council.province }, body: { revision: council.revision, number: number.trim(), decidedOn, seats: seats.map(({ part, office, post }) => ({ part, office, post })) } });
    if (answer.ok) onDone();
  };
  return (
    <Card title={t('classification.record-council')} footer={<div className="row between"><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={save.busy} onClick={() => void send()}>{t('kit.save')}</Button></div>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <Notice><p>{t('classification.council-by-post')}</p></Notice>
        <ProblemNotice problem={save.problem} />
        <ErrorSummary errors={tried > 0 ? errors : []} attempt={tried} />
        <TextInput id="council-number" label={t('classification.decision-number')} maxLength={80} width="mid" value={number} onText={setNumber} />
        <DateInput id="council-day" label={t('classification.decided-on')} value={decidedOn} onDay={setDecidedOn} />
        <RemoteView of={offices} lines={4}>{(value) => (
          <ul className="stack-m">{seats.map((seat, at) => <SeatFields key={seat.key} seat={seat} at={at + 1} offices={value.offices} set={(patch) => set(seat.key, patch)} remove={() => setSeats(seats.filter((one) => one.key !== seat.key))} />)}</ul>
        )}</RemoteView>
        <p><Button icon="plus" onClick={add}>{t('classification.add-seat')}</Button></p>
      </form>
    </Card>
  );
}

type SeatProps = { readonly seat: SeatTyped; readonly at: number; readonly offices: readonly Office[]; readonly set: (patch: Partial<SeatTyped>) => void; readonly remove: () => void };
/** A seat: its part, the office, and a post that the office has. */
function SeatFields({ seat, at, offices, set, remove }: SeatProps) {
  const office = offices.find((one) => one.id === seat.office);
  const none = { value: '', label: t('classification.choose') };
  return (
    <li className="row top">
      <Select label={`${t('classification.part')} ${at}`} value={seat.part} onChoose={(part) => set({ part })} choices={parts.map((one) => ({ value: one, label: sayKey(`council-part.${one}`) }))} />
      <Select id={`office-${seat.key}`} label={`${t('classification.office')} ${at}`} value={seat.office} onChoose={(next) => set({ office: next, post: offices.find((one) => one.id === next)?.posts.find((post) => post.head)?.id ?? '' })} choices={[none, ...offices.map((one) => ({ value: one.id, label: named(one) }))]} />
      <Select label={`${t('classification.post')} ${at}`} value={seat.post} onChoose={(post) => set({ post })} choices={[none, ...(office?.posts ?? []).map((one) => ({ value: one.id, label: named(one) }))]} />
      <IconButton label={t('classification.remove-seat', { at })} icon="close" onClick={remove} />
    </li>
  );
}
