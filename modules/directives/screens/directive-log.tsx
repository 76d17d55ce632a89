import { type ReactNode, useEffect, useRef, useState } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { Timeline, type TimelineEntry } from '#web/kit/timeline.tsx';
import { useMay } from '#web/session.tsx';
import { type DirectiveView, getHistory, type History, type StepsOfDay } from '../schema.ts';

/** Days of steps shown before the reader asks for all. */
const daysAtFirst = 7;

/** What happened to the directive, newest first: the steps of its tasks counted by day; each task keeps its own history. */
export function DirectiveLog({ directive }: { readonly directive: DirectiveView }) {
  const history = useQuery(getHistory, { params: { province: directive.province, directive: directive.id } });
  const [all, setAll] = useState(false);
  const { reload } = history;
  const asked = useRef(directive.reach.reached);
  useEffect(() => {
    if (asked.current === directive.reach.reached) return;
    asked.current = directive.reach.reached;
    reload();
  }, [directive.reach.reached, reload]);
  const may = useMay();
  const days = byDay(history.value?.days ?? []);
  return (
    <Card title={t('directives.log')} footer={<>{t('directives.history-say')} {may('audit.read') && <A to="/kiem-toan" query={{ 'doi-tuong': directive.id }}>{t('directives.log-audit')}</A>}</>}>
      <Timeline entries={[...days.slice(0, all ? undefined : daysAtFirst).map(([on, steps]) => ({ key: on, at: day(on), what: stepsLine(steps) })), ...milestones(directive, history.value)]} />
      {!all && days.length > daysAtFirst && <Button look="quiet" onClick={() => setAll(true)}>{t('directives.log-all-days', { count: number(days.length) })}</Button>}
    </Card>
  );
}

/** Steps that stand next to one another by day, put under their day. */
function byDay(steps: readonly StepsOfDay[]): (readonly [string, StepsOfDay[]])[] {
  const days = new Map<string, StepsOfDay[]>();
  for (const one of steps) days.set(one.day, [...(days.get(one.day) ?? []), one]);
  return [...days];
}

/** Which steps were taken that day, the most frequent first. */
const stepsLine = (steps: readonly StepsOfDay[]): ReactNode => steps.map((one) => t('directives.log-steps', { step: sayKey(`task-entry.${one.kind}`), count: number(one.tasks) })).join(' · ');

function milestones(directive: DirectiveView, history: History | undefined): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  if (history !== undefined && history.withdrawnAt !== null) entries.push({ key: 'withdrawn', at: history.withdrawnAt, what: <span className="b">{t('directives.log-withdrawn')}</span>, who: directive.issuerName, tone: 'bad' });
  if (history !== undefined && history.reachedAt !== null) {
    entries.push({ key: 'reach', at: history.reachedAt, what: history.reached < history.of ? t('directives.log-reaching', { reached: history.reached, of: history.of }) : t('directives.log-reached', { count: history.of }) });
  }
  if (directive.issuedAt !== null) entries.push({ key: 'issued', at: directive.issuedAt, what: <span className="b">{t('directives.log-issued')}</span>, who: directive.issuerName });
  entries.push({ key: 'created', at: directive.createdAt, what: t('directives.log-created'), who: directive.issuerName, tone: 'idle' });
  return entries;
}
