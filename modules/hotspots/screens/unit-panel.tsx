import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Card, Pairs } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import type { PanelFacts } from '#web/shell/config.ts';
import { getBoard, type PlaceRow } from '../schema.ts';
import { boardPath, placePath } from './addresses.ts';
import './hotspots.css';
import { Waits } from './place-card.tsx';
import { toneOf } from './tone.ts';
import { capital, sayColumn, titleOf } from './words.ts';

const shownAtMost = 4;

/** On the page of a commune or province: how many places stand at which stage, and the most urgent of them. */
export default function UnitPanel({ code, level, province }: PanelFacts) {
  const board = useQuery(getBoard, { query: level === 'province' ? { province: code, cards: 3 } : { province, commune: code, cards: 3 } });
  if (board.problem !== undefined && board.problem.code !== 'offline') return null; // a reader of another place is not told of places that are not theirs
  const scope = { 'pham-vi': level === 'province' ? code : `${province}-${code}` };
  return (
    <Card title={t('hotspots.unit-panel')} say={board.value && t('hotspots.unit-panel-say', { day: day(board.value.asOf) })} footer={<A to={withQuery(boardPath, scope)}>{t('hotspots.unit-panel-open')}</A>}>
      <RemoteView of={board} lines={4} isEmpty={(value) => value.tallies.inLife === 0} empty={<p className="muted">{t('hotspots.unit-none')}</p>}>{(value) => (
        <>
          <Pairs pairs={value.columns.filter((column) => column.total > 0).map((column) => [sayColumn(column.column), <>{number(column.total)}{column.overdue > 0 && <>, <span className="c-bad b">{t('hotspots.overdue-count', { count: number(column.overdue) })}</span></>}</>] as const)} />
          <ul className="unit-lines" style={{ marginTop: 12 }}>{urgent(value.columns.flatMap((column) => column.cards), value.asOf).map((row) => (
            <li key={row.id}><A to={placePath(row)}>{row.code}</A> {capital(titleOf(row))}<br /><span className="row tight xs muted"><Waits row={row} /></span></li>
          ))}</ul>
        </>
      )}</RemoteView>
    </Card>
  );
}

const rank = { bad: 0, warn: 1, idle: 2, ok: 3 } as const;
const urgent = (rows: readonly PlaceRow[], asOf: string): readonly PlaceRow[] => [...rows].sort((a, b) => rank[toneOf(a, asOf)] - rank[toneOf(b, asOf)] || b.overdueDays - a.overdueDays).slice(0, shownAtMost);
