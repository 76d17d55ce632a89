import { outboxChanged } from '#web/offline/outbox-here.ts';
import { saveFields } from '#web/offline/kept-form.ts';
import { hereStore } from '#web/offline/store.ts';

export type SaveState = { readonly savedAt: number | undefined; /** The device refused to keep it: said, never hidden. */ readonly failed: boolean };

/** Writes fields of one form to this device as they change: one write under way, what comes meanwhile goes with the next. */
export class FieldWriter {
  private readonly place: { readonly who: string; readonly subject: string };
  private readonly told: (state: SaveState) => void;
  private waiting: Record<string, unknown> = {};
  private running: Promise<void> | undefined;

  constructor(place: { readonly who: string; readonly subject: string }, told: (state: SaveState) => void) {
    this.place = place;
    this.told = told;
  }

  write(fields: Readonly<Record<string, unknown>>): void {
    Object.assign(this.waiting, fields);
    this.running ??= this.run();
  }

  /** Resolves when nothing waits any more: before the form is queued. */
  async done(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    while (Object.keys(this.waiting).length > 0) {
      const fields = this.waiting;
      this.waiting = {};
      const at = Date.now();
      const kept = await saveFields(hereStore, this.place, fields, at);
      this.told({ savedAt: kept ? Date.now() : undefined, failed: !kept });
      if (!kept) {
        this.waiting = { ...fields, ...this.waiting }; // said on the screen; the next key tries again with all of it
        break;
      }
    }
    this.running = undefined;
    outboxChanged();
  }
}
