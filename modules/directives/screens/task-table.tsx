import { useLocation } from 'wouter';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { FilterChips } from '#web/kit/chips.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Table } from '#web/kit/table.tsx';
import { listTasks, type OfficialState, officialStates, type TaskFilter } from '../schema.ts';
import { taskColumns } from './parts.tsx';
import { officialWord, taskPath } from './words.ts';

const isOfficial = (text: string | null): text is OfficialState => officialStates.some((state) => state === text);

/** Tasks by a filter, soonest due first, with the four official states as chips. The page and chip are in the address. */
export function TaskTable({ filter, holder, ofOne = false }: { readonly filter: TaskFilter; readonly holder: boolean; readonly ofOne?: boolean }) {
  const [query, setQuery] = useQueryState();
  const [, navigate] = useLocation();
  const official = query.get('tt');
  const page = Number(query.get('tr') ?? '1');
  const tasks = useQuery(listTasks, { query: { ...filter, ...(isOfficial(official) ? { official } : {}), page } });
  const tally = tasks.value?.tally;
  const counts = tally && { 'done-on-time': tally.doneOnTime, 'done-late': tally.doneLate, 'open-within': tally.openWithin, 'open-overdue': tally.openOverdue };
  return (
    <>
      <div className="body"><FilterChips label={t('directives.state')} value={isOfficial(official) ? official : ''} onChoose={(next) => setQuery({ tt: next, tr: undefined })}
        choices={[{ value: '', label: t('directives.all') }, ...officialStates.map((state) => ({ value: state as string, label: officialWord(state), ...(counts ? { count: counts[state] } : {}) }))]} /></div>
      <RemoteView of={tasks}>{(value) => (
        <>
          <Table caption={sayKey('directives.tasks')} hideCaption columns={taskColumns(holder, ofOne)} rows={value.rows} rowKey={(row) => `${row.province}/${row.id}`} onOpen={(row) => navigate(taskPath(row))} empty={<EmptyState title={t('directives.tasks-empty')} />} />
          <Pagination page={value.page} pages={Math.max(1, Math.ceil(value.total / value.pageSize))} total={value.total} onPage={(next) => setQuery({ tr: next })} />
        </>
      )}</RemoteView>
    </>
  );
}
