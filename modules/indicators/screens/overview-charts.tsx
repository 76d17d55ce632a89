import { Fragment } from 'react';
import { number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { TableTwin } from '#web/kit/charts.tsx';
import { numberIn, type Overview } from '../schema.ts';
import { A } from '#web/kit/link.tsx';
import { FigureText, sayPeriod, shortPeriod } from './figure.tsx';
import { explainPath } from './links.ts';

/** Descending bars; what is lost between two steps is said in words. */
export function Cascade({ cascade, unit }: { readonly cascade: NonNullable<Overview['cascade']>; readonly unit: string }) {
  const first = numberIn(cascade.steps[0]?.value ?? { missing: true });
  return (
    <Card title={t('indicators.cascade')} say={t('indicators.cascade-say')} footer={t('indicators.cascade-note')}>
      <div className="casc">
        {cascade.steps.map((step) => {
          const value = numberIn(step.value);
          return (
            <Fragment key={step.indicator}>
              <div className="t">{step.name[language()]}</div>
              <div className="g">
                {value !== null && first !== null && first > 0 && <i style={{ width: `${Math.max(0.5, Math.min(100, (value / first) * 62))}%` }} aria-hidden="true" />}
                <span><b><A to={explainPath(step.indicator, unit, step.period)}><FigureText figure={step.value} decimals={0} /></A></b>{step.ofFirst === null ? '' : ` (${number(step.ofFirst)}%)`}{step.lost === null ? '' : <span className="muted"> {t(step.lost < 0 ? 'indicators.gained' : 'indicators.lost', { count: number(Math.abs(step.lost), 0) })}</span>}</span>
              </div>
            </Fragment>
          );
        })}
      </div>
    </Card>
  );
}

const heatClass = (share: number): string => `q${share >= 0.98 ? 6 : share >= 0.93 ? 5 : share >= 0.88 ? 4 : share >= 0.8 ? 3 : share >= 0.7 ? 2 : 1}`;

const mostRows = 30;
/** Rows whose returns came in time the least, when there are more than a screen takes in; the table below has them all. */
function slowest(rows: Overview['calendar']['rows']): Overview['calendar']['rows'] {
  if (rows.length <= mostRows) return rows;
  const share = (row: Overview['calendar']['rows'][number]): number => { const [expected, inTime] = row.cells.reduce(([all, good], cell) => (cell === null ? [all, good] : [all + cell[0], good + cell[2]]), [0, 0]); return (inTime ?? 0) / Math.max(1, expected ?? 0); };
  return [...rows].sort((a, b) => share(a) - share(b)).slice(0, 20);
}

/** Twelve months: share of expected returns that came in time, by region or by unit below; hatched where nothing was asked. */
export function Calendar({ calendar }: { readonly calendar: Overview['calendar'] }) {
  if (calendar.rows.length === 0) return null;
  const title = t('indicators.calendar');
  const drawn = slowest(calendar.rows);
  return (
    <Card title={title} say={`${t(calendar.by === 'group-set' ? 'indicators.calendar-by-region' : 'indicators.calendar-by-child')}${drawn.length < calendar.rows.length ? `. ${t('indicators.calendar-slowest', { shown: drawn.length, of: calendar.rows.length })}` : ''}`} footer={t('indicators.calendar-note')}>
      <div className="scroll" role="group" tabIndex={0} aria-label={title}><div className="heat" role="img" aria-label={t('indicators.calendar-see-table')} style={{ gridTemplateColumns: `minmax(96px, 190px) repeat(${calendar.months.length}, minmax(30px, 1fr))` }}>
        <span />{calendar.months.map((month) => <span className="m" key={month} title={sayPeriod(month)}>{shortPeriod(month)}</span>)}
        {drawn.map((row) => (
          <Fragment key={row.id}>
            <span className="n">{row.name[language()]}</span>
            {row.cells.map((cell, at) => {
              const month = calendar.months[at] ?? '';
              if (cell === null || cell[0] === 0) return <span key={month} className="c q0" title={`${sayPeriod(month)}: ${t('indicators.nothing-asked')}`}>–</span>;
              const share = cell[2] / cell[0];
              return <span key={month} className={`c ${heatClass(share)}`} title={t('indicators.calendar-cell', { period: sayPeriod(month), inTime: number(cell[2]), received: number(cell[1]), expected: number(cell[0]) })}>{Math.floor(share * 100)}</span>;
            })}
          </Fragment>
        ))}
      </div></div>
      <TableTwin title={title}>
        <thead><tr><th scope="col">{t('indicators.place')}</th>{calendar.months.map((month) => <th scope="col" className="num" key={month}>{shortPeriod(month)}</th>)}</tr></thead>
        <tbody>{calendar.rows.map((row) => <tr key={row.id}><th scope="row">{row.name[language()]}</th>{row.cells.map((cell, at) => <td className="num" key={calendar.months[at] ?? at}>{cell === null ? '–' : `${number(cell[2])}/${number(cell[0])}`}</td>)}</tr>)}</tbody>
      </TableTwin>
    </Card>
  );
}
