/** Pure decisions about units and steering committees; shared by server and screens. */
import { daysBetween, isPlainDate, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import {
  committeeDue, historyBegins, type CommitteeBoard, type CommitteeState, type KindCounts, type RecordCommittee, type UnitKind, type UnitLevel,
} from './schema.ts';

export type DayRefusal = { readonly code: 'day-invalid' } | { readonly code: 'day-before-history'; readonly asOf: PlainDate; readonly historyBegins: PlainDate };

/** The day a question is about: the one asked for, or today. A day that does not exist, or before the tree's history, is refused. */
export function dayAsked(asked: string | undefined, today: PlainDate, begins: PlainDate = historyBegins): Result<PlainDate, DayRefusal> {
  if (asked === undefined || asked === '') return ok(today);
  if (!isPlainDate(asked)) return refuse({ code: 'day-invalid' });
  if (asked < begins) return refuse({ code: 'day-before-history', asOf: asked, historyBegins: begins });
  return ok(asked);
}

export type CodeRefusal = { readonly code: 'unit-code-malformed'; readonly unitCode: string };

const depths: Readonly<Record<'nation' | 'province' | 'commune', number>> = { nation: 1, province: 2, commune: 3 };

/** 1 for the nation, 2 for a province, 3 for a commune, N for 'level-N'. */
export const depthOf = (level: UnitLevel): number =>
  (level === 'nation' || level === 'province' || level === 'commune' ? depths[level] : Number(level.slice('level-'.length)));

/** @param depth 1 or more */
export const levelOfDepth = (depth: number): UnitLevel => (depth <= 1 ? 'nation' : depth === 2 ? 'province' : depth === 3 ? 'commune' : `level-${depth}`);

/** Level told by a code's length: 2 digits a province ('00' the nation), 5 a commune, 3 an island district until July 2025. */
export function levelOfCode(unitCode: string): Result<UnitLevel, CodeRefusal> {
  if (unitCode === '00') return ok('nation');
  if (/^\d{2}$/u.test(unitCode)) return ok('province');
  if (/^\d{5}$/u.test(unitCode) || /^\d{3}$/u.test(unitCode)) return ok('commune');
  return refuse({ code: 'unit-code-malformed', unitCode });
}

type InTime = { readonly validFrom: PlainDate; readonly validTo: PlainDate | null };

/** `validTo` is the first day it no longer holds. */
export const holdsOn = (version: InTime, day: PlainDate): boolean => version.validFrom <= day && (version.validTo === null || day < version.validTo);

const counter: Readonly<Record<UnitKind, keyof KindCounts | null>> = {
  nation: null, city: 'cities', province: 'provinces', commune: 'communes', ward: 'wards', 'special-zone': 'specialZones', township: 'townships',
  'island-district': 'islandDistricts', unit: 'units',
};

/** Units of each kind, counted; never typed in, because they changed three times in fifteen months. */
export function countKinds(kinds: Iterable<UnitKind>): KindCounts {
  const counts: KindCounts = {
    provinces: 0, provincialUnits: 0, cities: 0, communalUnits: 0, communes: 0, wards: 0, specialZones: 0, townships: 0, islandDistricts: 0,
  };
  for (const kind of kinds) {
    const key = counter[kind];
    if (key === null) continue;
    counts[key] = (counts[key] ?? 0) + 1;
    if (kind === 'city' || kind === 'province') counts.provincialUnits += 1;
    else if (kind !== 'island-district' && kind !== 'unit') counts.communalUnits += 1;
  }
  return counts;
}

/**
 * State of a province's committee on a day, against 31 October 2025.
 *
 * @returns days late: of the decision, or so far when there is none; 0 when in time
 */
export function committeeState(decidedOn: PlainDate | null, today: PlainDate): { state: CommitteeState; daysLate: number } {
  const { dueOn } = committeeDue;
  if (decidedOn !== null) {
    const daysLate = Math.max(0, daysBetween(dueOn, decidedOn));
    return { state: daysLate > 0 ? 'late' : 'on-time', daysLate };
  }
  return today > dueOn ? { state: 'missing', daysLate: daysBetween(dueOn, today) } : { state: 'awaited', daysLate: 0 };
}

export function countStates(states: readonly CommitteeState[]): CommitteeBoard['counts'] {
  const count = (state: CommitteeState): number => states.filter((one) => one === state).length;
  return { onTime: count('on-time'), late: count('late'), missing: count('missing'), awaited: count('awaited') };
}

/** The programme's resolution was passed on this day; a committee of its term cannot be older. */
const earliestDecision = '2024-11-27';

export type CommitteeRefusal =
  | { readonly code: 'committee-revision-stale'; readonly revision: number }
  | { readonly code: 'committee-decided-in-future' | 'committee-chair-missing' | 'committee-chair-twice' | 'committee-meeting-in-future' | 'committee-meeting-before-decision' }
  | { readonly code: 'committee-decided-too-early'; readonly earliest: PlainDate }
  | { readonly code: 'committee-seat-office-unknown'; readonly office: string };

/**
 * Whether a committee may be recorded as given: one chair, known offices, days that can be true.
 *
 * @param revision of the record as stored, 0 when there is none
 * @param knowsOffice whether an office id exists
 */
export function recordCommittee(
  record: RecordCommittee, revision: number, today: PlainDate, knowsOffice: (office: string) => boolean,
): Result<RecordCommittee, CommitteeRefusal> {
  if (record.baseRevision !== revision) return refuse({ code: 'committee-revision-stale', revision });
  if (record.decidedOn > today) return refuse({ code: 'committee-decided-in-future' });
  if (record.decidedOn < earliestDecision) return refuse({ code: 'committee-decided-too-early', earliest: earliestDecision });
  const chairs = record.seats.filter((seat) => seat.role === 'chair').length;
  if (chairs === 0) return refuse({ code: 'committee-chair-missing' });
  if (chairs > 1) return refuse({ code: 'committee-chair-twice' });
  const unknown = record.seats.find((seat) => !knowsOffice(seat.office));
  if (unknown !== undefined) return refuse({ code: 'committee-seat-office-unknown', office: unknown.office });
  if (record.meetings.some((meeting) => meeting.heldOn > today)) return refuse({ code: 'committee-meeting-in-future' });
  if (record.meetings.some((meeting) => meeting.heldOn < record.decidedOn)) return refuse({ code: 'committee-meeting-before-decision' });
  return ok(record);
}
