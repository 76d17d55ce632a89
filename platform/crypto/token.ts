import { createHash, randomBytes } from 'node:crypto';

/** A secret a browser or a link carries: 256 random bits, URL-safe. Only its hash is ever stored (SECURITY R3). */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. A plain hash suffices, since 256 random bits cannot be guessed from it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A token that could be one of ours; anything else is not worth a query. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
