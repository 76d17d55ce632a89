import { useState } from 'react';
import { day, moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { ShowMore } from '#web/kit/pagination.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import type { HistoryEntry } from '../schema.ts';
import { sayCheckDay, sayDismissal, sayMeasure, sayResult, sayState, sayStep } from './words.ts';

function detailsOf(entry: HistoryEntry): string {
  return [
    entry.checkDay === null ? '' : `${sayCheckDay(entry.checkDay)}${entry.checkResult === null ? '' : `: ${sayResult(entry.checkResult)}`}`,
    entry.measures.map(sayMeasure).join(', '),
    entry.documentNumber === null ? '' : t('hotspots.by-document', { number: entry.documentNumber, day: entry.documentDate === null ? '' : day(entry.documentDate) }),
    entry.reason === null ? '' : sayDismissal(entry.reason), entry.duplicateOf ?? '',
    entry.fromState !== null && entry.fromState !== entry.toState ? t('hotspots.to-state', { state: sayState(entry.toState) }) : '',
  ].filter((part) => part !== '').join('; ');
}

/** Every step, the newest first; who took it is told by office. */
export function HistoryCard({ history }: { readonly history: readonly HistoryEntry[] }) {
  const [shown, setShown] = useState(20);
  const all = [...history].sort((a, b) => b.seq - a.seq);
  const entries = all.slice(0, shown).map((entry) => ({
    key: `${entry.seq}`, at: day(entry.onDay),
    what: <><b>{sayStep(entry.step)}</b>{entry.late && <span className="c-bad"> {t('hotspots.was-late')}</span>}{detailsOf(entry) !== '' && <><br />{detailsOf(entry)}</>}</>,
    who: <>{entry.officeName ?? t('hotspots.by-system')}{entry.byYou && ` ${t('hotspots.by-you')}`} · {t('hotspots.recorded-at', { at: moment(entry.at) })}</>,
    ...(entry.step === 'recur' || entry.checkResult === 'recurred' ? { tone: 'bad' as const } : entry.step === 'dismiss' ? { tone: 'idle' as const } : {}),
  }));
  return (
    <Card title={t('hotspots.history')} say={t('hotspots.history-say')}>
      <Timeline entries={entries} />
      {all.length > shown && <ShowMore shown={shown} total={all.length} onMore={() => setShown(shown + 50)} />}
    </Card>
  );
}
