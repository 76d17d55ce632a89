/** What waits on this device of places: a place recorded, a check made. Counts and closed words only. */
import type { RecordCheck, ReportPlace } from '../schema.ts';
import { sayExact } from './exact-text.ts';

export const placeKind = 'hotspot-place';
export const checkKind = 'hotspot-check';
export const newPlaceForm = 'hotspot/new';
export const subjectOf = (province: string, id: string): string => `hotspot:${province}/${id}`;
export const checkForm = (province: string, id: string): string => `${subjectOf(province, id)}/check`;
/** @returns undefined for a subject of another kind */
export function keyOfSubject(subject: string): { readonly province: string; readonly id: string } | undefined {
  const [province, id] = subject.startsWith('hotspot:') ? subject.slice('hotspot:'.length).split('/') : [];
  return province === undefined || id === undefined ? undefined : { province, id };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
/** Entries are read back from the device: their form is checked, the words in them by the server. */
export const isReport = (value: unknown): value is ReportPlace => isRecord(value) && typeof value['province'] === 'string' && typeof value['commune'] === 'string' && typeof value['foundOn'] === 'string' && Array.isArray(value['activities']);
export const isCheck = (value: unknown): value is RecordCheck => isRecord(value) && typeof value['day'] === 'number' && typeof value['checkedOn'] === 'string' && typeof value['result'] === 'string';

/** A report as the form held it, for one that is taken back. */
export function fieldsOfReport({ id: _, exact, ...fields }: ReportPlace): Record<string, unknown> {
  return exact === undefined ? fields : { ...fields, exact: sayExact(exact) };
}
