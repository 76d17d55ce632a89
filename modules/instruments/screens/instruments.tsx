import { useState } from 'react';
import { useLocation } from 'wouter';
import { day } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { listInstruments, stageNames, type InstrumentRow } from '../schema.ts';
import { AddDialog } from './add-dialog.tsx';
import { latenessOf, pathOf, titleOf } from './words.ts';

/** Legislative and guidance products: which stage each has reached, and how late. */
export default function InstrumentsScreen() {
  const list = useQuery(listInstruments, {});
  const [query, setQuery] = useQueryState();
  const [adding, setAdding] = useState(false);
  const [, navigate] = useLocation();
  const only = query.get('buoc') ?? '';
  const columns: readonly Column<InstrumentRow>[] = [
    { key: 'title', header: t('instruments.product'), rowHeader: true, cell: ({ instrument, leadName }) => <><A to={pathOf(instrument)}>{titleOf(instrument)}</A><small>{[sayKey(`instruments.kind.${instrument.kind}`), leadName[language()]].join(' · ')}</small></> },
    { key: 'stage', header: t('instruments.stage'), cell: ({ standing }) => (standing.stage === null ? <span className="muted">{t('instruments.no-stage')}</span> : <StatusBadge bare kind={standing.stage === 'in-force' ? 'done' : 'half'}>{sayKey(`instruments.stage.${standing.stage}`)}</StatusBadge>) },
    { key: 'days', header: t('instruments.days'), cell: ({ instrument }) => <>{instrument.stages.map((one) => <span key={one.stage} className="block small">{sayKey(`instruments.stage.${one.stage}`)}: {day(one.on)}</span>)}</> },
    { key: 'due', header: t('instruments.due'), compare: (a, b) => ((a.instrument.dueOn ?? '9') < (b.instrument.dueOn ?? '9') ? -1 : 1), cell: ({ instrument }) => <>{instrument.dueOn === null ? instrument.dueText : day(instrument.dueOn)}<small>{t('instruments.due-for', { stage: sayKey(`instruments.stage.${instrument.dueStage}`) })}</small></> },
    { key: 'late', header: t('instruments.lateness'), compare: (a, b) => (a.standing.lateDays ?? -9999) - (b.standing.lateDays ?? -9999), cell: ({ standing }) => { const late = latenessOf(standing); return <StatusBadge bare kind={late.kind}>{late.text}</StatusBadge>; } },
  ];
  return (
    <>
      <PageHead title={t('instruments.title')} say={t('instruments.say')} tools={<><CopyLink />{(list.value?.mayAdd.length ?? 0) > 0 && <Button look="primary" icon="plus" onClick={() => setAdding(true)}>{t('instruments.add')}</Button>}</>} />
      <Card flush>
        <div className="body row"><FilterChips label={t('instruments.stage')} value={only} onChoose={(next) => setQuery({ buoc: next === '' ? undefined : next })} choices={[{ value: '', label: t('instruments.all') }, { value: 'muon', label: t('instruments.late-only') }, ...stageNames.map((stage) => ({ value: stage, label: sayKey(`instruments.stage.${stage}`) }))]} /></div>
        <RemoteView of={list} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="flag" title={t('instruments.empty')} />}>{(value) => (
          <Table caption={t('instruments.title')} hideCaption columns={columns} rowKey={(row) => row.instrument.id} onOpen={(row) => navigate(pathOf(row.instrument))} empty={<EmptyState icon="search" title={t('instruments.none-here')} />}
            rows={value.rows.filter((row) => (only === '' ? true : only === 'muon' ? (row.standing.lateDays ?? 0) > 0 : row.standing.stage === only))} />
        )}</RemoteView>
      </Card>
      {adding && list.value !== undefined && <AddDialog mayAdd={list.value.mayAdd} onClose={() => setAdding(false)} onDone={(made) => { setAdding(false); navigate(pathOf(made.instrument)); }} />}
    </>
  );
}
