import type { ReplyOf } from '#kernel/contract.ts';
import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { type DueCell, listDue } from '../schema.ts';
import { dueKinds } from './due-kinds.ts';
import { pathOf } from './use-return.ts';
import { periodName, say } from './words.ts';

type Due = ReplyOf<typeof listDue>;
const mostShown = 5;
const urgent: readonly DueCell['is'][] = ['returned', 'overdue', 'due-soon', 'open'];

/** What is owed first, then what came last: at most five lines, so that the side of the page stays short. */
function linesOf(due: Due): DueCell[] {
  const owed = due.own.filter((cell) => urgent.includes(cell.is)).sort((a, b) => urgent.indexOf(a.is) - urgent.indexOf(b.is) || (a.due < b.due ? -1 : 1));
  const came = due.own.filter((cell) => !urgent.includes(cell.is) && cell.is !== 'not-begun').sort((a, b) => (a.due < b.due ? 1 : -1));
  return [...owed, ...came].slice(0, mostShown);
}

/** On the page of a unit: its returns, those owed before those that came. */
export default function ReturnsPanel({ code, level, province }: { readonly code: string; readonly level: string; readonly province: string }) {
  const due = useQuery(listDue, { query: { unit: code } });
  // Who does not read this unit's returns is not told of them; the page stands without them.
  if (due.problem !== undefined && due.problem.code !== 'offline') return null;
  const scope = level === 'province' ? code : `${province}-${code}`;
  return (
    <Card title={t('returns.of-unit')} footer={<A to={withQuery('/bao-cao', { 'pham-vi': scope, xem: 'lich' })}>{t('returns.of-unit-all')}</A>}>
      <RemoteView of={due} lines={4} isEmpty={(value) => value.own.length === 0} empty={<p className="muted">{t('returns.none-due')}</p>}>{(value) => (
        <ul className="unit-lines">{linesOf(value).map((cell) => (
          <li key={`${cell.period} ${cell.dataSet} ${cell.attribute}`}>
            <A to={pathOf({ province: value.unit.province, unit: value.unit.code, period: cell.period, dataSet: cell.dataSet, attribute: cell.attribute })}>
              {say(value.dataSets.find((one) => one.id === cell.dataSet)?.name ?? { vi: cell.dataSet, en: cell.dataSet })}, {periodName(cell.period).toLowerCase()}
            </A>
            <span className="row between"><StatusBadge kind={dueKinds[cell.is]} bare>{sayKey(`returns.is-${cell.is}`)}</StatusBadge><small className="muted">{t('returns.due')} {day(cell.due)}</small></span>
          </li>
        ))}</ul>
      )}</RemoteView>
    </Card>
  );
}
