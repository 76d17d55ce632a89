import { useState } from 'react';
import { useParams } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { OutboxCard } from '#web/kit/outbox.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { useOutbox } from '#web/offline/outbox-here.ts';
import { useQuery } from '#web/query.ts';
import { useMay, useSession } from '#web/session.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getPlace, type Cycle, type PlaceView } from '../schema.ts';
import { boardPath } from './addresses.ts';
import { ChecksCard } from './checks-card.tsx';
import { CountsCard } from './counts-card.tsx';
import { ExactCard } from './exact-card.tsx';
import { usePlacesFeed } from './follow.ts';
import { HistoryCard } from './history-card.tsx';
import './hotspots.css';
import { subjectOf } from './outbox.ts';
import { PhotographsCard } from './photographs-card.tsx';
import { StepDialog } from './step-dialog.tsx';
import { useUnits } from './units.ts';
import { capital, sayActivity, sayBasis, sayDismissal, sayKind, sayMeasure, saySetting, saySource, sayState, stateKinds, titleOf } from './words.ts';

/** One place through its whole life; never its exact place, which is opened apart, for a purpose, and logged. */
export default function PlaceScreen() {
  const { province = '', place = '' } = useParams<{ province: string; place: string }>();
  const found = useQuery(getPlace, { params: { province, place } });
  usePlacesFeed({ province }, found.reload);
  usePageTitle(found.value?.place.code);
  return (
    <>
      {found.value === undefined && <PageHead title={t('hotspots.place')} crumbs={[{ label: t('hotspots.title'), to: boardPath }]} />}
      <RemoteView of={found} lines={10}>{(view) => <Place view={view} reload={found.reload} />}</RemoteView>
    </>
  );
}

function Place({ view, reload }: { readonly view: PlaceView; readonly reload: () => void }) {
  const { place } = view;
  const { account } = useSession();
  const may = useMay();
  const units = useUnits();
  const [moving, setMoving] = useState(false);
  const commune = units?.nameOf(place.commune) ?? place.commune;
  const outbox = useOutbox(account) ?? [];
  const entries = outbox.filter((entry) => entry.subject === subjectOf(place.province, place.id));
  const acts = may('hotspots.work', place) || may('hotspots.decide', place);
  return (
    <>
      <PageHead title={capital(titleOf(place))} crumbs={[{ label: t('hotspots.title'), to: boardPath }, { label: place.code }]}
        say={<>{place.code} · <A to={`/xa/${place.commune}`}>{commune}</A> · {t('hotspots.found-say', { day: day(place.foundOn) })}{place.recurrences > 0 && ` · ${t('hotspots.recurred-times', { count: place.recurrences })}`}</>}
        tools={<>{acts && view.next.length > 0 && <Button look="primary" onClick={() => setMoving(true)}>{t('hotspots.move-on')}</Button>}<CopyLink /></>} />
      <div className="stack-m">
      {place.state === 'recurred' && <Notice tone="bad"><p>{t('hotspots.recurred-say', { count: place.cycle, day: place.recurredOnDay })}</p></Notice>}
      {place.overdueDays > 0 && place.dueOn !== null && <Notice tone="bad"><p>{t('hotspots.overdue-say', { state: sayState(place.state), day: day(place.dueOn), count: place.overdueDays })}</p></Notice>}
      <div className="cols">
        <div className="stack">
          {place.checks.length > 0 && <ChecksCard view={view} />}
          <OutboxCard entries={entries} who={account} />
          <HistoryCard history={view.history} />
          <PhotographsCard view={view} reload={reload} />
        </div>
        <div className="stack">
          <Card title={t('hotspots.facts')}><Pairs pairs={factsOf(view)} /></Card>
          <Card title={t('hotspots.cycle-title', { count: place.cycle })} say={view.cycles.length > 1 ? t('hotspots.cycles-say', { count: view.cycles.length }) : undefined}>{[...view.cycles].reverse().slice(0, 3).map((cycle) => <CycleDays key={cycle.cycle} cycle={cycle} heading={view.cycles.length > 1} />)}</Card>
          <CountsCard view={view} reload={reload} />
          <ExactCard view={view} reload={reload} />
        </div>
      </div>
      </div>
      {moving && <StepDialog row={place} wanted={undefined} commune={commune} onClose={() => setMoving(false)} onDone={() => { setMoving(false); reload(); }} />}
    </>
  );
}

function factsOf({ place, activities, measures, duplicateOf, dismissalReason }: PlaceView): [string, React.ReactNode][] {
  return [
    [t('hotspots.state'), <StatusBadge key="state" kind={stateKinds[place.state]}>{sayState(place.state)}</StatusBadge>],
    [t('hotspots.in-state'), t('hotspots.since', { day: day(place.since), count: number(place.daysInState) })],
    ...(place.dueOn === null ? [] : [[t('hotspots.due'), day(place.dueOn)] satisfies [string, string]]),
    [t('hotspots.kind'), sayKind(place.kind)], [t('hotspots.basis-label'), sayBasis(place.basis)], [t('hotspots.setting'), capital(saySetting(place.setting))], [t('hotspots.activities'), capital(activities.map(sayActivity).join(', '))], [t('hotspots.source'), saySource(place.source)],
    ...(measures.length === 0 ? [] : [[t('hotspots.measures'), capital(measures.map(sayMeasure).join(', '))] satisfies [string, string]]),
    ...(dismissalReason === null ? [] : [[t('hotspots.reason'), `${capital(sayDismissal(dismissalReason))}${duplicateOf === null ? '' : `: ${duplicateOf}`}`] satisfies [string, string]]),
  ];
}

function CycleDays({ cycle, heading }: { readonly cycle: Cycle; readonly heading: boolean }) {
  const rows: (readonly [string, string | null])[] = [
    [t('hotspots.cycle-opened'), cycle.openedOn], [t('hotspots.state.verified'), cycle.verifiedOn], [t('hotspots.state.listed'), cycle.listedOn], [t('hotspots.step.start'), cycle.startedOn], [t('hotspots.state.resolved'), cycle.resolvedOn],
    [t('hotspots.state.removed'), cycle.removedOn], [t('hotspots.step.watch'), cycle.watchedOn], [t('hotspots.state.closed'), cycle.closedOn], [t('hotspots.state.recurred'), cycle.recurredOn],
  ];
  return <>{heading && <h3>{t('hotspots.cycle-title', { count: cycle.cycle })}</h3>}<Pairs pairs={rows.flatMap(([label, on]) => (on === null ? [] : [[label, day(on)] as const]))} /></>;
}
