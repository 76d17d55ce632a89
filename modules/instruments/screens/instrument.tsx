import { useState } from 'react';
import { useParams } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getInstrument, stageNames, type InstrumentRow, type Stage, type StageName } from '../schema.ts';
import { LinkDialog } from './link-dialog.tsx';
import { StageDialog } from './stage-dialog.tsx';
import { latenessOf, titleOf } from './words.ts';

/** One product: every stage with its real day, how late, and the line of the directive it answers. */
export default function InstrumentScreen() {
  const { province = '', instrument = '' } = useParams<{ province: string; instrument: string }>();
  const view = useQuery(getInstrument, { params: { province, instrument } });
  const [stage, setStage] = useState<StageName>();
  const [linking, setLinking] = useState(false);
  usePageTitle(view.value === undefined ? undefined : titleOf(view.value.row.instrument));
  const done = (): void => { setStage(undefined); setLinking(false); view.reload(); };
  return (
    <RemoteView of={view} lines={8}>{({ row, asOf }) => {
      const { instrument: one } = row;
      const late = latenessOf(row.standing);
      return (
        <>
          <PageHead title={titleOf(one)} say={[sayKey(`instruments.kind.${one.kind}`), row.leadName[language()]].join(' · ')} crumbs={[{ label: t('instruments.title'), to: '/van-ban' }, { label: titleOf(one) }]} tools={<CopyLink />} />
          <div className="cols">
            <Card title={t('instruments.stages')} tools={<StatusBadge kind={late.kind}>{late.text}</StatusBadge>}>
              <ol className="plain stack-m">{stageNames.map((name) => <StageLine key={name} name={name} held={one.stages.find((found) => found.stage === name)} asOf={asOf} mayEdit={row.mayEdit} onEdit={() => setStage(name)} />)}</ol>
            </Card>
            <div className="stack"><Facts row={row} onLink={() => setLinking(true)} /></div>
          </div>
          {stage !== undefined && <StageDialog row={row} stage={stage} onClose={() => setStage(undefined)} onDone={done} />}
          {linking && <LinkDialog row={row} onClose={() => setLinking(false)} onDone={done} />}
        </>
      );
    }}</RemoteView>
  );
}

function StageLine({ name, held, asOf, mayEdit, onEdit }: { readonly name: StageName; readonly held: Stage | undefined; readonly asOf: string; readonly mayEdit: boolean; readonly onEdit: () => void }) {
  return (
    <li className="row between">
      <span>
        <StatusBadge bare kind={held === undefined ? 'idle' : held.on > asOf ? 'half' : 'done'}>{sayKey(`instruments.stage.${name}`)}</StatusBadge>
        <span className="block small">{held === undefined ? <span className="muted">{t('instruments.no-date')}</span> : [day(held.on), held.number, held.source].filter((text) => text !== '').join(' · ')}</span>
      </span>
      {mayEdit && <Button size="small" icon={held === undefined ? 'plus' : 'edit'} onClick={onEdit}>{t(held === undefined ? 'instruments.date-stage' : 'instruments.put-right')}<span className="vh">: {sayKey(`instruments.stage.${name}`)}</span></Button>}
    </li>
  );
}

function Facts({ row, onLink }: { readonly row: InstrumentRow; readonly onLink: () => void }) {
  const { instrument: one } = row;
  return (
    <>
      <Card title={t('instruments.asked')}><Pairs pairs={[
        [t('instruments.due'), <>{one.dueOn === null ? one.dueText : day(one.dueOn)}<span className="block small muted">{t('instruments.due-for', { stage: sayKey(`instruments.stage.${one.dueStage}`) })}{one.dueOn !== null && one.dueText !== '' && ` · ${one.dueText}`}</span></>],
        ...(one.basis === '' ? [] : [[t('instruments.basis'), one.basis] as const]),
        ...(one.enhancement === null ? [] : [[t('instruments.enhancement'), sayKey(`instruments.enhancement.${one.enhancement}`)] as const]),
        ...(one.note === '' ? [] : [[t('instruments.note'), one.note] as const]),
      ]} />{one.demonstration && <p className="small muted">{t('instruments.real')}</p>}</Card>
      <Card title={t('instruments.line')} tools={row.mayEdit && <Button size="small" icon="edit" onClick={onLink}>{t('instruments.choose-line')}</Button>}>
        {one.link === null ? <p className="muted">{t('instruments.no-line')}</p> : (
          <p><A to={`/chi-dao/${one.link.directiveProvince}/${one.link.directive}`}>{t('instruments.to-directive')}</A><span className="block small">{one.link.tasks === 0 ? t('instruments.no-tasks') : t('instruments.tasks', { done: number(one.link.done), of: number(one.link.tasks) })}{one.link.dueOn !== null && ` · ${t('instruments.tasks-due', { day: day(one.link.dueOn) })}`}</span></p>
        )}
      </Card>
    </>
  );
}
