import { useState } from 'react';
import { useLocation } from 'wouter';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Badge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import type { ReplyOf } from '#kernel/contract.ts';
import { listModels } from '../schema.ts';
import { ModelDialog } from './model-dialog.tsx';
import { modelPath, nameOf, sayFidelity, saySites } from './words.ts';
import { useYear, YearChoice } from './year-choice.tsx';

type Row = ReplyOf<typeof listModels>['rows'][number];

/** The catalogue: each model with where it was held and how much of it was delivered this school year. */
export function ModelsPart() {
  const list = useQuery(listModels, { query: useYear() });
  const [adding, setAdding] = useState(false);
  const [, navigate] = useLocation();
  const columns: readonly Column<Row>[] = [
    { key: 'name', header: t('prevention.model'), rowHeader: true, cell: ({ model }) => <><A to={modelPath(model)}>{nameOf(model)}</A><small>{[sayKey(`prevention.setting.${model.setting}`), model.province === '00' ? t('prevention.of-nation') : t('prevention.of-province', { code: model.province })].join(' · ')}{model.state === 'retired' && <> <Badge>{t('prevention.retired')}</Badge></>}</small></> },
    { key: 'sites', header: t('prevention.reach'), compare: (a, b) => a.reach.sites / Math.max(1, a.reach.sitesBase) - b.reach.sites / Math.max(1, b.reach.sitesBase), cell: ({ reach }) => <>{reach.sitesBase > 0 && <ProgressBar share={reach.sites / reach.sitesBase} label={saySites(reach)} />}<span className="small">{saySites(reach)}</span></> },
    { key: 'fidelity', header: t('prevention.fidelity'), numeric: true, compare: (a, b) => (a.reach.fidelity ?? -1) - (b.reach.fidelity ?? -1), cell: ({ reach }) => sayFidelity(reach) },
    { key: 'communes', header: t('prevention.communes'), numeric: true, compare: (a, b) => a.reach.communes - b.reach.communes, cell: ({ reach }) => number(reach.communes) },
    { key: 'sessions', header: t('prevention.sessions'), numeric: true, compare: (a, b) => a.reach.sessions - b.reach.sessions, cell: ({ reach }) => number(reach.sessions) },
    { key: 'reached', header: t('prevention.people-reached'), numeric: true, compare: (a, b) => a.reach.reached - b.reach.reached, cell: ({ reach }) => number(reach.reached) },
  ];
  return (
    <Card title={t('prevention.models')} say={t('prevention.models-say')} flush tools={<>
      {list.value !== undefined && <YearChoice year={list.value.year} years={list.value.years} />}
      {(list.value?.mayAdd.length ?? 0) > 0 && <Button icon="plus" onClick={() => setAdding(true)}>{t('prevention.add-model')}</Button>}
    </>}>
      <RemoteView of={list} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="list" title={t('prevention.no-models')}>{t('prevention.no-models-say')}</EmptyState>}>{(value) => (
        <Table caption={t('prevention.models')} hideCaption columns={columns} rows={value.rows} rowKey={(row) => row.model.id} onOpen={(row) => navigate(modelPath(row.model))} />
      )}</RemoteView>
      {adding && list.value !== undefined && <ModelDialog mayAdd={list.value.mayAdd} onClose={() => setAdding(false)} onDone={(made) => { setAdding(false); navigate(modelPath(made)); }} />}
    </Card>
  );
}
