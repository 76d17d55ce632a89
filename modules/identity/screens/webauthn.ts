import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { Answer } from '#web/api.ts';
import { ok, refuse } from '#kernel/result.ts';

type Json = Record<string, unknown>;

/** Asks the device for a passkey. The library is fetched only then; stopping is a refusal, not a fault. */
export async function askPasskey(options: Json): Promise<Answer<Json>> {
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    return ok({ ...(await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON })) }); // the server's library made them
  } catch {
    return refuse({ code: 'passkey-stopped' });
  }
}

export async function makePasskey(options: Json): Promise<Answer<Json>> {
  try {
    const { startRegistration } = await import('@simplewebauthn/browser');
    return ok({ ...(await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON })) }); // as above
  } catch {
    return refuse({ code: 'passkey-stopped' });
  }
}

export const passkeysHere = (): boolean => typeof PublicKeyCredential !== 'undefined' && window.isSecureContext;
