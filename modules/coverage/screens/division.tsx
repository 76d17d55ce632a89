import { useMemo, useRef, useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useOutbox } from '#web/offline/outbox-here.ts';
import { senderOf } from '#web/offline/senders.ts';
import { useQueryState } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { useSession } from '#web/session.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { OutboxCard } from '#web/kit/outbox.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getDivision, takeOverDivision, type DivisionView, type Place } from '../schema.ts';
import { AddDialog } from './add-dialog.tsx';
import { HistoryDialog } from './history-dialog.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { kindOfVisit } from './queued-visit.ts';
import { VisitDialog } from './visit-dialog.tsx';
import { badgeOf, campaignPath, nameOf, placeName, sayKind, sayReached, sayShare } from './words.ts';

type Doing = { readonly what: 'visit' | 'plan' | 'history'; readonly place: Place } | { readonly what: 'add' };

/** The places of one commune: what is still due stands first; a visit is recorded here, also without a line. */
export default function DivisionScreen() {
  const params = useParams<{ province: string; campaign: string; shard: string; commune: string }>();
  const key = { province: params.province ?? '', campaign: params.campaign ?? '', shard: params.shard ?? '', commune: params.commune ?? '' };
  const view = useQuery(getDivision, { params: key });
  const who = useSession().account;
  const outbox = useOutbox(who);
  const mine = useMemo(() => (outbox ?? []).filter((entry) => entry.kind === kindOfVisit), [outbox]);
  const [doing, setDoing] = useState<Doing>();
  usePageTitle(view.value === undefined ? undefined : view.value.nameVi);
  const received = mine.filter((entry) => entry.state === 'received').length;
  const before = useRef(received);
  const { reload } = view;
  useEffect(() => { if (received > before.current) reload(); before.current = received; }, [received, reload]);
  // Fetched while there is a line, so that what waits is spoken of by its name without one.
  useEffect(() => { void senderOf(kindOfVisit); }, []);
  const done = (): void => { setDoing(undefined); reload(); };
  return (
    <RemoteView of={view} lines={10}>{(value) => (
      <>
        <PageHead title={value.nameVi} say={`${nameOf(value.campaign)} · ${day(value.campaign.startsOn)} – ${day(value.campaign.endsOn)}`}
          crumbs={[{ label: t('coverage.title'), to: '/ra-soat' }, { label: nameOf(value.campaign), to: campaignPath(value.campaign) }, { label: value.nameVi }]}
          tools={<><CopyLink />{value.mayDivide && <Button icon="plus" look={value.places.length === 0 ? 'primary' : 'plain'} onClick={() => setDoing({ what: 'add' })}>{t('coverage.add-places')}</Button>}</>} />
        <div className="stack">
          <OutboxCard entries={mine} who={who} />
          {value.totals.places > 0 && <StatStrip stats={[
            { label: t('coverage.reached'), value: sayShare(value.totals), note: sayReached(value.totals) },
            { label: t('coverage.late'), value: number(value.totals.late), note: t('coverage.late-say'), ...(value.totals.late > 0 ? { tone: 'bad' as const } : {}) },
            { label: t('coverage.size-reached'), value: number(value.totals.sizeReached), note: t('coverage.of-size', { count: number(value.totals.size) }) },
            ...(value.offered === null || value.accepted === null ? [] : [{ label: t('coverage.referrals'), value: number(sum(value.accepted.slice(1))), note: t('coverage.of-offered', { count: number(sum(value.offered.slice(1))) }) }]),
          ]} />}
          <Places value={value} onDo={setDoing} onDone={done} />
          <p className="small muted">{t('coverage.counts-only')} <A to={`/xa/${value.commune}`}>{t('coverage.to-unit')}</A></p>
        </div>
        {doing?.what === 'add' && <AddDialog view={value} onClose={() => setDoing(undefined)} onDone={done} />}
        {doing?.what === 'visit' && <VisitDialog view={value} place={doing.place} who={who} onClose={() => setDoing(undefined)} onDone={done} />}
        {doing?.what === 'plan' && <PlanDialog view={value} place={doing.place} onClose={() => setDoing(undefined)} onDone={done} />}
        {doing?.what === 'history' && <HistoryDialog place={doing.place} mayWithdraw={value.mayRecord} onClose={() => setDoing(undefined)} onDone={done} />}
      </>
    )}</RemoteView>
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

type PlacesProps = { readonly value: DivisionView; readonly onDo: (doing: Doing) => void; readonly onDone: () => void };
function Places({ value, onDo, onDone }: PlacesProps) {
  const [query, setQuery] = useQueryState();
  const only = query.get('loc') ?? '';
  const rows = value.places.filter((place) => (only === '' ? true : only === 'con-lai' ? place.state === 'due' : place.kind === only));
  const late = (place: Place): boolean => place.state === 'due' && place.plannedOn !== null && place.plannedOn < value.asOf;
  const columns: readonly Column<Place>[] = [
    { key: 'name', header: t('coverage.place'), rowHeader: true, cell: (place) => <>{placeName(place)}<small>{place.name === '' ? t('coverage.establishments', { count: place.size }) : t('coverage.homes', { count: place.size })}</small></> },
    { key: 'state', header: t('coverage.state'), cell: (place) => <StatusBadge bare kind={late(place) ? 'bad' : badgeOf[place.state]}>{late(place) ? t('coverage.place-late') : sayKey(`coverage.place-state.${place.state}`)}</StatusBadge> },
    { key: 'plan', header: t('coverage.plan'), cell: (place) => (place.plannedOn === null ? <span className="muted">{t('coverage.no-plan')}</span> : <>{day(place.plannedOn)}<small>{place.plannedOfficeName ?? ''}</small></>) },
    { key: 'reached', header: t('coverage.reached'), cell: (place) => (place.lastOn === null ? <span className="muted">–</span> : <>{day(place.lastOn)}<small>{t('coverage.size-of', { reached: number(place.sizeReached), of: number(place.size) })}</small></>) },
    { key: 'do', header: <span className="vh">{t('coverage.do')}</span>, label: '', cell: (place) => (
      <span className="row tight">
        {value.mayRecord && <Button size="small" look={place.state === 'due' ? 'primary' : 'plain'} icon="plus" onClick={() => onDo({ what: 'visit', place })}>{t('coverage.record')}<span className="vh">: {placeName(place)}</span></Button>}
        {value.mayDivide && <Button size="small" icon="calendar" onClick={() => onDo({ what: 'plan', place })}>{t('coverage.plan')}<span className="vh">: {placeName(place)}</span></Button>}
        {place.visits > 0 && <Button size="small" icon="history" onClick={() => onDo({ what: 'history', place })}>{t('coverage.visits', { count: place.visits })}<span className="vh">: {placeName(place)}</span></Button>}
      </span>) },
  ];
  if (value.places.length === 0) return <Undivided value={value} onAdd={() => onDo({ what: 'add' })} onDone={onDone} />;
  return (
    <Card title={t('coverage.places', { count: number(value.places.length) })} say={t('coverage.due-first')} flush>
      <div className="body row"><FilterChips label={t('coverage.show')} value={only} onChoose={(next) => setQuery({ loc: next === '' ? undefined : next })}
        choices={[{ value: '', label: t('coverage.show-all') }, { value: 'con-lai', label: t('coverage.show-due') }, ...value.campaign.kinds.map((kind) => ({ value: kind, label: sayKind(kind) }))]} /></div>
      <Table caption={t('coverage.due-first')} hideCaption columns={columns} rows={rows} rowKey={(place) => place.id} empty={<EmptyState icon="ok" title={t('coverage.no-gaps')} />} />
    </Card>
  );
}

function Undivided({ value, onAdd, onDone }: { readonly value: DivisionView; readonly onAdd: () => void; readonly onDone: () => void }) {
  const take = useCommand(takeOverDivision);
  const { campaign, shard, commune, predecessor } = value;
  const send = async (): Promise<void> => {
    const answer = await take.run({ params: { province: campaign.province, campaign: campaign.id, shard, commune }, body: {} });
    if (!answer.ok) return;
    toast(t('coverage.taken-over', { count: answer.value.added }));
    onDone();
  };
  return (
    <Card>
      <ProblemNotice problem={take.problem} />
      <EmptyState icon="grid" title={t('coverage.not-divided')} action={value.mayDivide && <span className="row">
        <Button look="primary" icon="plus" onClick={onAdd}>{t('coverage.add-places')}</Button>
        {predecessor !== null && <Button busy={take.busy} onClick={() => void send()}>{t('coverage.take-over', { count: predecessor.places })}</Button>}
      </span>}>{t('coverage.not-divided-say')}</EmptyState>
    </Card>
  );
}
