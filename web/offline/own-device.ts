/**
 * What may outlive the tab on a device that its person called their own when signing in: who works here, so that the screens open without
 * a line for thirty days after the server last answered. It opens nothing at the server, and goes with signing out, with the answer that
 * nobody is signed in any more, and with the thirty days. On any other device nothing is kept beyond the tab.
 */
const choiceKey = 'sauro.own-device';
const whoKey = 'sauro.who-works-here';
const longest = 30 * 86_400_000;

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const shelf = (): Shelf | undefined => {
  try {
    return window.localStorage;
  } catch {
    return undefined; // forbidden in this browser: as on a device of others
  }
};

export const isOwnDevice = (on = shelf()): boolean => on?.getItem(choiceKey) === 'yes';

export function chooseOwnDevice(own: boolean, on = shelf()): void {
  if (!own) forgetWho(on);
  try {
    if (own) on?.setItem(choiceKey, 'yes'); else on?.removeItem(choiceKey);
  } catch { /* full: the choice is not kept, which is the careful side */ }
}

/** @param who what the server said of the session; written only on an own device */
export function keepWho(who: unknown, at = Date.now(), on = shelf()): void {
  if (!isOwnDevice(on)) return;
  try {
    on?.setItem(whoKey, JSON.stringify({ at, who }));
  } catch { /* full: the next answer is kept instead */ }
}

export function forgetWho(on = shelf()): void {
  on?.removeItem(whoKey);
}

/** Who works here, as the server last said; undefined when it is older than thirty days, from a clock set back, or not there. */
export function keptWho(now = Date.now(), on = shelf()): unknown {
  const text = isOwnDevice(on) ? on?.getItem(whoKey) : undefined;
  if (text === null || text === undefined) return undefined;
  try {
    const held: unknown = JSON.parse(text);
    if (typeof held !== 'object' || held === null || !('at' in held) || !('who' in held) || typeof held.at !== 'number') return undefined;
    if (now - held.at > longest || held.at - now > longest) { forgetWho(on); return undefined; }
    return held.who;
  } catch {
    return undefined;
  }
}
