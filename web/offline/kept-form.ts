/**
 * A form kept field by field: two tabs that type in different fields of the same form lose nothing of each other, and what is
 * queued leaves the form in the same step that puts it into the outbox.
 */
import type { DeviceStore } from './device-store.ts';

/** One field as last typed here. `at` is this device's clock (ms since 1970). */
export type KeptField = { readonly value: unknown; readonly at: number };
export type KeptForm = { readonly fields: Readonly<Record<string, KeptField>>; readonly at: number };
export const noForm: KeptForm = { fields: {}, at: 0 };

export const formKey = (who: string, subject: string): string => `${who}/form/${subject}`;

const isField = (value: unknown): value is KeptField => typeof value === 'object' && value !== null && 'value' in value && 'at' in value && typeof value.at === 'number';

/** Reads a stored row as a form; what is no field is left out, so one bad field never costs the others. */
export function formOf(stored: unknown): KeptForm {
  if (typeof stored !== 'object' || stored === null || !('fields' in stored)) return noForm;
  const { fields } = stored;
  if (typeof fields !== 'object' || fields === null) return noForm;
  const good = Object.entries(fields).filter((entry): entry is [string, KeptField] => isField(entry[1]));
  return { fields: Object.fromEntries(good), at: 'at' in stored && typeof stored.at === 'number' ? stored.at : 0 };
}

export async function readForm(store: DeviceStore, who: string, subject: string): Promise<KeptForm> {
  const key = formKey(who, subject);
  const row = (await store.list(key)).find(([found]) => found === key);
  return formOf(row?.[1]);
}

/** Puts these fields on the device and leaves the others as they are. `undefined` takes a field out. True when it is there. */
export const saveFields = (store: DeviceStore, place: { readonly who: string; readonly subject: string }, fields: Readonly<Record<string, unknown>>, at: number): Promise<boolean> => {
  const key = formKey(place.who, place.subject);
  return store.change([key], ([stored]) => {
    const kept: Record<string, KeptField> = { ...formOf(stored).fields };
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) delete kept[name];
      else kept[name] = { value, at };
    }
    return new Map([[key, { fields: kept, at } satisfies KeptForm]]);
  });
};
