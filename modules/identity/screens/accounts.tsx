import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ReplyOf } from '#kernel/contract.ts';
import { call, type Problem } from '#web/api.ts';
import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, ProblemNotice, Skeleton } from '#web/kit/notice.tsx';
import { ShowMore } from '#web/kit/pagination.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { useQueryState, useScope } from '#web/place.ts';
import { useMay } from '#web/session.tsx';
import { accountStates, isRole, listAccounts, roles } from '../schema.ts';
import { AccountStateBadge } from './account-state.tsx';
import { CreateAccount } from './create-account.tsx';
import { useOfficeNames } from './offices.ts';
import { roleName } from './reason-dialog.tsx';

type Row = ReplyOf<typeof listAccounts>['accounts'][number];
type Found = { readonly rows: readonly Row[]; readonly more: boolean };
const pageSize = 50;

/** Users and roles of the places one administers: search, filter, open, create. */
export default function Accounts() {
  const may = useMay();
  const [query] = useQueryState();
  const [, navigate] = useLocation();
  const [creating, setCreating] = useState(false);
  const { province } = useScope();
  const wanted = useMemo(() => {
    const role = query.get('vai-tro') ?? '';
    const state = accountStates.find((one) => one === query.get('trang-thai'));
    const search = query.get('tim') ?? '';
    return { limit: pageSize, ...(search !== '' && { search }), ...(isRole(role) && { role }), ...(state && { state }), ...(province !== undefined && { province }) };
  }, [query, province]);
  const list = useAccountList(wanted);
  const officeName = useOfficeNames((list.found?.rows ?? []).map((row) => row.office));
  const columns: readonly Column<Row>[] = [
    { key: 'name', header: t('identity.accounts.name'), cell: (row) => <A to={`/quan-tri/nguoi-dung/${row.id}`}>{row.name}</A> },
    { key: 'user', header: t('identity.invitation.user-name'), cell: (row) => row.userName },
    { key: 'office', header: t('identity.accounts.office'), cell: (row) => officeName(row.office) },
    { key: 'roles', header: t('identity.accounts.roles'), cell: (row) => row.roles.map(roleName).join('; ') || '–' },
    { key: 'state', header: t('identity.accounts.state'), cell: (row) => <AccountStateBadge state={row.state} bare /> },
    { key: 'seen', header: t('identity.accounts.seen'), cell: (row) => (row.lastSeenAt === null ? '–' : moment(row.lastSeenAt)) },
  ];
  return (
    <>
      <PageHead title={t('nav.accounts')} say={t('identity.accounts.say')} tools={<><CopyLink />{may('identity.administer') && <Button look="primary" icon="plus" onClick={() => setCreating(true)}>{t('identity.create.title')}</Button>}</>} />
      <Filters />
      <Card>
        <ProblemNotice problem={list.problem} onRetry={list.reload} />
        {list.found === undefined ? !list.problem && <Skeleton lines={8} /> : (
          <>
            <Table caption={t('identity.accounts.caption')} hideCaption columns={columns} rows={list.found.rows} rowKey={(row) => row.id} onOpen={(row) => navigate(`/quan-tri/nguoi-dung/${row.id}`)}
              empty={<EmptyState icon="people" title={t('identity.accounts.none')}>{t('identity.accounts.none-say')}</EmptyState>} />
            {list.found.rows.length > 0 && <ShowMore shown={list.found.rows.length} busy={list.busy} onMore={list.found.more ? list.more : undefined} />}
          </>
        )}
      </Card>
      {creating && <CreateAccount onClose={() => setCreating(false)} onCreated={list.reload} />}
    </>
  );
}

function Filters() {
  const [query, setQuery] = useQueryState();
  const [typed, setTyped] = useState(query.get('tim') ?? '');
  useEffect(() => {
    const timer = setTimeout(() => { if ((query.get('tim') ?? '') !== typed.trim()) setQuery({ tim: typed.trim() }); }, 250);
    return () => clearTimeout(timer);
  }, [typed, query, setQuery]);
  return (
    <>
      <div className="grid2 middle">
        <TextInput label={t('identity.accounts.search')} value={typed} onText={setTyped} autoComplete="off" spellCheck={false} />
        <Select label={t('identity.accounts.role')} value={query.get('vai-tro') ?? ''} onChoose={(role) => setQuery({ 'vai-tro': role })} choices={[{ value: '', label: t('identity.accounts.all-roles') }, ...roles.map((role) => ({ value: role as string, label: roleName(role) }))]} />
      </div>
      <FilterChips label={t('identity.accounts.state')} value={query.get('trang-thai') ?? ''} onChoose={(state) => setQuery({ 'trang-thai': state })}
        choices={[{ value: '', label: t('identity.accounts.all-states') }, ...accountStates.map((state) => ({ value: state as string, label: sayKey(`identity.state.${state}`) }))]} />
    </>
  );
}

type Wanted = NonNullable<Parameters<typeof call<typeof listAccounts>>[1]['query']>;

/** Rows read page after page by a cursor. */
function useAccountList(wanted: Wanted) {
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const ask = async (after: string | undefined, before: readonly Row[], signal?: AbortSignal): Promise<void> => {
    setBusy(true);
    const answer = await call(listAccounts, { query: { ...wanted, ...(after !== undefined && { after }) } }, signal ? { signal } : {});
    if (signal?.aborted === true) return;
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setFound({ rows: [...before, ...answer.value.accounts], more: answer.value.more });
  };
  useEffect(() => {
    const stop = new AbortController();
    void ask(undefined, [], stop.signal);
    return () => stop.abort();
  }, [wanted, round]);
  const rows = found?.rows ?? [];
  return { found, problem, busy, reload: () => setRound((n) => n + 1), more: () => void ask(rows[rows.length - 1]?.id, rows) };
}
