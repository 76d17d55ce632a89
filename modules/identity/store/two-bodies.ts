import { shape, Type, Nullable, oneOf, type Static } from '#kernel/shape.ts';
import type { Instant, PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { requestKinds, requestStates } from '../schema/oversight.ts';

const Request = shape({
  id: Type.String(), kind: oneOf(requestKinds), account: Type.String(), office: Type.String(), roleGrant: Nullable(Type.String()), reason: Type.String(), state: oneOf(requestStates),
  requestedBy: Type.String(), requestedRole: Type.String(), requestedOffice: Type.String(), requestedAt: Type.String(),
  decidedOffice: Nullable(Type.String()), decidedAt: Nullable(Type.String()), accountName: Type.String(), requestedByName: Type.String(), decidedByName: Nullable(Type.String()),
});
export type RequestRow = Static<typeof Request>;

export const listRequests = (tx: Tx) => tx.rows(Request, sql`
  select r.id, r.kind, r.account, r.office, r.role_grant, r.reason, r.state, r.requested_by, r.requested_role, r.requested_office, r.requested_at, r.decided_office, r.decided_at,
         coalesce(a.name, '') as account_name, coalesce(q.name, '') as requested_by_name, d.name as decided_by_name
    from identity.two_body_request r
    left join identity.account a on a.id = r.account
    left join identity.account q on q.id = r.requested_by
    left join identity.account d on d.id = r.decided_by
   order by r.state = 'waiting' desc, r.requested_at desc limit 500`);

export async function lockRequest(tx: Tx, id: string): Promise<RequestRow | undefined> {
  const locked = await tx.maybe(shape({ id: Type.String() }), sql`select id from identity.two_body_request where id = ${id} and state = 'waiting' for no key update`);
  const rows = await tx.rows(Request, sql`
    select r.id, r.kind, r.account, r.office, r.role_grant, r.reason, r.state, r.requested_by, r.requested_role, r.requested_office, r.requested_at, r.decided_office, r.decided_at,
           '' as account_name, '' as requested_by_name, null as decided_by_name
      from identity.two_body_request r where r.id = ${id}`);
  const row = rows[0];
  return row && locked === undefined && row.state === 'waiting' ? undefined : row;
}

export const insertRequest = (tx: Tx, r: {
  id: string; kind: string; account: string; office: string; roleGrant: string | null; reason: string; requestedBy: string; requestedRole: string; requestedOffice: string; at: Instant;
}) => tx.run(sql`
  insert into identity.two_body_request (id, kind, account, office, role_grant, reason, requested_by, requested_role, requested_office, requested_at, state)
  values (${r.id}, ${r.kind}, ${r.account}, ${r.office}, ${r.roleGrant}, ${r.reason}, ${r.requestedBy}, ${r.requestedRole}, ${r.requestedOffice}, ${r.at}, 'waiting')`);

export const decideRequest = (tx: Tx, id: string, d: { state: 'confirmed' | 'declined'; by: string; role: string; office: string; at: Instant }) => tx.run(sql`
  update identity.two_body_request set state = ${d.state}, decided_by = ${d.by}, decided_role = ${d.role}, decided_office = ${d.office}, decided_at = ${d.at}
   where id = ${id} and state = 'waiting'`);

export const countOverseers = async (tx: Tx, today: PlainDate) => (await tx.one(shape({ n: Type.Number() }), sql`
  select count(*)::int as n from identity.standing_grant g where g.role = 'oversight' and (g.valid_until is null or g.valid_until >= ${today}::date)`)).n;

export const findOversightGrant = (tx: Tx, account: string, office: string) => tx.maybe(shape({ id: Type.String() }), sql`
  select id from identity.role_grant where account = ${account} and office = ${office} and role = 'oversight' and ended_at is null`);
