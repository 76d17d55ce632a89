/** Heads and labels for the rows of the matrix. */
import { Day, Nullable, shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Head = shape({ id: Type.String(), origin: Type.String(), number: Nullable(Type.String()), title: Type.String(), issuedOn: Nullable(Day), sort: Type.String() });
/** Each directive once: the original where it can be seen, else a copy. */
export const findDirectiveHeads = (tx: Tx, ids: readonly string[], since: string | null) => tx.rows(Head, sql`
  select distinct on (id) id, origin, number, title, issued_on, coalesce(issued_at, updated_at)::text as sort from directives.directive
   where id = any(${ids}::uuid[]) and state <> 'drafting' and (${since}::date is null or issued_on >= ${since}::date) order by id, (province = origin) desc, province`);

export const findLineLabels = (tx: Tx, directive: string) => tx.rows(shape({ id: Type.String(), ordinal: Type.String(), text: Type.String() }), sql`
  select distinct on (id) id, ordinal, clears #>> '{task,text}' as text from directives.assignment where directive = ${directive} and removed_at is null order by id, province`);
