import { useLocation } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink, SaveView } from '#web/kit/copy-link.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { Menu } from '#web/kit/menu.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Badge, StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { useMay } from '#web/session.tsx';
import { type DirectiveRow, type DirectiveState, getOverdueRates, listDirectives, listViews, type OverdueRate, saveView } from '../schema.ts';
import { TallyBar, tallyDone, tallyTotal } from './parts.tsx';
import { directivePath } from './words.ts';

const states = ['', 'drafting', 'issuing', 'issued', 'withdrawn'] as const;
const isState = (text: string): text is DirectiveState => text !== '' && states.some((state) => state === text);

export default function DirectivesScreen() {
  const [query, setQuery] = useQueryState();
  const [, navigate] = useLocation();
  const { province } = useScope();
  const may = useMay();
  const state = query.get('trang-thai') ?? '';
  const q = query.get('tim') ?? '';
  const page = Number(query.get('trang') ?? '1');
  const list = useQuery(listDirectives, { query: { ...(isState(state) ? { state } : {}), ...(q === '' ? {} : { q }), ...(province === undefined ? {} : { province }), page } });
  return (
    <>
      <PageHead title={t('directives.title')} say={t('directives.say')} tools={
        <><Menu label={t('directives.more-screens')} button={t('directives.more-screens')} items={[
          { kind: 'link', key: 'calendar', label: t('working-calendar.title'), icon: 'calendar', to: '/lich-lam-viec' }, { kind: 'link', key: 'events', label: t('deadline-events.title'), icon: 'clock', to: '/chi-dao/su-kien' },
        ]} /><CopyLink /><Views />{may('directives.draft') && <LinkButton to="/chi-dao/moi" look="primary" icon="plus">{t('directives.new-from-text')}</LinkButton>}</>} />
      <div className="stack">
        <Rates province={province} />
        <Card flush>
          <div className="body row between">
            <FilterChips label={t('directives.state')} value={state} onChoose={(next) => setQuery({ 'trang-thai': next, trang: undefined })}
              choices={states.map((one) => ({ value: one, label: one === '' ? t('directives.all') : sayKey(`directive-state.${one}`) }))} />
            <TextInput label={t('directives.find')} hideLabel placeholder={t('directives.find')} value={q} onText={(text) => setQuery({ tim: text, trang: undefined })} width="mid" type="search" />
          </div>
          <RemoteView of={list}>{(value) => (
            <>
              <Table caption={t('directives.title')} hideCaption columns={columns()} rows={value.rows} rowKey={(row) => `${row.province}/${row.id}`} onOpen={(row) => navigate(directivePath(row))}
                empty={q !== '' || state !== '' ? <EmptyState title={t('directives.empty-filtered')} icon="search" action={<Button onClick={() => setQuery({ tim: undefined, 'trang-thai': undefined, trang: undefined })}>{t('directives.clear-filter')}</Button>} /> : <EmptyState title={t('directives.empty')} icon="flag" action={may('directives.draft') && <LinkButton to="/chi-dao/moi" look="primary">{t('directives.new-from-text')}</LinkButton>}>{t('directives.empty-say')}</EmptyState>} />
              <Pagination page={value.page} pages={Math.max(1, Math.ceil(value.total / value.pageSize))} total={value.total} onPage={(next) => setQuery({ trang: next })} />
            </>
          )}</RemoteView>
        </Card>
      </div>
    </>
  );
}

const columns = (): Column<DirectiveRow>[] => [
  { key: 'title', header: t('directives.directive'), rowHeader: true, cell: (row) => (
    <><A to={directivePath(row)}>{row.title === '' ? t('directives.untitled') : row.title}</A><small>{[row.number, row.issuedOn === null ? null : day(row.issuedOn), row.issuerName].filter((part) => part !== null).join(' · ')}</small></>) },
  { key: 'state', header: t('directives.state'), cell: (row) => <StatusBadge bare kind={row.state === 'issued' ? 'done' : row.state === 'withdrawn' ? 'idle' : 'half'}>{sayKey(`directive-state.${row.state}`)}</StatusBadge> },
  { key: 'clear', header: t('directives.six-clears'), numeric: true, cell: (row) => `${number(row.clearCells)}/${number(row.assignments * 6)}` },
  { key: 'due', header: t('directives.next-deadline'), cell: (row) => (row.nextDueOn === null ? '–' : day(row.nextDueOn)) },
  { key: 'done', header: t('directives.done'), numeric: true, cell: (row) => `${number(tallyDone(row.tally))}/${number(tallyTotal(row.tally))}` },
  { key: 'overdue', header: t('directives.overdue'), numeric: true, compare: (a, b) => a.tally.openOverdue - b.tally.openOverdue, cell: (row) => (row.tally.openOverdue > 0 ? <Badge hot>{number(row.tally.openOverdue)}</Badge> : number(0)) },
];

/** Both official overdue rates, each with what was divided by what. */
function Rates({ province }: { readonly province: string | undefined }) {
  const rates = useQuery(getOverdueRates, { query: province === undefined ? {} : { province } });
  return (
    <RemoteView of={rates}>{(value) => (
      <Card title={t('directives.four-states')} say={t('directives.as-of', { day: day(value.asOf) })}>
        <TallyBar title={t('directives.four-states')} tally={value.tally} />
        <StatStrip stats={value.rates.map((rate) => ({ label: sayKey(`directives.rate-${rate.method}`), value: ratePercent(rate), note: t('directives.rate-of', { numerator: number(rate.numerator), denominator: number(rate.denominator) }) }))} />
      </Card>
    )}</RemoteView>
  );
}
const ratePercent = (rate: OverdueRate): string => (rate.percentHundredths === null ? '–' : `${number(rate.percentHundredths / 100, 2)}%`);

function Views() {
  const views = useQuery(listViews, {});
  const save = useCommand(saveView);
  const keep = async (name: string, search: string): Promise<void> => {
    if ((await save.run({ body: { name, path: `/chi-dao${search === '' ? '' : `?${search}`}` } })).ok) views.reload();
  };
  const saved = views.value?.views ?? [];
  return (
    <>
      {saved.length > 0 && <Menu label={t('directives.saved-views')} button={t('directives.saved-views')} items={saved.map((view) => ({ kind: 'link' as const, key: view.id, label: view.name, to: view.path }))} />}
      <SaveView onSave={keep} />
    </>
  );
}
