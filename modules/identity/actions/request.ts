import type { Context, Edge } from '#platform/http/bind.ts';
import { RefusalError } from '#kernel/result.ts';

/** What sign-in needs of a request; it has no actor yet and opens its own transactions. */
export type Asking = Pick<Context, 'services' | 'now' | 'edge'>;

/**
 * Chromium and Firefox keep `__Host-` cookies over https and on this machine's own addresses (Chromium 156 tried with localhost and
 * 127.0.0.1). Over plain http elsewhere no safe cookie exists: refused, unless the operator accepts it for a trial by SAURO_INSECURE_HTTP=1.
 */
function cookieName(edge: Edge, name: string): string {
  if (edge.secure) return `__Host-${name}`;
  if (process.env['SAURO_INSECURE_HTTP'] === '1') return name;
  throw new RefusalError({ code: 'connection-not-safe' });
}
const readable = (edge: Edge, name: string): string | undefined => edge.cookies[edge.secure ? `__Host-${name}` : process.env['SAURO_INSECURE_HTTP'] === '1' ? name : ''];

const cookies = { session: { name: 'sauro', seconds: 12 * 3600 }, step: { name: 'sauro-step', seconds: 600 }, device: { name: 'sauro-device', seconds: 180 * 86_400 } } as const;
export type CookieKind = keyof typeof cookies;

export const readCookie = (edge: Edge, kind: CookieKind): string | undefined => readable(edge, cookies[kind].name);
/** @throws RefusalError `connection-not-safe` */
export const giveCookie = (edge: Edge, kind: CookieKind, token: string): void => edge.setCookie(cookieName(edge, cookies[kind].name), token, cookies[kind].seconds);
export const clearCookie = (edge: Edge, kind: CookieKind): void => {
  if (readCookie(edge, kind) !== undefined) edge.setCookie(cookieName(edge, cookies[kind].name), '', 0);
};
