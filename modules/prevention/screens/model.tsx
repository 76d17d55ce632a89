import { useState } from 'react';
import { useParams } from 'wouter';
import { compareVietnamese } from '#kernel/fold.ts';
import type { ReplyOf } from '#kernel/contract.ts';
import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useScope, withQuery } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getModel, retireModel, type ReachRow } from '../schema.ts';
import { BaseDialog, MonthDialog } from './record-dialogs.tsx';
import { modelPath, monthName, nameOf, sayFidelity, saySites } from './words.ts';
import { useYear, YearChoice } from './year-choice.tsx';

type View = ReplyOf<typeof getModel>;
type Own = NonNullable<View['own']>;

/** One model: what it consists of, where it was held this school year with the least covered first, and a commune's own months. */
export default function ModelScreen() {
  const { province = '', model = '' } = useParams<{ province: string; model: string }>();
  const { commune } = useScope();
  const view = useQuery(getModel, { params: { province, model }, query: { ...useYear(), ...(commune === undefined ? {} : { commune }) } });
  usePageTitle(view.value === undefined ? undefined : nameOf(view.value.model));
  return (
    <RemoteView of={view} lines={10}>{(value) => (
      <>
        <PageHead title={nameOf(value.model)} say={`${sayKey(`prevention.setting.${value.model.setting}`)} · ${language() === 'en' ? value.model.purposeEn : value.model.purposeVi}`} crumbs={[{ label: t('prevention.title'), to: '/phong-ngua' }, { label: nameOf(value.model) }]}
          tools={<><YearChoice year={value.year} years={value.years} /><CopyLink />{value.mayRetire && <Retiring value={value} onDone={view.reload} />}</>} />
        <StatStrip stats={[
          { label: t('prevention.reach'), value: value.reach.sitesBase === 0 ? number(value.reach.sites) : `${number((value.reach.sites / value.reach.sitesBase) * 100)}%`, note: saySites(value.reach) },
          { label: t('prevention.fidelity'), value: sayFidelity(value.reach), note: t('prevention.fidelity-say') },
          { label: t('prevention.sessions'), value: number(value.reach.sessions), note: t('prevention.in-communes', { count: number(value.reach.communes) }) },
          { label: t('prevention.people-reached'), value: number(value.reach.reached), note: t('prevention.attendances') },
        ]} />
        <div className="cols">
          <div className="stack">{value.own !== null && <OwnCard value={value} own={value.own} onDone={view.reload} />}<Areas value={value} /></div>
          <Card title={t('prevention.components')} say={t('prevention.components-say')}><ol>{value.model.components.map((one) => <li key={one.vi}>{language() === 'en' ? one.en : one.vi}</li>)}</ol><p className="small muted">{t('prevention.counts-only')}</p></Card>
        </div>
      </>
    )}</RemoteView>
  );
}

function Areas({ value }: { readonly value: View }) {
  const columns: readonly Column<ReachRow>[] = [
    { key: 'name', header: t(value.by === 'province' ? 'prevention.province' : 'prevention.commune'), rowHeader: true, compare: (a, b) => compareVietnamese(a.nameVi, b.nameVi), cell: (row) => <A to={withQuery(modelPath(value.model), { 'pham-vi': value.by === 'province' ? row.code : `${row.province}-${row.code}` })}>{row.nameVi}</A> },
    { key: 'reach', header: t('prevention.reach'), compare: (a, b) => a.sites / Math.max(1, a.sitesBase) - b.sites / Math.max(1, b.sitesBase), cell: (row) => (row.sitesBase === 0 && row.sites === 0 ? <span className="muted">{t('prevention.no-base')}</span> : <>{row.sitesBase > 0 && <ProgressBar share={row.sites / row.sitesBase} label={saySites(row)} />}<span className="small">{saySites(row)}</span></>) },
    { key: 'fidelity', header: t('prevention.fidelity'), numeric: true, compare: (a, b) => (a.fidelity ?? -1) - (b.fidelity ?? -1), cell: (row) => sayFidelity(row) },
    { key: 'sessions', header: t('prevention.sessions'), numeric: true, compare: (a, b) => a.sessions - b.sessions, cell: (row) => number(row.sessions) },
    { key: 'reached', header: t('prevention.people-reached'), numeric: true, compare: (a, b) => a.reached - b.reached, cell: (row) => number(row.reached) },
  ];
  if (value.rows.length <= 1) return null;
  return <Card title={t('prevention.by-area', { count: number(value.rows.length) })} say={t('prevention.least-first')} flush><Table caption={t('prevention.least-first')} hideCaption columns={columns} rows={value.rows} rowKey={(row) => row.code} /></Card>;
}

/** Nothing recorded is not a zero. */
const shown = (count: number | undefined) => (count === undefined ? <span className="muted">–</span> : number(count));

/** A commune's months: the ones not recorded can be, the others put right. */
function OwnCard({ value, own, onDone }: { readonly value: View; readonly own: Own; readonly onDone: () => void }) {
  const [month, setMonth] = useState<string>();
  const [base, setBase] = useState(false);
  const byMonth = new Map(own.activities.map((one) => [one.month, one]));
  type Row = { readonly month: string };
  const columns: readonly Column<Row>[] = [
    { key: 'month', header: t('prevention.month'), rowHeader: true, cell: (row) => <>{monthName(row.month)}{value.model.months.includes(Number(row.month.slice(5))) && <small>{t('prevention.due')}</small>}</> },
    { key: 'sites', header: t('prevention.sites'), numeric: true, cell: (row) => { const one = byMonth.get(row.month); return one === undefined ? <span className="muted">{t('prevention.not-recorded')}</span> : number(one.sites); } },
    { key: 'sessions', header: t('prevention.sessions'), numeric: true, cell: (row) => shown(byMonth.get(row.month)?.sessions) },
    { key: 'reached', header: t('prevention.people-reached'), numeric: true, cell: (row) => shown(byMonth.get(row.month)?.reached) },
    { key: 'components', header: t('prevention.components'), cell: (row) => { const one = byMonth.get(row.month); return one === undefined ? shown(undefined) : t('prevention.components-of', { count: one.components.length, of: value.model.components.length }); } },
    ...(own.mayRecord ? [{ key: 'do', header: <span className="vh">{t('prevention.record')}</span>, label: '', cell: (row: Row) => <Button size="small" icon={byMonth.has(row.month) ? 'edit' : 'plus'} onClick={() => setMonth(row.month)}>{t(byMonth.has(row.month) ? 'prevention.put-right' : 'prevention.record')}<span className="vh">: {monthName(row.month)}</span></Button> }] : []),
  ];
  return (
    <Card title={own.nameVi} say={own.base === null ? t('prevention.no-base') : t('prevention.base-is', { sites: number(own.base.sites), people: number(own.base.people) })} flush
      tools={own.mayRecord && <Button size="small" icon="edit" onClick={() => setBase(true)}>{t('prevention.edit-base')}</Button>}>
      <Table caption={t('prevention.own-months', { commune: own.nameVi })} hideCaption columns={columns} rows={own.months.map((one) => ({ month: one }))} rowKey={(row) => row.month} />
      {month !== undefined && <MonthDialog model={value.model} own={own} month={month} held={byMonth.get(month)} onClose={() => setMonth(undefined)} onDone={() => { setMonth(undefined); onDone(); }} />}
      {base && <BaseDialog model={value.model} own={own} year={value.year} onClose={() => setBase(false)} onDone={() => { setBase(false); onDone(); }} />}
    </Card>
  );
}

function Retiring({ value, onDone }: { readonly value: View; readonly onDone: () => void }) {
  const retire = useCommand(retireModel);
  const send = async (): Promise<void> => { if ((await retire.run({ params: { province: value.model.province, model: value.model.id }, body: { version: value.model.version } })).ok) onDone(); };
  return <><ProblemNotice problem={retire.problem} /><Button busy={retire.busy} onClick={() => void send()}>{t('prevention.retire')}</Button></>;
}
