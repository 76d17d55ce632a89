/** The other side of places: a place is entered once; checks are only ever added, each once, and one of a place nobody entered is refused. */
import type { Entry, Outcome } from '../outbox.ts';
import type { Office } from './world.ts';

export type PlaceBody = { readonly value: number };
export const isPlaceBody = (value: unknown): value is PlaceBody => typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number';
/** A check whose answer the office cannot take (made by who resolved the place): refused until the person corrects it. */
export const isRefusedValue = (value: number): boolean => value % 11 === 0;

export class PlaceOffice {
  readonly receipts = new Map<string, string>();
  readonly places = new Map<string, number>();
  readonly checks: { readonly id: string; readonly subject: string; readonly value: number }[] = [];
  readonly beforePlace: string[] = [];

  private once(id: string, does: () => Outcome | undefined): Outcome {
    if (!this.receipts.has(id)) {
      const refused = does();
      if (refused !== undefined) return refused;
      this.receipts.set(id, `R-${id}`);
    }
    return { kind: 'received', receipt: `R-${id}`, answer: null };
  }

  readonly place: Office = {
    toSend: (entry) => entry.body,
    apply: ({ id, subject }, body) => this.once(id, () => {
      if (isPlaceBody(body)) this.places.set(subject, body.value);
      return undefined;
    }),
  };

  readonly check: Office = {
    toSend: (entry: Entry) => entry.body,
    apply: ({ id, subject }, body) => this.once(id, () => {
      if (!isPlaceBody(body)) return { kind: 'refused', problem: { code: 'check-not-read' } };
      if (!this.places.has(subject)) {
        this.beforePlace.push(id);
        return { kind: 'refused', problem: { code: 'no-such-hotspot' } };
      }
      if (isRefusedValue(body.value)) return { kind: 'refused', problem: { code: 'check-by-resolver' } };
      this.checks.push({ id, subject, value: body.value });
      return undefined;
    }),
  };
}
