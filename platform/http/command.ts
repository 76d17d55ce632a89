import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { shape } from '#kernel/shape.ts';
import { sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';

const Stored = shape({ route: Type.String(), bodyDigest: Type.String(), status: Type.Number(), reply: Type.Unknown() });
export type StoredAnswer = { readonly status: number; readonly reply: unknown };

/** Of an uploaded file; '' when there is none. */
export const digestOfBytes = (bytes: Uint8Array): string => (bytes.length === 0 ? '' : createHash('sha256').update(bytes).digest('hex'));

/** One use of a command id: whose, for which route, with which input. */
export type Command = { readonly account: string; readonly commandId: string; readonly route: string; readonly bodyDigest: string };

export const digestOfInput = (input: unknown): string => createHash('sha256').update(JSON.stringify(input) ?? '').digest('hex');

/**
 * The stored answer of a command that was carried out before, `reused` when its id was used for something else.
 * An advisory lock on the id makes a parallel duplicate wait for the first to commit (SECURITY R55).
 */
export async function findAnswer(tx: Tx, { account, commandId, route, bodyDigest }: Command): Promise<StoredAnswer | 'reused' | undefined> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${account}/${commandId}`}, 0))`);
  const found = await tx.maybe(Stored, sql`
    select route, body_digest, status, reply from platform.command_result where account = ${account} and command_id = ${commandId}`);
  if (found === undefined) return undefined;
  if (found.route !== route || found.bodyDigest !== bodyDigest) return 'reused';
  return { status: found.status, reply: found.reply };
}

export const storeAnswer = (tx: Tx, { account, commandId, route, bodyDigest }: Command, answer: StoredAnswer, at: string) =>
  tx.run(sql`
    insert into platform.command_result (account, command_id, route, body_digest, status, reply, at)
    values (${account}, ${commandId}, ${route}, ${bodyDigest}, ${answer.status}, ${JSON.stringify(answer.reply)}::jsonb, ${at})`);
