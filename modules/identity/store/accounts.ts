import { shape, Type, Nullable, List, type Static } from '#kernel/shape.ts';
import type { Instant, PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { AccountStateShape, Role, type AccountState } from '../schema/roles.ts';

export type NewAccount = {
  readonly id: string; readonly name: string; readonly searchText: string; readonly userName: string; readonly email: string | null; readonly state: AccountState;
  readonly demonstration: boolean; readonly office: string; readonly province: string; readonly commune: string | null; readonly createdBy: string | null; readonly at: Instant;
};

/** @returns which name somebody already signs in with; the caller then refuses, and the transaction is rolled back */
export async function insertAccount(tx: Tx, a: NewAccount): Promise<'user-name-taken' | 'email-taken' | undefined> {
  await tx.run(sql`
    insert into identity.account (id, name, search_text, state, demonstration, home_office, home_province, home_commune, created_by, created_at, state_changed_at)
    values (${a.id}, ${a.name}, ${a.searchText}, ${a.state}, ${a.demonstration}, ${a.office}, ${a.province}, ${a.commune}, ${a.createdBy}, ${a.at}, ${a.at})`);
  // Other places' names are hidden from the writer, so the index itself must answer.
  if ((await insertSignInName(tx, a.id, a.userName, a.email)) === 1) return undefined;
  return (await insertSignInName(tx, a.id, a.userName, null)) === 1 ? 'email-taken' : 'user-name-taken';
}

const insertSignInName = (tx: Tx, account: string, userName: string, email: string | null) => tx.run(sql`
  insert into identity.sign_in_name (account, user_name, email) values (${account}, ${userName}, ${email}) on conflict do nothing`);

export const isUserNameTaken = async (tx: Tx, userName: string, but: string | null): Promise<boolean> =>
  (await tx.maybe(shape({ account: Type.String() }), sql`
    select account from identity.sign_in_name where user_name = ${userName} and account is distinct from ${but}::uuid`)) !== undefined;

export async function rename(tx: Tx, account: string, name: string, userName: string, searchText: string): Promise<void> {
  await tx.run(sql`update identity.account set name = ${name}, search_text = ${searchText} where id = ${account}`);
  await tx.run(sql`update identity.sign_in_name set user_name = ${userName} where account = ${account}`);
}

const Standing = shape({
  id: Type.String(), name: Type.String(), state: AccountStateShape, demonstration: Type.Boolean(), office: Type.String(), province: Type.String(), commune: Nullable(Type.String()),
  roles: List(Type.String()), offices: List(Type.String()),
});
export type Standing = Static<typeof Standing>;

/** The account locked for a decision about it, with the roles and offices that stand, future ones included. */
export async function lockAccountRow(tx: Tx, id: string): Promise<Standing | undefined> {
  const locked = await tx.maybe(shape({ id: Type.String() }), sql`select id from identity.account where id = ${id} for no key update`);
  return locked && findStanding(tx, id);
}

export const findStanding = (tx: Tx, id: string) => tx.maybe(Standing, sql`
  select a.id, a.name, a.state, a.demonstration, a.home_office as office, a.home_province as province, a.home_commune as commune,
         coalesce((select array_agg(distinct g.role) from identity.standing_grant g where g.account = a.id), '{}') as roles,
         coalesce((select array_agg(distinct g.office) from identity.standing_grant g where g.account = a.id), '{}') || a.home_office as offices
    from identity.account a where a.id = ${id}`);

export const setState = (tx: Tx, id: string, state: AccountState, reason: string | null, at: Instant) => tx.run(sql`
  update identity.account set state = ${state}, state_reason = ${reason}, state_changed_at = ${at} where id = ${id}`);

export const setLanguage = (tx: Tx, account: string, language: 'vi' | 'en') => tx.run(sql`
  insert into identity.preference (account, language) values (${account}, ${language}) on conflict (account) do update set language = excluded.language`);

const Row = shape({
  id: Type.String(), name: Type.String(), userName: Type.String(), state: AccountStateShape, demonstration: Type.Boolean(), office: Type.String(), province: Type.String(),
  commune: Nullable(Type.String()), roles: List(Role), lastSeenAt: Nullable(Type.String()),
});
export type AccountFilter = {
  readonly search: string | null; readonly office: string | null; readonly province: string | null; readonly role: string | null; readonly state: string | null;
  readonly after: string | null; readonly limit: number; readonly today: PlainDate;
};

/** A page of accounts by name; row security leaves only those the reader administers or oversees. @param f.search folded, with like marks escaped */
export const listAccounts = (tx: Tx, f: AccountFilter) => tx.rows(Row, sql`
  select a.id, a.name, coalesce(n.user_name, '') as user_name, a.state, a.demonstration, a.home_office as office, a.home_province as province, a.home_commune as commune,
         coalesce((select array_agg(distinct g.role) from identity.standing_grant g
                    where g.account = a.id and g.valid_from <= ${f.today}::date and (g.valid_until is null or g.valid_until >= ${f.today}::date)), '{}') as roles,
         (select max(s.last_seen_at) from identity.session s where s.account = a.id) as last_seen_at
    from identity.account a
    left join identity.sign_in_name n on n.account = a.id
   where (array['*', a.home_province, a.home_province || '/' || a.home_commune] && (select identity.administered()) or (select platform.has_role('oversight')))
     and (${f.search}::text is null or a.search_text like '%' || ${f.search} || '%')
     and (${f.office}::text is null or a.home_office = ${f.office})
     and (${f.province}::text is null or a.home_province = ${f.province})
     and (${f.state}::text is null or a.state = ${f.state})
     and (${f.role}::text is null or exists (select 1 from identity.standing_grant g where g.account = a.id and g.role = ${f.role}))
     and (${f.after}::uuid is null or (a.search_text, a.id) > (select c.search_text, c.id from identity.account c where c.id = ${f.after}::uuid))
   order by a.search_text, a.id
   limit ${f.limit}`);

const Page = shape({
  id: Type.String(), name: Type.String(), userName: Type.String(), email: Nullable(Type.String()), state: AccountStateShape, stateReason: Nullable(Type.String()),
  demonstration: Type.Boolean(), office: Type.String(), province: Type.String(), commune: Nullable(Type.String()), createdAt: Type.String(), sessions: Type.Number(),
});
export const findAccountPage = (tx: Tx, id: string) => tx.maybe(Page, sql`
  select a.id, a.name, coalesce(n.user_name, '') as user_name, n.email, a.state, a.state_reason, a.demonstration, a.home_office as office, a.home_province as province,
         a.home_commune as commune, a.created_at, (select count(*) from identity.session s where s.account = a.id)::int as sessions
    from identity.account a
    left join identity.sign_in_name n on n.account = a.id
   where a.id = ${id} and (array['*', a.home_province, a.home_province || '/' || a.home_commune] && (select identity.administered()) or (select platform.has_role('oversight')))`);

export const insertInvitation = (tx: Tx, i: { id: string; tokenHash: string; kind: string; account: string | null; createdBy: string | null; at: Instant; expiresAt: Instant }) => tx.run(sql`
  insert into identity.invitation (id, token_hash, kind, account, created_by, created_at, expires_at)
  values (${i.id}, ${i.tokenHash}, ${i.kind}, ${i.account}, ${i.createdBy}, ${i.at}, ${i.expiresAt})`);
/** Earlier links of the account stop working. */
export const endInvitations = (tx: Tx, account: string | null, at: Instant) => tx.run(sql`
  update identity.invitation set used_at = ${at} where used_at is null and account is not distinct from ${account}::uuid`);

const Invitation = shape({
  id: Type.String(), kind: Type.Union([Type.Literal('first-administrator'), Type.Literal('new-account'), Type.Literal('reset')]), account: Nullable(Type.String()),
  name: Type.String(), userName: Type.String(), expiresAt: Type.String(),
});
export const findInvitation = (tx: Tx, tokenHash: string, at: Instant) => tx.maybe(Invitation, sql`
  select i.id, i.kind, i.account, coalesce(a.name, '') as name, coalesce(n.user_name, '') as user_name, i.expires_at
    from identity.invitation i
    left join identity.account a on a.id = i.account
    left join identity.sign_in_name n on n.account = i.account
   where i.token_hash = ${tokenHash} and i.used_at is null and i.expires_at > ${at} and (a.id is null or a.state in ('invited', 'active'))`);
/** Uses the link up. @returns 0 when another request was first */
export const spendInvitation = (tx: Tx, id: string, at: Instant) => tx.run(sql`update identity.invitation set used_at = ${at} where id = ${id} and used_at is null`);

export const countAdministrators = async (tx: Tx, today: PlainDate) => (await tx.one(shape({ n: Type.Number() }), sql`
  select count(*)::int as n from identity.standing_grant g join identity.account a on a.id = g.account
   where g.role = 'administrator' and g.level = 'nation' and a.state = 'active' and not a.demonstration and g.valid_from <= ${today}::date and (g.valid_until is null or g.valid_until >= ${today}::date)`)).n;
