import { hash, verify } from '@node-rs/argon2';

/** Argon2id, 19 MiB, two passes, one lane: the least that SECURITY R2 allows, about 40 ms of a server core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Of a random password nobody knows, at the same cost: an unknown name takes as long to refuse as a wrong password.
const nobodysHash = hash(crypto.getRandomValues(new Uint8Array(32)), cost);
const atOnce = 4;
const mostWaiting = 60;

let working = 0;
const waiting: (() => void)[] = [];
let done = 0;

/** How many passwords were hashed since the start; a test counts guesses by it, operations watch it. */
export const passwordsHashed = (): number => done;

/** @returns false when too many wait already: the caller refuses for the moment, and memory stays bounded */
export const mayHashNow = (): boolean => waiting.length < mostWaiting;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= atOnce) await new Promise<void>((go) => { waiting.push(go); });
  else working += 1;
  try {
    done += 1;
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize('NFC'), cost));

/** @param stored the account's hash; undefined (no such account) takes the same work and is always false */
export function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  return inTurn(async () => (await verify(stored ?? (await nobodysHash), password.normalize('NFC'))) && stored !== undefined);
}
