import { shape, Type, Nullable } from '#kernel/shape.ts';
import type { Instant } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { AccountStateShape } from '../schema/roles.ts';

const Candidate = shape({ account: Type.String(), name: Type.String(), userName: Type.String(), state: AccountStateShape, demonstration: Type.Boolean(), hash: Nullable(Type.String()) });

/** Who signs in under this user name or e-mail address (in lower case), with the password's hash. */
export const findBySignInName = (tx: Tx, typed: string) => tx.maybe(Candidate, sql`
  select n.account, a.name, n.user_name, a.state, a.demonstration, p.hash
    from identity.sign_in_name n
    join identity.account a on a.id = n.account
    left join identity.password p on p.account = n.account
   where n.user_name = ${typed} or n.email = ${typed}
   limit 1`);

export const findCandidate = (tx: Tx, account: string) => tx.maybe(Candidate, sql`
  select a.id as account, a.name, n.user_name, a.state, a.demonstration, p.hash
    from identity.account a
    join identity.sign_in_name n on n.account = a.id
    left join identity.password p on p.account = a.id
   where a.id = ${account}`);

export const setPassword = (tx: Tx, account: string, hash: string, at: Instant) => tx.run(sql`
  insert into identity.password (account, hash, changed_at) values (${account}, ${hash}, ${at})
  on conflict (account) do update set hash = excluded.hash, changed_at = excluded.changed_at`);
export const passwordChangedAt = async (tx: Tx, account: string) =>
  (await tx.maybe(shape({ changedAt: Type.String() }), sql`select changed_at from identity.password where account = ${account}`))?.changedAt ?? null;

const Factors = shape({ totp: Type.Boolean(), passkeys: Type.Number() });
export const factorsOf = (tx: Tx, account: string) => tx.one(Factors, sql`
  select exists (select 1 from identity.totp t where t.account = ${account} and t.confirmed_at is not null) as totp,
         (select count(*) from identity.passkey k where k.account = ${account})::int as passkeys`);

export const findTotp = (tx: Tx, account: string) => tx.maybe(shape({ sealedSecret: Nullable(Type.String()), waitingSecret: Nullable(Type.String()) }), sql`
  select sealed_secret, waiting_secret from identity.totp where account = ${account}`);
/** A secret waits for its first code; the one in use stays in use until then. */
export const startTotp = (tx: Tx, account: string, waitingSecret: string) => tx.run(sql`
  insert into identity.totp (account, waiting_secret, last_step) values (${account}, ${waitingSecret}, 0)
  on conflict (account) do update set waiting_secret = excluded.waiting_secret`);
export const confirmTotp = (tx: Tx, account: string, step: number, at: Instant) => tx.run(sql`
  update identity.totp set sealed_secret = waiting_secret, waiting_secret = null, confirmed_at = ${at}, last_step = ${step}
   where account = ${account} and waiting_secret is not null`);
/** Takes a time step for good: of all parallel uses of one code, the row lets one pass (SECURITY R1). @returns 1 or 0 */
export const spendTotpStep = (tx: Tx, account: string, step: number) => tx.run(sql`
  update identity.totp set last_step = ${step} where account = ${account} and confirmed_at is not null and last_step < ${step}`);
export const deleteTotp = (tx: Tx, account: string) => tx.run(sql`delete from identity.totp where account = ${account}`);

const Passkey = shape({
  id: Type.String(), account: Type.String(), credentialId: Type.String(), publicKey: Type.String(), counter: Type.Number(), transports: Type.String(),
  label: Type.String(), createdAt: Type.String(), lastUsedAt: Nullable(Type.String()),
});
export const listPasskeys = (tx: Tx, account: string) => tx.rows(Passkey, sql`
  select id, account, credential_id, public_key, counter, transports, label, created_at, last_used_at from identity.passkey where account = ${account} order by created_at`);
export const findPasskey = (tx: Tx, credentialId: string) => tx.maybe(Passkey, sql`
  select id, account, credential_id, public_key, counter, transports, label, created_at, last_used_at from identity.passkey where credential_id = ${credentialId}`);
export const insertPasskey = (tx: Tx, k: { id: string; account: string; credentialId: string; publicKey: string; counter: number; transports: string; label: string; at: Instant }) => tx.run(sql`
  insert into identity.passkey (id, account, credential_id, public_key, counter, transports, label, created_at)
  values (${k.id}, ${k.account}, ${k.credentialId}, ${k.publicKey}, ${k.counter}, ${k.transports}, ${k.label}, ${k.at})
  on conflict (credential_id) do nothing`);
export const usePasskey = (tx: Tx, id: string, counter: number, at: Instant) => tx.run(sql`
  update identity.passkey set counter = ${counter}, last_used_at = ${at} where id = ${id}`);
export const deletePasskey = (tx: Tx, account: string, id: string) => tx.run(sql`delete from identity.passkey where account = ${account} and id = ${id}`);

/** Forgets every credential and known browser: for a lost password or factor. */
export async function clearCredentials(tx: Tx, account: string): Promise<void> {
  await tx.run(sql`delete from identity.password where account = ${account}`);
  await tx.run(sql`delete from identity.totp where account = ${account}`);
  await tx.run(sql`delete from identity.passkey where account = ${account}`);
  await tx.run(sql`delete from identity.oidc_link where account = ${account}`);
  await tx.run(sql`delete from identity.known_device where account = ${account}`);
}

export const findOidcLink = (tx: Tx, issuer: string, subject: string) => tx.maybe(shape({ account: Type.String() }), sql`
  select account from identity.oidc_link where issuer = ${issuer} and subject = ${subject}`);
export const insertOidcLink = (tx: Tx, issuer: string, subject: string, account: string, at: Instant) => tx.run(sql`
  insert into identity.oidc_link (issuer, subject, account, linked_at) values (${issuer}, ${subject}, ${account}, ${at}) on conflict do nothing`);
export const listOidcLinks = (tx: Tx, account: string) => tx.rows(shape({ issuer: Type.String(), linkedAt: Type.String() }), sql`
  select issuer, linked_at from identity.oidc_link where account = ${account} order by issuer`);

export const insertChallenge = (tx: Tx, c: { tokenHash: string; kind: string; account: string | null; facts: Readonly<Record<string, string>>; expiresAt: Instant }) => tx.run(sql`
  insert into identity.challenge (token_hash, kind, account, facts, expires_at) values (${c.tokenHash}, ${c.kind}, ${c.account}, ${JSON.stringify(c.facts)}::jsonb, ${c.expiresAt})`);
/** Takes the challenge away: it answers once. */
export const takeChallenge = (tx: Tx, tokenHash: string, kind: string, at: Instant) => tx.maybe(
  shape({ account: Nullable(Type.String()), facts: Type.Record(Type.String(), Type.String()) }), sql`
  delete from identity.challenge where token_hash = ${tokenHash} and kind = ${kind} and expires_at > ${at} returning account, facts`);

export const isKnownDevice = async (tx: Tx, account: string, tokenHash: string, at: Instant): Promise<boolean> =>
  (await tx.run(sql`update identity.known_device set last_used_at = ${at} where token_hash = ${tokenHash} and account = ${account}`)) === 1;
export const rememberDevice = (tx: Tx, account: string, tokenHash: string, at: Instant) => tx.run(sql`
  insert into identity.known_device (token_hash, account, last_used_at) values (${tokenHash}, ${account}, ${at})
  on conflict (token_hash) do update set account = excluded.account, last_used_at = excluded.last_used_at`);
