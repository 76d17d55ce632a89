import { useQuery } from '#web/query.ts';
import { useQueryState } from '#web/place.ts';
import { t } from '#web/i18n/words.ts';
import { useMay } from '#web/session.tsx';
import { Card } from '#web/kit/card.tsx';
import { EmptyState, RemoteView, Skeleton } from '#web/kit/notice.tsx';
import type { Standing } from '#modules/indicators/schema.ts';
import { getSignals } from '../schema/signals.ts';
import { getVerdict, type UnitVerdict } from '../schema/verdict.ts';
import { ClassCard } from './class-card.tsx';
import { BesideCard, ChangesCard, HistoryCard, PathCard, SignalsCard } from './side-cards.tsx';
import { KeyComplexCard, TestsCard } from './tests-card.tsx';
import { VerdictHead } from './verdict-head.tsx';
import './classification.css';

type PanelProps = { readonly code: string; readonly level: string; readonly province: string };
const standings: readonly Standing[] = ['reported', 'approved'];

/** On the page of a commune or province: what the evidence proposes for the year, why, and what it is not. */
export default function VerdictPanel({ code }: PanelProps) {
  const [query] = useQueryState();
  const period = query.get('ky');
  const standing = standings.find((one) => one === query.get('so'));
  const asked = useQuery(getVerdict, { params: { unit: code }, query: { ...(period !== null && /^20\d\d$/.test(period) ? { period } : {}), ...(standing === undefined ? {} : { standing }) } });
  // Who does not read this unit's figures, and units that Decision 28 does not classify, have a page without this part.
  if (asked.value === undefined && asked.problem !== undefined && asked.problem.code !== 'offline') {
    return asked.problem.code === 'period-not-classified' ? <div className="panel-top"><Card><EmptyState icon="history" title={t('classification.period-not-classified', { period: period ?? '' })}>{t('classification.older-not-joined')}</EmptyState></Card></div> : null;
  }
  if (asked.value === undefined && asked.problem === undefined) return <div className="panel-top wait-top"><Card><Skeleton lines={6} /></Card></div>;
  return <div className="panel-top"><RemoteView of={asked}>{(verdict) => <Whole verdict={verdict} />}</RemoteView></div>;
}

function Whole({ verdict }: { readonly verdict: UnitVerdict }) {
  const may = useMay();
  const place = verdict.level === 'province' ? { province: verdict.province } : { province: verdict.province, commune: verdict.unit.code };
  const maySee = may('classification.see-signals', place) && verdict.level === 'commune';
  const signals = useQuery(getSignals, maySee ? { params: { unit: verdict.unit.code }, query: { period: verdict.period.id, standing: verdict.standing } } : undefined);
  return (
    <>
      <VerdictHead verdict={verdict} />
      <div className="cols">
        <div className="stack">
          <TestsCard verdict={verdict} />
          {verdict.level === 'commune' ? <ClassCard verdict={verdict} /> : <KeyComplexCard verdict={verdict} />}
          {verdict.changes.length > 0 && <ChangesCard verdict={verdict} />}
        </div>
        <div className="stack">
          <PathCard verdict={verdict} />
          <BesideCard verdict={verdict} />
          {maySee && (signals.problem === undefined || signals.problem.code === 'offline') && <SignalsCard of={signals} />}
          <HistoryCard verdict={verdict} />
        </div>
      </div>
    </>
  );
}
