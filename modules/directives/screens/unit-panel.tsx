import { t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { listTasks, type TaskPage } from '../schema.ts';
import { Left, TallyBar, TaskStatus, tallyTotal } from './parts.tsx';
import { lineText, taskPath } from './words.ts';

const mostShown = 4;
const openOf = (page: TaskPage): TaskPage['rows'] => page.rows.filter((row) => row.official === 'open-overdue' || row.official === 'open-within').slice(0, mostShown);

/** On the page of a unit: the tasks it holds, the soonest due first, and how all of them stand. */
export default function TasksPanel({ code, level, province }: { readonly code: string; readonly level: string; readonly province: string }) {
  const tasks = useQuery(listTasks, { query: level === 'province' ? { province: code, level: 'province' } : { province, commune: code } });
  // Who may not read this unit's tasks is not told of them; the page stands without them.
  if (tasks.problem !== undefined && tasks.problem.code !== 'offline') return null;
  const scope = level === 'province' ? code : `${province}-${code}`;
  return (
    <Card title={t('directives.of-unit')} say={tasks.value === undefined ? undefined : t('directives.tasks-count', { count: tasks.value.total })} footer={<A to={withQuery('/chi-dao', { 'pham-vi': scope })}>{t('directives.of-unit-all')}</A>}>
      <RemoteView of={tasks} lines={4} isEmpty={(value) => value.total === 0} empty={<p className="muted">{t('directives.of-unit-none')}</p>}>{(value) => (
        <>
          {tallyTotal(value.tally) > 0 && <TallyBar title={t('directives.of-unit')} tally={value.tally} thin twin={false} />}
          <ul className="unit-lines">{openOf(value).map((row) => (
            <li key={`${row.province}/${row.id}`}>
              <A to={taskPath(row)}><b>{row.ordinal}</b> {lineText(row.text)}</A>
              <span className="row between"><TaskStatus row={row} /><small><Left row={row} /></small></span>
            </li>
          ))}</ul>
        </>
      )}</RemoteView>
    </Card>
  );
}
