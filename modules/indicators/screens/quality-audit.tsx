import { moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { StatStrip } from '#web/kit/card.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { getSelfAudit, type Incident } from '#modules/returns/schema.ts';
import { sayPeriod } from './figure.tsx';
import type { QualityNames } from './quality-names.ts';

/** The recompute of all sums that never stops: how far it is, and every difference it ever found. */
export function QualityAudit({ names }: { readonly names: QualityNames }) {
  const audit = useQuery(getSelfAudit, {});
  const columns: readonly Column<Incident>[] = [
    { key: 'at', header: t('indicators.found-at'), rowHeader: true, cell: (one) => moment(one.foundAt) },
    { key: 'where', header: t('indicators.place'), cell: (one) => one.node },
    { key: 'what', header: t('indicators.data-set'), cell: (one) => <>{names.dataSet(one.dataSet)}, {sayPeriod(one.period)} <span className="muted small">({sayKey(`indicators.${one.standing}`)})</span></> },
    { key: 'n', header: t('indicators.differing'), numeric: true, cell: (one) => <>{number(one.differing)}{one.example !== null && <small>{t('indicators.difference-example', { kept: number(one.example.kept), recomputed: number(one.example.recomputed) })}</small>}</> },
    { key: 'state', header: t('indicators.status'), cell: (one) => (one.repairedAt === null ? t('indicators.not-repaired') : t('indicators.repaired', { at: moment(one.repairedAt) })) },
  ];
  return (
    <div className="pad-x">
      <p className="small muted">{t('indicators.audit-say')}</p>
      <RemoteView of={audit} lines={4}>{(value) => (
        <div className="stack">
          {value.open > 0 ? <Notice tone="bad"><p>{t('indicators.incidents', { count: value.open })}</p></Notice> : <Notice tone="ok"><p>{t('indicators.audit-clean')}</p></Notice>}
          <StatStrip stats={[
            { label: t('indicators.audit-checked'), value: `${number(value.checked)}/${number(value.slices)}` }, { label: t('indicators.audit-vectors'), value: number(value.vectors), note: t('indicators.audit-values', { count: number(value.slots) }) },
            { label: t('indicators.audit-oldest'), value: value.oldest === null ? '–' : moment(value.oldest) }, { label: t('indicators.audit-waiting'), value: number(value.changedSince) },
          ]} />
          {value.incidents.length > 0 && <Table caption={t('indicators.audit-incidents')} columns={columns} rows={value.incidents} rowKey={(one) => `${one.foundAt} ${one.node} ${one.period} ${one.dataSet} ${one.attribute} ${one.standing}`} />}
        </div>
      )}</RemoteView>
    </div>
  );
}
