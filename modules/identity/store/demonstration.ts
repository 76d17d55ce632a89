import { shape, Type } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Role } from '../schema/roles.ts';

/** Thousands of accounts in four statements. @param rows JSON with the keys of the record sets below */
export async function insertDemonstrationAccounts(tx: Tx, rows: string, hash: string, at: string): Promise<number> {
  const count = await tx.run(sql`
    insert into identity.account (id, name, search_text, state, demonstration, home_office, home_province, home_commune, created_at, state_changed_at)
    select r.id, r.name, r.search_text, 'active', true, r.office, r.province, r.commune, ${at}, ${at}
      from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, name text, search_text text, office text, province text, commune text)`);
  await tx.run(sql`
    insert into identity.sign_in_name (account, user_name)
    select r.id, r.user_name from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, user_name text)`);
  await tx.run(sql`
    insert into identity.password (account, hash, changed_at)
    select r.id, ${hash}, ${at} from jsonb_to_recordset(${rows}::jsonb) as r(id uuid)`);
  await tx.run(sql`
    insert into identity.role_grant (id, account, role, office, post, level, province, commune, valid_from, granted_at)
    select r.grant_id, r.id, r.role, r.office, r.post, r.level, r.province, r.commune, r.valid_from, ${at}
      from jsonb_to_recordset(${rows}::jsonb) as r(grant_id uuid, id uuid, role text, office text, post text, level text, province text, commune text, valid_from date)`);
  return count;
}

/** One account for each role, to sign in with one click. */
export const listDemonstrationSignIns = (tx: Tx, today: PlainDate) => tx.rows(shape({ userName: Type.String(), name: Type.String(), role: Role, office: Type.String() }), sql`
  select distinct on (g.role) n.user_name, a.name, g.role, g.office
    from identity.standing_grant g
    join identity.account a on a.id = g.account and a.demonstration and a.state = 'active'
    join identity.sign_in_name n on n.account = a.id
   where g.delegated_from is null and g.valid_from <= ${today}::date and (g.valid_until is null or g.valid_until >= ${today}::date)
   order by g.role, length(g.office), g.office, n.user_name`);
