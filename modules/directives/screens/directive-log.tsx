import { useEffect, useRef } from 'react';
import { t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { Timeline, type TimelineEntry } from '#web/kit/timeline.tsx';
import { useMay } from '#web/session.tsx';
import { type DirectiveView, getReach } from '../schema.ts';

/** What happened to the directive as a whole, newest first; each task keeps its own history. */
export function DirectiveLog({ directive }: { readonly directive: DirectiveView }) {
  const reach = useQuery(getReach, { params: { province: directive.province, directive: directive.id } });
  const { reload } = reach;
  const asked = useRef(directive.reach.reached);
  useEffect(() => {
    if (asked.current === directive.reach.reached) return;
    asked.current = directive.reach.reached;
    reload();
  }, [directive.reach.reached, reload]);
  const may = useMay();
  return (
    <Card title={t('directives.log')} footer={<>{t('directives.history-say')} {may('audit.read') && <A to="/kiem-toan" query={{ 'doi-tuong': directive.id }}>{t('directives.log-audit')}</A>}</>}>
      <Timeline entries={entriesOf(directive, reach.value)} />
    </Card>
  );
}

type Reach = { readonly reached: number; readonly of: number; readonly rows: readonly { readonly reachedAt: string | null }[] };

function entriesOf(directive: DirectiveView, reach: Reach | undefined): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const last = reach?.rows.map((row) => row.reachedAt).filter((at) => at !== null).sort().at(-1);
  if (reach !== undefined && last !== undefined) {
    entries.push({ key: 'reach', at: last, what: reach.reached < reach.of ? t('directives.log-reaching', { reached: reach.reached, of: reach.of }) : t('directives.log-reached', { count: reach.of }) });
  }
  if (directive.issuedAt !== null) entries.push({ key: 'issued', at: directive.issuedAt, what: <span className="b">{t('directives.log-issued')}</span>, who: directive.issuerName });
  entries.push({ key: 'created', at: directive.createdAt, what: t('directives.log-created'), who: directive.issuerName, tone: 'idle' });
  return entries;
}
