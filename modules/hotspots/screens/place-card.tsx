import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { A } from '#web/kit/link.tsx';
import type { CheckSlot, PlaceRow } from '../schema.ts';
import { watchStates } from '../rules/life.ts';
import { placePath } from './addresses.ts';
import { toneOf } from './tone.ts';
import { capital, saySource, titleOf } from './words.ts';

const markOf = (check: CheckSlot): string => (check.state === 'late' ? 'x' : check.state === 'done' ? (check.result === 'clean' ? 'v' : 'x') : 'o');
const sayCheck = (check: CheckSlot): string => t('hotspots.check-said', { day: check.day, state: t(check.state === 'done' ? (check.result === 'clean' ? 'hotspots.slot-clean' : 'hotspots.slot-signs') : check.state === 'late' ? 'hotspots.slot-late' : check.state === 'open' ? 'hotspots.slot-open' : 'hotspots.slot-coming') });

/** The four checks as four marks; said whole. */
export const CheckBar = ({ checks }: { readonly checks: readonly CheckSlot[] }) => (
  <span className="chk" role="img" aria-label={checks.map(sayCheck).join('; ')}>{checks.map((check) => <i key={check.day} className={markOf(check)} />)}</span>
);

/** What the place waits for, in words. */
export function Waits({ row }: { readonly row: PlaceRow }) {
  if (row.state === 'recurred') return <span className="c-bad b">{row.overdueDays > 0 ? t('hotspots.overdue-by', { count: row.overdueDays }) : t('hotspots.again', { count: row.cycle })}</span>;
  const late = row.checks.find((check) => check.state === 'late');
  const coming = row.checks.find((check) => check.state === 'open' || check.state === 'coming');
  if (watchStates.includes(row.state)) {
    return <><CheckBar checks={row.checks} /><span>{late !== undefined ? t('hotspots.check-missing', { day: late.day }) : row.overdueDays > 0 ? <b className="c-bad">{t('hotspots.overdue-by', { count: row.overdueDays })}</b> : coming !== undefined ? t('hotspots.check-until', { day: day(coming.dueOn) }) : t('hotspots.checks-done')}</span></>;
  }
  if (row.overdueDays > 0) return <span className="c-bad b">{t('hotspots.overdue-by', { count: row.overdueDays })}</span>;
  if (row.dueOn !== null) return <span>{t('hotspots.due-on', { day: day(row.dueOn) })}</span>;
  return <span>{saySource(row.source)}</span>;
}

type PlaceCardProps = { readonly row: PlaceRow; readonly asOf: string; readonly commune: string; readonly onMove?: (() => void) | undefined; readonly onDrag?: (dragging: boolean) => void };

/** A place as a card: the code, how long, what and where, what it waits for. The whole card opens it; the button (or M, or Shift and an arrow) moves it on. */
export function PlaceCard({ row, asOf, commune, onMove, onDrag }: PlaceCardProps) {
  const tone = toneOf(row, asOf);
  return (
    <article className={`hs l-${tone}`} data-card={row.id} {...(onMove === undefined ? {} : { draggable: true, onDragStart: () => onDrag?.(true), onDragEnd: () => onDrag?.(false) })}>
      <span className="k"><span>{row.code}</span><span className="d">
        {(tone === 'bad' || tone === 'warn') && <Icon name={tone} size={13} />}{row.state === 'recurred' && row.recurredOnDay !== null ? t('hotspots.on-day', { day: row.recurredOnDay }) : t('hotspots.days', { count: row.daysInState })}
      </span></span>
      <b><A to={placePath(row)}>{capital(titleOf(row))}</A></b>
      <span className="p">{commune}</span>
      {row.source === 'public-tip' && row.state === 'reported' && <span className="m">{saySource(row.source)}</span>}
      <span className="m"><span className="w"><Waits row={row} /></span>{onMove && <Button size="small" look="quiet" className="mv" title={t('hotspots.move-on')} onClick={onMove}><span className="mv-say">{t('hotspots.move-on')}<span className="vh"> {row.code}</span></span><Icon name="right" size={14} /></Button>}</span>
    </article>
  );
}
