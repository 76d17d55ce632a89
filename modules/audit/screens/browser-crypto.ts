import type { Crypto } from '#kernel/checkpoint.ts';
import { CannotVerify } from '../rules/judge.ts';

/** Web Crypto is missing on plain http, and Ed25519 in older browsers: then nothing is judged. */
function subtle(): SubtleCrypto {
  const found: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (found === undefined) throw new CannotVerify();
  return found;
}

/** SHA-256 and Ed25519 by the browser itself. */
export const browserCrypto: Crypto = {
  async sha256(bytes) {
    return new Uint8Array(await subtle().digest('SHA-256', new Uint8Array(bytes)));
  },
  async verify(publicKey, message, signature) {
    let key: CryptoKey;
    try {
      key = await subtle().importKey('raw', new Uint8Array(publicKey), { name: 'Ed25519' }, false, ['verify']);
    } catch {
      throw new CannotVerify();
    }
    return subtle().verify({ name: 'Ed25519' }, key, new Uint8Array(signature), new Uint8Array(message));
  },
};
