import type { ReactNode } from 'react';
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Sparkline, TableTwin } from '#web/kit/charts.tsx';
import { noteField } from '../entry/answers.ts';
import type { Box } from '../entry/boxes.ts';
import { monthsOfBox } from '../entry/live-rules.ts';
import { AttachmentsOf } from './attachments.tsx';
import type { GridStore } from './grid-store.ts';
import { Sentence } from './grid-row.tsx';
import { periodName, say } from './words.ts';

/** What the row means, what counts, how it went, what it is for, and where to ask. */
export function HelpCard({ store, box, readOnly }: { readonly store: GridStore; readonly box: Box; readonly readOnly: boolean }) {
  const { element } = box;
  const months = monthsOfBox(store.form, box);
  const known = months.flatMap((month) => (month.value === null ? [] : [month.value]));
  return (
    <>
      <p className="small">{say(element.definition)}</p>
      <dl>
        {element.counts && <Part title={t('returns.counts')}>{say(element.counts)}</Part>}
        {element.doesNotCount && <Part title={t('returns.does-not-count')}>{say(element.doesNotCount)}</Part>}
        {element.example && <Part title={t('returns.example')}>{say(element.example)}</Part>}
        {known.length > 1 && (
          <Part title={t('returns.months-at', { count: months.length })}>
            <Sparkline wide values={months.map((month) => month.value)} label={t('returns.sparkline', { low: number(Math.min(...known)), high: number(Math.max(...known)) })} />
            {t('returns.usually', { low: number(Math.min(...known)), high: number(Math.max(...known)) })}
            <TableTwin title={say(box.name)}><tbody>{months.map((month) => <tr key={month.period}><th scope="row">{periodName(month.period)}{!month.own && <small className="muted"> {t('returns.folded')}</small>}</th><td className="num">{month.value === null ? '–' : number(month.value, 3)}</td></tr>)}</tbody></TableTwin>
          </Part>
        )}
        <Part title={t('returns.source')}>{say(element.source)}</Part>
        {element.protected && <Part title={t('returns.protected')}>{t('returns.protected-say')}</Part>}
      </dl>
      {!readOnly && <p><Button size="small" onClick={() => store.apply('no-data', [[box.slot, 'no-data']])}>{t('returns.no-data')}</Button></p>}
      {!readOnly && <div><b className="small">{t('returns.ask-province')}</b><Sentence key={box.slot} label={t('returns.ask-province')} initial={store.noteOf(box.slot)} onText={(text) => store.say(noteField(box.slot), text, box.slot)} /><p className="xs muted">{t('returns.ask-province-say')}</p></div>}
      <AttachmentsOf key={`a${box.slot}`} store={store} slot={box.slot} />
      {readOnly && store.noteOf(box.slot) !== '' && <p className="doc">{store.noteOf(box.slot)}</p>}
    </>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => <><dt>{title}</dt><dd>{children}</dd></>;
