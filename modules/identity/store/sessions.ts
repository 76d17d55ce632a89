import { shape, Type, Nullable, List, oneOf, type Static } from '#kernel/shape.ts';
import type { Instant, PlainDate } from '#kernel/day.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { AccountStateShape, Language, LevelShape, Role } from '../schema/roles.ts';

const HeldGrant = shape({
  id: Type.String(), role: Role, office: Type.String(), post: Type.String(), level: LevelShape, province: Type.String(), commune: Nullable(Type.String()),
  validFrom: Type.String(), validUntil: Nullable(Type.String()), delegatedFrom: Nullable(Type.String()),
});
export type HeldGrant = Static<typeof HeldGrant>;

const SessionRow = shape({
  id: Type.String(), account: Type.String(), stage: oneOf(['second-factor', 'enrolment', 'full'] as const), method: Type.String(), lastSeenAt: Type.String(), endsAt: Type.String(),
  freshUntil: Nullable(Type.String()), tries: Type.Number(), name: Type.String(), state: AccountStateShape, demonstration: Type.Boolean(), userName: Type.String(),
  language: Language, grants: List(HeldGrant),
});
export type SessionRow = Static<typeof SessionRow>;

/** The session behind a token with the account and its live grants, in one query: what every request asks first. */
export const findSession = (tx: Tx, hash: string, today: PlainDate) => tx.maybe(SessionRow, prepared('identity.find-session', sql`
  select s.id, s.account, s.stage, s.method, s.last_seen_at, s.ends_at, s.fresh_until, s.tries,
         a.name, a.state, a.demonstration, n.user_name, coalesce(p.language, 'vi') as language, g.grants
    from identity.session s
    join identity.account a on a.id = s.account
    join identity.sign_in_name n on n.account = s.account
    left join identity.preference p on p.account = s.account
   cross join lateral (
         select coalesce(json_agg(json_build_object(
                  'id', h.id, 'role', h.role, 'office', h.office, 'post', h.post, 'level', h.level, 'province', h.province, 'commune', h.commune,
                  'validFrom', h.valid_from, 'validUntil', h.valid_until, 'delegatedFrom', h.delegated_from)
                  order by h.delegated_from is not null, h.valid_from, h.id), '[]'::json) as grants
           from identity.standing_grant h
          where h.account = s.account and h.valid_from <= ${today}::date and (h.valid_until is null or h.valid_until >= ${today}::date)) g
   where s.token_hash = ${hash}`));

export type NewSession = {
  readonly id: string; readonly account: string; readonly tokenHash: string; readonly stage: string; readonly method: string; readonly at: Instant;
  readonly endsAt: Instant; readonly freshUntil: Instant | null; readonly address: string; readonly userAgent: string;
};

export const insertSession = (tx: Tx, s: NewSession) => tx.run(sql`
  insert into identity.session (id, account, token_hash, stage, method, created_at, last_seen_at, ends_at, fresh_until, tries, address, user_agent)
  values (${s.id}, ${s.account}, ${s.tokenHash}, ${s.stage}, ${s.method}, ${s.at}, ${s.at}, ${s.endsAt}, ${s.freshUntil}, 0, ${s.address}, ${s.userAgent})`);

/** A new token and stage for a session; the old token is worthless from here. @returns 0 when the session ended meanwhile */
export const rotateSession = (tx: Tx, id: string, s: { readonly tokenHash: string; readonly stage: string; readonly endsAt: Instant; readonly freshUntil: Instant | null; readonly at: Instant }) => tx.run(sql`
  update identity.session set token_hash = ${s.tokenHash}, stage = ${s.stage}, ends_at = ${s.endsAt}, fresh_until = ${s.freshUntil}, last_seen_at = ${s.at}, tries = 0
   where id = ${id}`);

/** Counts one try at the second factor. @returns the count, so that parallel tries cannot pass the limit together */
export const countTry = (tx: Tx, id: string) => tx.maybe(shape({ tries: Type.Number() }), sql`
  update identity.session set tries = tries + 1 where id = ${id} returning tries`);

export const markSeen = (tx: Tx, id: string, at: Instant) => tx.run(sql`update identity.session set last_seen_at = ${at} where id = ${id} and last_seen_at < ${at}`);
export const deleteSession = (tx: Tx, id: string) => tx.run(sql`delete from identity.session where id = ${id}`);
export const deleteSessionByToken = (tx: Tx, hash: string) => tx.maybe(shape({ id: Type.String(), account: Type.String() }), sql`
  delete from identity.session where token_hash = ${hash} returning id, account`);
export const deleteSessionsOf = (tx: Tx, account: string, but: string | null = null) => tx.run(sql`
  delete from identity.session where account = ${account} and (${but}::uuid is null or id <> ${but}::uuid)`);
export const deleteSessionOf = (tx: Tx, account: string, id: string) => tx.run(sql`delete from identity.session where account = ${account} and id = ${id}`);

export const listSessionsOf = (tx: Tx, account: string, at: Instant) => tx.rows(
  shape({ id: Type.String(), method: Type.String(), createdAt: Type.String(), lastSeenAt: Type.String(), address: Type.String(), userAgent: Type.String() }), sql`
  select id, method, created_at, last_seen_at, address, user_agent from identity.session
   where account = ${account} and stage = 'full' and ends_at > ${at} order by last_seen_at desc limit 200`);
