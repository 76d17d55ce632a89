import { useState } from 'react';
import { useParams } from 'wouter';
import { day, moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getPilot, movePilot, type PilotView } from '../schema.ts';
import { ConcludeDialog } from './conclude-dialog.tsx';
import { ReplicateDialog } from './replicate-dialog.tsx';
import { resultBadge, signed, stateBadge, titleOf } from './words.ts';

/** One pilot: what was supposed, against what it was compared, what came of it, and who takes it over. */
export default function PilotScreen() {
  const { province = '', pilot = '' } = useParams<{ province: string; pilot: string }>();
  const view = useQuery(getPilot, { params: { province, pilot } });
  const [doing, setDoing] = useState<'conclude' | 'replicate'>();
  usePageTitle(view.value === undefined ? undefined : titleOf(view.value.pilot));
  const done = (): void => { setDoing(undefined); view.reload(); };
  return (
    <RemoteView of={view} lines={10}>{(value) => (
      <>
        <PageHead title={titleOf(value.pilot)} say={`${day(value.pilot.startsOn)} – ${day(value.pilot.endsOn)} · ${sayKey(`prevention.pilot-state.${value.pilot.state}`)}`} crumbs={[{ label: t('prevention.title'), to: '/phong-ngua' }, { label: t('prevention.pilots'), to: '/phong-ngua?xem=thi-diem' }, { label: titleOf(value.pilot) }]}
          tools={<><CopyLink /><Moves value={value} onDo={setDoing} onDone={view.reload} /></>} />
        <div className="cols">
          <div className="stack"><Result value={value} /><Replications value={value} /></div>
          <Card title={t('prevention.plan')}><Pairs pairs={[
            [t('prevention.hypothesis'), value.pilot.hypothesis], [t('prevention.measure'), `${value.pilot.measure} (${sayKey(`prevention.better.${value.pilot.better}`)})`],
            [t('prevention.areas'), value.areas.map((area) => <span key={area.commune} className="block" style={{ paddingBlock: 3 }}><A to={`/xa/${area.commune}`}>{area.nameVi}</A></span>)],
            [t('prevention.comparison'), value.comparison.map((area) => <span key={area.commune} className="block" style={{ paddingBlock: 3 }}><A to={`/xa/${area.commune}`}>{area.nameVi}</A></span>)],
          ]} /></Card>
        </div>
        {doing === 'conclude' && <ConcludeDialog pilot={value.pilot} onClose={() => setDoing(undefined)} onDone={done} />}
        {doing === 'replicate' && <ReplicateDialog pilot={value.pilot} onClose={() => setDoing(undefined)} />}
      </>
    )}</RemoteView>
  );
}

function Moves({ value, onDo, onDone }: { readonly value: PilotView; readonly onDo: (what: 'conclude' | 'replicate') => void; readonly onDone: () => void }) {
  const move = useCommand(movePilot);
  const send = async (what: 'start' | 'stop'): Promise<void> => { if ((await move.run({ params: { province: value.pilot.province, pilot: value.pilot.id }, body: { move: what, version: value.pilot.version } })).ok) onDone(); };
  return (
    <>
      <ProblemNotice problem={move.problem} />
      {value.moves.map((what) => (what === 'conclude' || what === 'replicate'
        ? <Button key={what} look="primary" onClick={() => onDo(what)}>{sayKey(`prevention.move.${what}`)}</Button>
        : <Button key={what} busy={move.busy} look={what === 'stop' ? 'plain' : 'primary'} onClick={() => void send(what)}>{sayKey(`prevention.move.${what}`)}</Button>))}
    </>
  );
}

function Result({ value }: { readonly value: PilotView }) {
  const { measured, result, lesson, measure } = value.pilot;
  if (measured === null || result === null) return <Card title={t('prevention.result')}><StatusBadge kind={stateBadge[value.pilot.state]}>{sayKey(`prevention.pilot-state.${value.pilot.state}`)}</StatusBadge><p className="muted">{t('prevention.not-concluded', { day: day(value.pilot.endsOn) })}</p></Card>;
  const row = (label: string, from: number, to: number) => <tr><th scope="row">{label}</th><td className="num">{number(from, 3)}</td><td className="num">{number(to, 3)}</td><td className="num">{signed(Math.round((to - from) * 1000) / 1000)}</td></tr>;
  return (
    <>
    <Card title={t('prevention.result')} tools={<StatusBadge kind={resultBadge[result]}>{sayKey(`prevention.result.${result}`)}</StatusBadge>}>
      <div className="scroll" role="group" tabIndex={0} aria-label={measure}>
        <table className="tbl">
          <caption>{measure}</caption>
          <thead><tr><th scope="col">{t('prevention.place')}</th><th scope="col" className="num">{t('prevention.before')}</th><th scope="col" className="num">{t('prevention.after')}</th><th scope="col" className="num">{t('prevention.change')}</th></tr></thead>
          <tbody>{row(t('prevention.areas'), measured.before, measured.after)}{row(t('prevention.comparison'), measured.comparisonBefore, measured.comparisonAfter)}</tbody>
          <tfoot><tr><th scope="row" colSpan={3}>{t('prevention.difference-say')}</th><td className="num"><b>{signed(value.difference ?? 0)}</b></td></tr></tfoot>
        </table>
      </div>
    </Card>
    <Card title={t('prevention.lesson')}><p>{lesson}</p></Card>
    </>
  );
}

const Replications = ({ value }: { readonly value: PilotView }) => (value.replications.length === 0 ? null : (
  <Card title={t('prevention.replications')} say={t('prevention.replications-say')}>
    <ul className="plain stack-m">{value.replications.map((one) => (
      <li key={one.id}><A to={`/chi-dao/${one.directiveProvince}/${one.directive}`}>{t('prevention.replicated-to', { count: one.provinces.length })}</A> <span className="small muted">{moment(one.at)}</span>
        <span className="block small">{one.tasks === 0 ? t('prevention.still-draft') : t('prevention.tasks-done', { done: number(one.done), of: number(one.tasks) })}</span></li>
    ))}</ul>
  </Card>
));
