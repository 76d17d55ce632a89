/** Rows of documents beside returns. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { ReturnKey } from '../schema.ts';

const Row = shape({
  province: Type.String(), id: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), slot: Type.Integer(), fileName: Type.String(), sha256: Type.String(), bytes: Type.Integer(),
  by: Type.String(), office: Type.String(), at: Type.String(), removedAt: Nullable(Type.String()),
});
export type StoredAttachment = Static<typeof Row>;
const fields = sql`a.province, a.id, a.org_unit, a.period, a.data_set, a.attribute, a.slot, a.file_name, a.sha256, a.bytes::float8 as bytes, a.by, a.office, a.at, a.removed_at`;
export const keyOfAttachment = ({ province, orgUnit, period, dataSet, attribute }: StoredAttachment): ReturnKey => ({ province, unit: orgUnit, period, dataSet, attribute });

/** Those of one return, in the order of its boxes. */
export const listAttached = (tx: Tx, key: ReturnKey) => tx.rows(Row, sql`
  select ${fields} from returns.attachment a
   where a.province = ${key.province} and a.org_unit = ${key.unit} and a.period = ${key.period} and a.data_set = ${key.dataSet} and a.attribute = ${key.attribute} order by a.slot, a.at, a.id`);

export const findAttached = (tx: Tx, province: string, id: string) => tx.maybe(Row, sql`select ${fields} from returns.attachment a where a.province = ${province} and a.id = ${id}`);

/** One at a time for each return, so that two cannot both be the last that is allowed. */
export const lockAttaching = (tx: Tx, key: ReturnKey) => tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`returns.attachment/${key.province}/${key.unit}/${key.period}/${key.dataSet}`}, 0))`);

export const insertAttached = (tx: Tx, row: Omit<StoredAttachment, 'removedAt'>) => tx.run(sql`
  insert into returns.attachment (province, id, org_unit, period, data_set, attribute, slot, file_name, sha256, bytes, by, office, at)
  values (${row.province}, ${row.id}, ${row.orgUnit}, ${row.period}, ${row.dataSet}, ${row.attribute}, ${row.slot}, ${row.fileName}, ${row.sha256}, ${row.bytes}, ${row.by}, ${row.office}, ${row.at}::timestamptz)`);

/** @returns false when it was removed before */
export const markRemoved = async (tx: Tx, province: string, id: string, by: string, at: string): Promise<boolean> =>
  (await tx.run(sql`update returns.attachment set removed_at = ${at}::timestamptz, removed_by = ${by} where province = ${province} and id = ${id} and removed_at is null`)) > 0;
