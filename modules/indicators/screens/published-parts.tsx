import { daysBetween, type PlainDate } from '#kernel/day.ts';
import { day, number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { StatusBadge } from '#web/kit/status.tsx';
import type { PublishedFigure } from '#modules/definitions/schema.ts';

const monthOf = (of: PlainDate): string => `${of.slice(5, 7)}/${of.slice(0, 4)}`;
const endsMonth = (of: PlainDate): boolean => { const [year = 0, month = 0] = of.split('-').map(Number); return Number(of.slice(8)) === new Date(Date.UTC(year, month, 0)).getUTCDate(); };

/** The period a figure speaks of, in the reader's words; "no date given" where the source gives none. */
export function sayPublishedPeriod({ from, to }: Pick<PublishedFigure, 'from' | 'to'>): string {
  if (to === null) return t('indicators.published-undated');
  if (from === null) return t('indicators.published-until', { month: monthOf(to) });
  const year = to.slice(0, 4);
  if (from === to) return day(to);
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) return from.startsWith(year) ? year : `${from.slice(0, 4)}–${year}`;
  if (from === `${year}-01-01` && to === `${year}-06-30`) return t('indicators.published-half', { year });
  if (!from.endsWith('-01') || !endsMonth(to)) return `${day(from)}–${day(to)}`;
  return monthOf(from) === monthOf(to) ? monthOf(to) : `${monthOf(from)}–${monthOf(to)}`;
}

/** As the source worded it: "trên 19.000 vụ". */
export const sayPublishedValue = ({ value, qualifier, unit, unitName }: PublishedFigure): string =>
  `${qualifier === 'as_stated' ? '' : `${sayKey(`indicators.qualifier.${qualifier}`)} `}${value === null ? '–' : number(value, 3)}${unit === 'percent' ? '%' : ` ${unitName[language()]}`}`;

/** Newest first; what has no date last. */
export const newestFirst = (a: PublishedFigure, b: PublishedFigure): number => ((a.to ?? '') < (b.to ?? '') ? 1 : (a.to ?? '') > (b.to ?? '') ? -1 : a.id < b.id ? -1 : 1);

type RowsProps = { readonly rows: readonly PublishedFigure[]; readonly all: ReadonlyMap<string, PublishedFigure>; readonly caption: string; /** Also what each row counts: for a list of several. */ readonly named?: boolean };

/** Figures as they were published: period, place, the wording of the value, source, and what contradicts it. */
export function PublishedRows({ rows, all, caption, named = false }: RowsProps) {
  return (
    <div className="scroll" role="group" tabIndex={0} aria-label={caption}><table className="tbl cards">
      <caption className="vh">{caption}</caption>
      <thead><tr>{named && <th scope="col">{t('indicators.dim.measure')}</th>}<th scope="col">{t('indicators.period')}</th><th scope="col">{t('indicators.published-place')}</th><th scope="col" className="num">{t('indicators.value')}</th><th scope="col">{t('indicators.source')}</th></tr></thead>
      <tbody>{[...rows].sort(named ? (a, b) => (a.name[language()] < b.name[language()] ? -1 : a.name[language()] > b.name[language()] ? 1 : newestFirst(a, b)) : newestFirst).map((row) => (
        <tr key={row.id} id={row.id}>
          {named && <th scope="row" data-l={t('indicators.dim.measure')}>{row.name[language()]}</th>}
          {named ? <td data-l={t('indicators.period')}>{sayPublishedPeriod(row)}</td> : <th scope="row" data-l={t('indicators.period')}>{sayPublishedPeriod(row)}</th>}
          <td data-l={t('indicators.published-place')}>{row.placeName[language()]}</td>
          <td className="num" data-l={t('indicators.value')}><span><b>{sayPublishedValue(row)}</b>{row.detail !== null && <span className="xs muted block">{row.detail[language()]}</span>}</span></td>
          <td className="small" data-l={t('indicators.source')}><span><span className="xs muted">{row.id}</span> {row.source}
            {row.conflicts.length > 0 && <span className="block"><StatusBadge kind="warn" bare>{t('indicators.published-conflict')}</StatusBadge> {row.conflicts.flatMap((id) => all.get(id) ?? []).map((other) => `${other.id}: ${sayPublishedValue(other)}`).join(' · ')}</span>}
            {row.note !== null && <span className="block muted xs">{row.note[language()]}</span>}</span></td>
        </tr>
      ))}</tbody>
    </table></div>
  );
}

/** A figure of the programme beside the published ones, over its own days. */
export type OwnFigure = { readonly from: PlainDate; readonly to: PlainDate; readonly value: number; readonly label: string };
/** A sum over several years would dwarf every year: such figures are in the table only. */
const longest = 400;
export const drawable = (rows: readonly PublishedFigure[]): readonly (PublishedFigure & { readonly to: PlainDate; readonly value: number })[] =>
  rows.flatMap((row) => (row.to === null || row.value === null || (row.from !== null && daysBetween(row.from, row.to) > longest) ? [] : [{ ...row, to: row.to, value: row.value }]));
