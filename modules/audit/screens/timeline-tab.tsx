import { useMemo } from 'react';
import { t } from '#web/i18n/words.ts';
import { EmptyState, ProblemNotice, Skeleton } from '#web/kit/notice.tsx';
import { Button } from '#web/kit/button.tsx';
import { ShowMore } from '#web/kit/pagination.tsx';
import { useQueryState } from '#web/place.ts';
import { listEntries, type PlacedEntry } from '../schema.ts';
import { EntriesTable } from './entries-table.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { filterKeys, filterOf, wordsOf, type FilterPart } from './filter.ts';
import { FilterForm } from './filter-form.tsx';
import type { Names } from './names.ts';
import { useTimeline, type TimelineState } from './use-timeline.ts';
import { WholeLog } from './whole-log.tsx';

const empty = (onClear: (() => void) | undefined) => (onClear === undefined
  ? <EmptyState icon="history" title={t('audit.empty.title')} />
  : <EmptyState icon="history" title={t('audit.empty.title')} action={<Button onClick={onClear}>{t('audit.filter.clear')}</Button>}>{t('audit.empty.hint')}</EmptyState>
);

/** The one timeline, its filters, one entry in a drawer, and the check that nothing was left out. */
export function TimelineTab({ names }: { readonly names: Names }) {
  const [query, setQuery] = useQueryState();
  const words = useMemo(() => wordsOf(query), [query]);
  const filter = useMemo(() => filterOf(words), [words]);
  const timeline = useTimeline(listEntries, filter);
  const [log, id] = (query.get('dong') ?? '').split('_');
  const clear = (): void => setQuery(Object.fromEntries(Object.values(filterKeys).map((key) => [key, undefined])));
  const onWord = (part: FilterPart, word: string | undefined): void => setQuery({ [filterKeys[part]]: word });
  return (
    <div className="stack">
      <FilterForm words={words} names={names} onWord={onWord} onClear={clear} />
      <TimelineView timeline={timeline} names={names} onClear={clear} onOpen={({ entry }) => setQuery({ dong: `${entry.log}_${entry.id}` }, { push: true })} />
      {filter.log !== undefined && <WholeLog log={filter.log} filter={filter} timeline={timeline} name={names.log(filter.log)} />}
      {log !== undefined && id !== undefined && <EntryDrawer address={{ log, id }} names={names} onClose={() => setQuery({ dong: undefined })} />}
    </div>
  );
}

type TimelineViewProps = { readonly timeline: TimelineState; readonly names: Names; readonly onClear?: () => void; readonly onOpen?: (placed: PlacedEntry) => void };

export function TimelineView({ timeline, names, onClear, onOpen }: TimelineViewProps) {
  const { entries, loading, problem, next, more, reload } = timeline;
  if (entries.length === 0 && loading) return <Skeleton lines={6} />;
  return (
    <>
      <ProblemNotice problem={problem} onRetry={reload} />
      {(problem === undefined || entries.length > 0) && <EntriesTable entries={entries} names={names} caption={t('audit.caption.timeline')} empty={empty(onClear)} {...(onOpen ? { onOpen } : {})} />}
      {entries.length > 0 && <ShowMore shown={entries.length} busy={loading} onMore={next === null ? undefined : more} />}
    </>
  );
}
