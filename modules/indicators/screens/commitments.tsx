import { useState } from 'react';
import { compareVietnamese } from '#kernel/fold.ts';
import { moment, number, today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { getDictionary, type Target } from '#modules/definitions/schema.ts';
import { getUnitTree } from '#modules/org-units/schema.ts';
import { listCommitments, type Commitment } from '../schema.ts';
import { CommitDialog } from './commit-dialog.tsx';
import { sayOffice, sayPeriod, sayTargetUnit, sayUnit } from './figure.tsx';
import { indicatorPath } from './links.ts';
import './figures.css';

type Row = { readonly code: string; readonly name: string; readonly held: Commitment | undefined };

/** What each province promised for a target and year, with the document it stands in. */
export default function CommitmentsScreen() {
  const dictionary = useQuery(getDictionary, { query: {} });
  const [query, setQuery] = useQueryState();
  const weight = ['adopted', 'pm_instruction', 'working_goal', 'proposal_stage_only', 'uncertain', 'provincial', 'local_example'];
  const targets = (dictionary.value?.targets ?? []).filter((one) => one.low !== null || one.operator === 'decrease' || one.operator === 'increase').sort((a, b) => weight.indexOf(a.status) - weight.indexOf(b.status));
  const target = targets.find((one) => one.id === query.get('muc-tieu')) ?? targets[0];
  const period = query.get('ky') ?? String(target?.year ?? today().slice(0, 4));
  return (
    <>
      <PageHead title={t('indicators.commitments')} say={t('indicators.commitments-say')} crumbs={[{ label: t('indicators.to-dictionary'), to: '/chi-tieu' }, { label: t('indicators.commitments') }]} tools={<CopyLink />} />
      <RemoteView of={dictionary} lines={8}>{() => (target === undefined ? <EmptyState icon="flag" title={t('indicators.no-targets')} /> : (
        <div className="stack">
          <Card title={target.name[language()]} tools={<>
            <Select label={t('indicators.target')} hideLabel value={target.id} onChoose={(next) => setQuery({ 'muc-tieu': next, ky: undefined })} choices={targets.map((one) => ({ value: one.id, label: one.name[language()] }))} />
            <Select label={t('indicators.period')} hideLabel value={period} onChoose={(next) => setQuery({ ky: next })} choices={yearsOf(target, period).map((one) => ({ value: one, label: sayPeriod(one) }))} />
          </>}>
            <Pairs pairs={factsOf(target)} />
          </Card>
          <Provinces key={`${target.id} ${period}`} target={target} period={period} />
        </div>
      ))}</RemoteView>
    </>
  );
}

const yearsOf = (target: Target, shown: string): string[] => {
  const now = Number(today().slice(0, 4));
  const last = Math.max(now, target.year ?? now);
  return [...new Set([shown, ...Array.from({ length: last - now + 2 }, (_, at) => String(now - 1 + at))])].sort();
};

/** What the target asks, in numbers, and of whom more. */
function factsOf(target: Target): (readonly [string, React.ReactNode])[] {
  const asks = `${sayKey(`indicators.operator.${target.operator}`)} ${target.low === null ? '' : number(target.low, 2)}${target.high === null ? '' : `–${number(target.high, 2)}`}${sayTargetUnit(target.unit)} · ${target.everyYear ? t('indicators.every-year') : (target.year ?? '')}`;
  return [
    [t('indicators.target'), asks], [t('indicators.status'), sayKey(`indicators.target-status.${target.status}`)],
    ...(target.tiers.length === 0 ? [] : [[t('indicators.tiers'), target.tiers.map((tier) => <span key={tier.group} className="block">{tier.note[language()]}: {number(tier.low, 2)}</span>)] as const]),
    [t('indicators.source'), target.source],
    ...(target.indicator === null ? [] : [[t('indicators.indicator'), <A key="i" to={indicatorPath(target.indicator)}>{t('indicators.go.indicator')}</A>] as const]),
  ];
}

function Provinces({ target, period }: { readonly target: Target; readonly period: string }) {
  const tree = useQuery(getUnitTree, { query: {} });
  const held = useQuery(listCommitments, { query: { target: target.id } });
  const may = useMay();
  const [editing, setEditing] = useState<Row>();
  const byUnit = new Map(held.value?.rows.filter((row) => row.period === period).map((row) => [row.unit, row] as const));
  const rows = (tree.value?.provinces ?? []).map((one): Row => ({ code: one.code, name: sayUnit(one), held: byUnit.get(one.code) }));
  const columns: readonly Column<Row>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (row) => <A to={`/tinh/${row.code}`}>{row.name}</A>, compare: (a, b) => compareVietnamese(a.name, b.name) },
    { key: 'value', header: t('indicators.committed-value'), numeric: true, cell: (row) => (row.held === undefined ? <span className="muted">–<span className="vh"> {t('indicators.not-committed')}</span></span> : <b>{number(row.held.value, 3)}</b>), compare: (a, b) => (a.held?.value ?? Number.NEGATIVE_INFINITY) - (b.held?.value ?? Number.NEGATIVE_INFINITY) },
    { key: 'basis', header: t('indicators.basis'), cell: (row) => (row.held === undefined ? <span className="muted">{t('indicators.not-committed')}</span> : row.held.basis) },
    { key: 'at', header: t('indicators.recorded'), cell: (row) => (row.held === undefined ? '' : `${moment(row.held.recordedAt)}, ${sayOffice(row.held.office, (code) => rows.find((one) => one.code === code)?.name)}`) },
    { key: 'edit', header: <span className="vh">{t('indicators.edit')}</span>, label: '', cell: (row) => (may('indicators.commit', { province: row.code }) ? <Button size="small" icon="edit" onClick={() => setEditing(row)}>{t(row.held === undefined ? 'indicators.record' : 'indicators.edit')}<span className="vh">: {row.name}</span></Button> : null) },
  ];
  return (
    <Card title={t('indicators.committed-count', { count: byUnit.size, of: rows.length })} say={sayPeriod(period)} flush>
      <RemoteView of={held} lines={8}>{() => <RemoteView of={tree} lines={8}>{() => <Table caption={t('indicators.commitments')} hideCaption columns={columns} rows={rows} rowKey={(row) => row.code} />}</RemoteView>}</RemoteView>
      {editing !== undefined && <CommitDialog target={target} period={period} unit={editing.code} name={editing.name} held={editing.held} onClose={() => setEditing(undefined)} onDone={() => { setEditing(undefined); held.reload(); toast(t('indicators.commitment-kept')); }} />}
    </Card>
  );
}
