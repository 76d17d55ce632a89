import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { day, moment, number } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink, CopyText } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { getCommittee, listOffices, type CommitteePage, type Office, type RecordedCommittee, type Seat } from '../schema.ts';
import { CommitteeForm } from './committee-form.tsx';
import { seatRank } from './committee-draft.ts';
import { sayState, stateKind } from './committee-words.ts';
import { inName, placeName, saySeat } from './words.ts';

/** One province's steering committee: its decision, seats by post and meetings; recorded here by who may. */
export default function CommitteeScreen() {
  const { ma = '' } = useParams<{ ma: string }>();
  const committee = useQuery(getCommittee, { params: { province: ma } });
  const offices = useQuery(listOffices, committee.value === undefined ? undefined : { query: { unit: ma } });
  const [query, setQuery] = useQueryState();
  const page = committee.value;
  const name = page === undefined ? t('org-units.unit-of-code', { code: ma }) : inName(page.provinceVi);
  const title = t('org-units.committee-of', { name });
  usePageTitle(page === undefined ? undefined : title);
  const editing = query.get('sua') === '1' && page?.mayRecord === true;
  const unknown = page === undefined && committee.problem?.code === 'unit-unknown';
  return (
    <>
      <PageHead title={title} say={page === undefined ? undefined : t('org-units.committee-say', { term: page.term, due: day(page.dueOn), basis: page.basis })}
        crumbs={[{ label: t('org-units.committees-short'), to: '/ban-chi-dao' }, { label: page === undefined ? ma : placeName(page.provinceVi) }]}
        tools={page !== undefined && <>
          {page.mayRecord && !editing && <Button look="primary" icon="edit" onClick={() => setQuery({ sua: '1' }, { push: true })}>{page.recorded === null ? t('org-units.record-first') : t('org-units.correct')}</Button>}
          {page.recorded === null && <CopyText label={t('org-units.copy-reminder')} text={t('org-units.reminder', { name, days: page.daysLate, due: day(page.dueOn), basis: page.basis })} />}
          <CopyLink />
        </>} />
      {unknown ? <EmptyState icon="search" title={t('org-units.code-unknown', { code: ma })} action={<A to="/ban-chi-dao">{t('org-units.committees-all')}</A>}>{t('org-units.committee-today-only')}</EmptyState> : (
        <RemoteView of={committee} lines={8}>{(value) => (
          <div className="stack">
            <p><StatusBadge kind={stateKind[value.state]}>{sayState(value)}</StatusBadge></p>
            {editing && <CommitteeForm key={value.province} page={value} offices={offices.value?.offices ?? []} onDone={() => { setQuery({ sua: undefined }); committee.reload(); }} onReload={committee.reload} onClose={() => setQuery({ sua: undefined })} />}
            {value.recorded === null ? !editing && <NotRecorded page={value} /> : <Recorded recorded={value.recorded} offices={offices.value?.offices ?? []} />}
            <p><A to={`/tinh/${value.province}`}>{t('org-units.to-province', { name })}</A></p>
          </div>
        )}</RemoteView>
      )}
    </>
  );
}

const NotRecorded = ({ page }: { readonly page: CommitteePage }) => (
  <Card><EmptyState icon="people" title={page.state === 'awaited' ? t('org-units.none-awaited', { due: day(page.dueOn) }) : t('org-units.none-missing', { days: page.daysLate, due: day(page.dueOn) })}>
    {page.mayRecord ? t('org-units.none-may') : t('org-units.none-who')}
  </EmptyState></Card>
);

const officeName = (offices: readonly Office[], id: string): string => {
  const office = offices.find((one) => one.id === id);
  return office === undefined ? id : named(office);
};

/** The post in the reader's language when the office lists it; else as it was typed. */
const postName = (offices: readonly Office[], seat: Seat): string => {
  const post = offices.find((one) => one.id === seat.office)?.posts.find((one) => one.nameVi === seat.post);
  return post === undefined ? seat.post : named(post);
};

function decisionPairs(recorded: RecordedCommittee): (readonly [string, ReactNode])[] {
  return [
    [t('org-units.decision'), recorded.decisionNumber], [t('org-units.decided-on'), day(recorded.decidedOn)], [t('org-units.signer'), recorded.signerPost],
    [t('org-units.document'), recorded.documentUrl === null ? t('org-units.document-none') : <a key="u" href={recorded.documentUrl} rel="noreferrer" target="_blank">{recorded.documentUrl}</a>],
    [t('org-units.document-hash'), recorded.documentHash === null ? t('org-units.hash-none') : <code key="h">{recorded.documentHash}</code>],
    [t('org-units.recorded'), t('org-units.recorded-by', { at: moment(recorded.recordedAt), by: recorded.recordedBy, revision: recorded.revision })],
  ];
}

function Recorded({ recorded, offices }: { readonly recorded: RecordedCommittee; readonly offices: readonly Office[] }) {
  const seats = [...recorded.seats].sort((a, b) => seatRank(a.role) - seatRank(b.role));
  const meetings = [...recorded.meetings].sort((a, b) => (a.heldOn < b.heldOn ? 1 : -1));
  return (
    <div className="cols">
      <div className="stack">
        <Card title={t('org-units.decision-title')}><Pairs pairs={decisionPairs(recorded)} /></Card>
        <Card title={t('org-units.seats-title', { count: seats.length })} say={t('org-units.seats-say')}>
          <Table caption={t('org-units.seats-title', { count: seats.length })} hideCaption rows={seats.map((seat, at) => ({ ...seat, at }))} rowKey={(seat) => `${seat.at}`} columns={[
            { key: 'role', header: t('org-units.seat-role'), rowHeader: true, cell: (seat) => saySeat(seat.role) },
            { key: 'post', header: t('org-units.seat-post'), cell: (seat) => postName(offices, seat) },
            { key: 'office', header: t('org-units.office'), cell: (seat) => officeName(offices, seat.office) },
            ...(seats.some((seat: Seat) => seat.holder !== null) ? [{ key: 'holder', header: t('org-units.seat-holder'), cell: (seat: Seat) => seat.holder ?? '–' }] : []),
          ]} />
        </Card>
      </div>
      <Card title={t('org-units.meetings')} say={meetings.length === 0 ? undefined : t('org-units.meetings-say', { count: number(meetings.length) })}>
        {meetings.length === 0 ? <p className="muted">{t('org-units.meetings-none')}</p> : <Timeline entries={meetings.map((meeting, at) => ({ key: `${at}`, at: day(meeting.heldOn), what: meeting.document ?? t('org-units.meeting-no-document') }))} />}
      </Card>
    </div>
  );
}
