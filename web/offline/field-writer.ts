import { saveFields } from './kept-form.ts';
import { hereStore, keepLastWord, takeLastWord } from './store.ts';

export type SaveState = { readonly savedAt: number | undefined; /** The device refused to keep it: said, never hidden. */ readonly failed: boolean };

/** Writes fields of one form to this device as they change: one write under way, what comes meanwhile goes with the next. */
export class FieldWriter {
  private readonly place: { readonly who: string; readonly subject: string };
  private readonly watchers = new Set<() => void>();
  state: SaveState = { savedAt: undefined, failed: false };
  private waiting: Record<string, unknown> = {};
  private going: Readonly<Record<string, unknown>> = {};
  private running: Promise<void> | undefined;

  constructor(place: { readonly who: string; readonly subject: string }) {
    this.place = place;
  }

  watch(tell: () => void): () => void {
    this.watchers.add(tell);
    return () => void this.watchers.delete(tell);
  }
  tell(state: SaveState): void {
    this.state = state;
    for (const tell of this.watchers) tell();
  }

  write(fields: Readonly<Record<string, unknown>>): void {
    Object.assign(this.waiting, fields);
    this.running ??= this.run();
  }

  /** Resolves when nothing waits any more: before the form is queued. */
  async done(): Promise<void> {
    while (this.running) await this.running;
  }

  /** The page goes: what was typed in its last moments is put where writing is immediate. */
  lastWord(): void {
    const fields = Object.entries({ ...this.going, ...this.waiting });
    if (fields.length > 0) keepLastWord(this.wordKey, { set: Object.fromEntries(fields.filter(([, value]) => value !== undefined)), gone: fields.filter(([, value]) => value === undefined).map(([name]) => name) });
  }
  /** The page is back: its last word joins the form it belongs to. */
  async takeWord(): Promise<void> {
    const word = takeLastWord(this.wordKey);
    if (typeof word !== 'object' || word === null || !('set' in word) || typeof word.set !== 'object' || !('gone' in word) || !Array.isArray(word.gone)) return;
    await saveFields(hereStore, this.place, { ...Object.fromEntries(word.gone.map((name) => [String(name), undefined])), ...word.set }, Date.now());
  }
  private get wordKey(): string { return `${this.place.who}/${this.place.subject}`; }

  private async run(): Promise<void> {
    while (Object.keys(this.waiting).length > 0) {
      const fields = this.waiting;
      this.waiting = {};
      this.going = fields;
      const at = Date.now();
      const kept = await saveFields(hereStore, this.place, fields, at);
      this.tell({ savedAt: kept ? Date.now() : undefined, failed: !kept });
      if (!kept) {
        this.waiting = { ...fields, ...this.waiting }; // said on the screen; the next key tries again with all of it
        break;
      }
    }
    this.going = {};
    this.running = undefined;
  }
}
