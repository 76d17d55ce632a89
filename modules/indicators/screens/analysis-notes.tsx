import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { Notice } from '#web/kit/notice.tsx';
import type { PivotReply } from '../schema.ts';
import { sayUnit } from './figure.tsx';
import type { Book } from './analysis-book.ts';

/** What an answer leaves open, said beside it: measures refused with the reason, units not on the map, hidden cells, returns behind it. */
export function AnswerNotes({ reply, book }: { readonly reply: PivotReply; readonly book: Book }) {
  const nameOf = (id: string): string => (book.measures.get(`indicator:${id}`) ?? book.measures.get(`element:${id}`))?.name[language()] ?? id;
  return (
    <>
      {reply.refused.length > 0 && (
        <Notice tone="warn" live>
          <p><b>{t('indicators.refused', { count: reply.refused.length })}</b></p>
          <ul className="plain">{reply.refused.map((one) => <li key={`${one.measure}${one.code}`}>{nameOf(one.measure)}: {sayKey(`indicators.refused.${one.code}`)}</li>)}</ul>
        </Notice>
      )}
      {reply.notOnMap.length > 0 && (
        <Notice tone="warn"><p>{t('indicators.not-on-map', { count: reply.notOnMap.length })}</p><details><summary>{t('indicators.which')}</summary><p className="small">{reply.notOnMap.map(sayUnit).join(' · ')}</p></details></Notice>
      )}
    </>
  );
}

/** Three looks of three different things, and how many returns are in the figures. */
export function AnswerKey({ reply }: { readonly reply: PivotReply }) {
  const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
  const expected = sum(reply.coverageOf.expected);
  return (
    <div className="answer-key">
      <ul className="legend" aria-label={t('indicators.key')}>
        <li><b>0</b> {t('indicators.key-zero')}</li>
        <li><span className="fig-hidden">{'<10'}</span> {t('indicators.suppressed')}{reply.hidden > 0 && ` (${t('indicators.cells', { count: reply.hidden })})`}</li>
        <li><i className="hatched" aria-hidden="true" /><span>–</span> {t('indicators.missing')}</li>
      </ul>
      {expected > 0 && <p className="xs muted">{t('indicators.answer-source', { received: number(sum(reply.coverageOf.received)), expected: number(expected), edition: reply.edition })}</p>}
    </div>
  );
}
