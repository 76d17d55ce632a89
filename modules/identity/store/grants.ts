import { shape, Type, Nullable, type Static } from '#kernel/shape.ts';
import type { Instant, PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { LevelShape, Role } from '../schema/roles.ts';

const GrantRow = shape({
  id: Type.String(), account: Type.String(), role: Role, office: Type.String(), post: Type.String(), level: LevelShape, province: Type.String(), commune: Nullable(Type.String()),
  validFrom: Type.String(), validUntil: Nullable(Type.String()), grantedBy: Nullable(Type.String()), delegatedFrom: Nullable(Type.String()),
});
export type GrantRow = Static<typeof GrantRow>;

export type NewGrant = {
  readonly id: string; readonly account: string; readonly role: string; readonly office: string; readonly post: string; readonly level: string; readonly province: string;
  readonly commune: string | null; readonly validFrom: PlainDate; readonly validUntil: PlainDate | null; readonly grantedBy: string | null; readonly at: Instant;
  readonly delegatedFrom: string | null; readonly twoBodyRequest: string | null;
};

export const insertGrant = (tx: Tx, g: NewGrant) => tx.run(sql`
  insert into identity.role_grant (id, account, role, office, post, level, province, commune, valid_from, valid_until, granted_by, granted_at, delegated_from, two_body_request)
  values (${g.id}, ${g.account}, ${g.role}, ${g.office}, ${g.post}, ${g.level}, ${g.province}, ${g.commune}, ${g.validFrom}, ${g.validUntil}, ${g.grantedBy}, ${g.at},
          ${g.delegatedFrom}, ${g.twoBodyRequest})`);

/** A grant not ended, locked for the decision about it. */
export const lockGrant = (tx: Tx, id: string) => tx.maybe(GrantRow, sql`
  select id, account, role, office, post, level, province, commune, valid_from, valid_until, granted_by, delegated_from
    from identity.role_grant where id = ${id} and ended_at is null for no key update`);

export const findGrant = (tx: Tx, id: string) => tx.maybe(GrantRow, sql`
  select id, account, role, office, post, level, province, commune, valid_from, valid_until, granted_by, delegated_from
    from identity.role_grant where id = ${id} and ended_at is null`);

export const listGrantsOf = (tx: Tx, account: string) => tx.rows(GrantRow, sql`
  select id, account, role, office, post, level, province, commune, valid_from, valid_until, granted_by, delegated_from
    from identity.standing_grant where account = ${account} order by valid_from, id`);

export const findSameGrant = (tx: Tx, g: Pick<NewGrant, 'account' | 'role' | 'office' | 'post'>) => tx.maybe(shape({ id: Type.String() }), sql`
  select id from identity.role_grant
   where account = ${g.account} and role = ${g.role} and office = ${g.office} and post = ${g.post} and ended_at is null and delegated_from is null`);

export type Ending = { readonly at: Instant; readonly by: string; readonly reason: string; readonly request: string | null };

/** Ends a grant and whatever was delegated from it. @returns how many ended */
export const endGrant = (tx: Tx, id: string, e: Ending) => tx.run(sql`
  update identity.role_grant set ended_at = ${e.at}, ended_by = ${e.by}, end_reason = ${e.reason}, ended_by_request = ${e.request}
   where ended_at is null and (id = ${id} or delegated_from = ${id})`);

/** Ends every grant of an account, with what was delegated from them. */
export const endGrantsOf = (tx: Tx, account: string, e: Ending) => tx.rows(GrantRow, sql`
  update identity.role_grant g set ended_at = ${e.at}, ended_by = ${e.by}, end_reason = ${e.reason}
   where g.ended_at is null
     and (g.account = ${account} or g.delegated_from in (select d.id from identity.role_grant d where d.account = ${account} and d.ended_at is null))
  returning id, account, role, office, post, level, province, commune, valid_from, valid_until, granted_by, delegated_from`);

/** Ends what ran out by its own date, so that the end is an act with an event like any other. Oversight included: its date was agreed by two bodies. */
export const endExpiredGrants = (tx: Tx, today: PlainDate, at: Instant) => tx.rows(GrantRow, sql`
  update identity.role_grant set ended_at = ${at}, end_reason = 'expired'
   where ended_at is null and valid_until < ${today}::date
  returning id, account, role, office, post, level, province, commune, valid_from, valid_until, granted_by, delegated_from`);

const DelegationRow = shape({
  id: Type.String(), role: Role, office: Type.String(), post: Type.String(), fromName: Type.String(), toName: Type.String(), mine: Type.Boolean(),
  validFrom: Type.String(), validUntil: Nullable(Type.String()),
});
export const listDelegations = (tx: Tx, account: string, today: PlainDate) => tx.rows(DelegationRow, sql`
  select g.id, g.role, g.office, g.post, coalesce(giver.name, '') as from_name, coalesce(taker.name, '') as to_name, g.granted_by = ${account} as mine, g.valid_from, g.valid_until
    from identity.standing_grant g
    left join identity.account giver on giver.id = g.granted_by
    left join identity.account taker on taker.id = g.account
   where g.delegated_from is not null and (g.granted_by = ${account} or g.account = ${account}) and g.valid_until >= ${today}::date
   order by g.valid_until, g.id limit 200`);

const Holder = shape({ account: Type.String(), name: Type.String(), role: Type.String(), post: Type.String(), office: Type.String(), delegated: Type.Boolean() });
export type Holder = Static<typeof Holder>;

/** Who holds a role at the office on the day; a post narrows it. Own holders before delegates, the longest-serving first. */
export const listHolders = (tx: Tx, office: string, post: string | null, day: PlainDate) => tx.rows(Holder, sql`
  select h.account, h.name, h.role, h.post, h.office, h.delegated
    from identity_pub.holder h
   where h.office = ${office} and (${post}::text is null or h.post = ${post})
     and h.valid_from <= ${day}::date and (h.valid_until is null or h.valid_until >= ${day}::date)
   order by h.delegated, h.valid_from, h.account limit 2000`);

export const listColleagues = (tx: Tx, offices: readonly string[], but: string) => tx.rows(shape({ account: Type.String(), name: Type.String(), office: Type.String() }), sql`
  select a.id as account, a.name, a.home_office as office from identity.account a
   where a.home_office = any (${offices}::text[]) and a.state = 'active' and a.id <> ${but} order by a.name, a.id limit 2000`);
