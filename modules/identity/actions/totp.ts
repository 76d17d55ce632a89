import { Secret, TOTP } from 'otpauth';
import { toString as qrSvg } from 'qrcode';
import { loadSeal } from '#platform/crypto/seal.ts';
import type { Tx } from '#platform/db/tx.ts';
import { findTotp, spendTotpStep, startTotp } from '../store/credentials.ts';
import type { Asking } from './request.ts';

// What every authenticator app takes (RFC 6238 with its defaults); one step earlier or later is accepted for clocks that drift.
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

const seal = ({ services }: Pick<Asking, 'services'>) => loadSeal(services.keysDir, 'identity');

/** The time step of a right code, or undefined. */
export function totpStep(secret: string, code: string, at: string): number | undefined {
  const timestamp = Date.parse(at);
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), ...form, timestamp, window: 1 });
  return delta === null ? undefined : TOTP.counter({ period: form.period, timestamp }) + delta;
}

/** True once for each right code: its time step is spent in the database, for good (SECURITY R1). */
export async function isTotpCode(tx: Tx, asking: Asking, account: string, code: string): Promise<boolean> {
  const stored = await findTotp(tx, account);
  if (stored === undefined || stored.sealedSecret === null) return false;
  const step = totpStep((await seal(asking)).open(stored.sealedSecret, account), code, asking.now.at);
  return step !== undefined && (await spendTotpStep(tx, account, step)) === 1;
}

/** The step of a code for the secret that waits for its first one; undefined when wrong, 'not-begun' when none waits. */
export async function firstCodeStep(tx: Tx, asking: Asking, account: string, code: string): Promise<number | 'not-begun' | undefined> {
  const stored = await findTotp(tx, account);
  if (stored === undefined || stored.waitingSecret === null) return 'not-begun';
  return totpStep((await seal(asking)).open(stored.waitingSecret, account), code, asking.now.at);
}

/** A new secret of 160 bits, sealed before it is stored, with the address and picture an app reads. */
export async function newTotp(tx: Tx, asking: Asking, account: string, userName: string): Promise<{ secret: string; uri: string; qrSvg: string }> {
  const secret = new Secret({ size: 20 });
  await startTotp(tx, account, (await seal(asking)).seal(secret.base32, account));
  const uri = new TOTP({ issuer: 'Sáu Rõ', label: userName, secret, ...form }).toString();
  return { secret: secret.base32, uri, qrSvg: await qrSvg(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }) };
}
