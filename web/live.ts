import { useEffect, useRef, useState } from 'react';

export type Beat = { readonly everyMs: number; readonly run: () => void; readonly now?: () => number };

/**
 * When news are acted on: at once, then at most every so often; while the screen is held (a decision stands, a dialog is open, the
 * tab is in the background) they wait, and are acted on once when it is free again.
 */
export class Pace {
  readonly #beat: Beat;
  readonly #now: () => number;
  #waiting = false;
  #held = false;
  #last = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  constructor(beat: Beat) {
    this.#beat = beat;
    this.#now = beat.now ?? Date.now;
  }

  told(): void {
    this.#waiting = true;
    this.#try();
  }

  hold(held: boolean): void {
    this.#held = held;
    this.#try();
  }

  stop(): void {
    this.#waiting = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #try(): void {
    if (!this.#waiting || this.#held || this.#timer !== undefined) return;
    const left = this.#last + this.#beat.everyMs - this.#now();
    if (left > 0) {
      this.#timer = setTimeout(() => { this.#timer = undefined; this.#try(); }, left);
      return;
    }
    this.#waiting = false;
    this.#last = this.#now();
    this.#beat.run();
  }
}

export type Feed = {
  /** Whether a message (JSON as it came, not checked) is about what the screen shows. */
  readonly concerns: (message: unknown) => boolean;
  readonly reload: () => void;
  /** True while the screen must not change under the hand. */
  readonly hold?: boolean;
  readonly everyMs?: number;
};

/**
 * Follows a stream of server-sent events while a screen is open and asks again when a message concerns it. After a lost line, or
 * one that was slow to open, it asks once more, since nobody knows what was missed.
 *
 * @param path an address of this server; undefined: nothing is followed
 * @returns when news were last acted on (ms), for "vừa cập nhật"
 */
export function useFeed(path: string | undefined, { concerns, reload, hold = false, everyMs = 3000 }: Feed): number | undefined {
  const [at, setAt] = useState<number>();
  const wanted = useRef({ concerns, reload });
  wanted.current = { concerns, reload };
  const pace = useRef<Pace>(undefined);
  const held = useRef(hold);
  held.current = hold;
  useEffect(() => {
    if (path === undefined || typeof EventSource === 'undefined') return undefined;
    const own = new Pace({ everyMs, run: () => { setAt(Date.now()); wanted.current.reload(); } });
    pace.current = own;
    const free = (): void => own.hold(held.current || document.hidden);
    free();
    const source = new EventSource(path);
    const began = Date.now();
    let opened = false;
    source.onopen = () => {
      if (opened || Date.now() - began > 1000) own.told(); // what happened before the line stood was told to nobody here
      opened = true;
    };
    source.onmessage = (event: MessageEvent<string>) => { if (wanted.current.concerns(readMessage(event.data))) own.told(); };
    document.addEventListener('visibilitychange', free);
    return () => {
      document.removeEventListener('visibilitychange', free);
      source.close();
      own.stop();
    };
  }, [path, everyMs]);
  useEffect(() => { pace.current?.hold(hold || document.hidden); }, [hold]);
  return at;
}

function readMessage(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
