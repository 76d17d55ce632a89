/** Use cases of the register: reading it from memory, and recording a steering committee. */
import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import { publish } from '#platform/events/publish.ts';
import { record } from '#platform/log/record.ts';
import { bookOf, unitOn, versionsOn, type Book, type UnitRefusal } from './book.ts';
import type { UnitVersion } from './model.ts';
import { committeeState, countStates, holdsOn, recordCommittee, type CommitteeRefusal } from './rules.ts';
import { committeeDue, committeeTerm, type CommitteeBoard, type CommitteePage, type RecordCommittee } from './schema.ts';
import { findCommittee, findEdition, listCommittees, lockCommittee, readRegister, saveCommittee, type CommitteeStored, type Edition } from './store.ts';

let open: Book | undefined;

/** Which data the register holds now. @throws when units were never loaded, which the start does first */
export async function openEdition(tx: Tx): Promise<Edition> {
  const edition = await findEdition(tx);
  if (edition === undefined) throw new Error('units are not loaded');
  return edition;
}

export async function bookFor(tx: Tx, edition: Edition): Promise<Book> {
  if (open?.edition !== edition.digest) open = bookOf(edition.digest, await readRegister(tx), edition.source);
  return open;
}

/**
 * The register in memory, read again when another edition was loaded: one row is asked for a request, 38,000 once an edition.
 * @throws when units were never loaded, which the start does first
 */
export async function openBook(tx: Tx): Promise<Book> {
  return bookFor(tx, await openEdition(tx));
}

const provincesOn = (book: Book, day: PlainDate): UnitVersion[] => versionsOn(book, day).filter((version) => version.level === 'province');

function provinceOn(book: Book, code: string, day: PlainDate): Result<UnitVersion, UnitRefusal> {
  const found = unitOn(book, code, day);
  if (!found.ok) return found.problem.code === 'unit-unknown' ? found : refuse({ code: 'unit-unknown', unitCode: code });
  return found.value.level === 'province' ? found : refuse({ code: 'unit-unknown', unitCode: code });
}

/** All provinces of the day with the state of their committee, on time or late or missing. */
export async function committeeBoard(tx: Tx, today: PlainDate): Promise<CommitteeBoard> {
  const book = await openBook(tx);
  const recorded = new Map((await listCommittees(tx)).map((one) => [one.province, one]));
  const rows = (book.source === 'imported' ? [] : provincesOn(book, today)).map((province) => { // another country owes no committee
    const one = recorded.get(province.province);
    return {
      province: province.province, provinceVi: province.nameVi, ...committeeState(one?.decidedOn ?? null, today), decisionNumber: one?.decisionNumber ?? null,
      decidedOn: one?.decidedOn ?? null, seatCount: one?.seats.length ?? 0, meetingCount: one?.meetings.length ?? 0,
      lastMeetingOn: one?.meetings.map((meeting) => meeting.heldOn).sort().at(-1) ?? null,
    };
  });
  return { term: committeeTerm, ...committeeDue, asOf: today, counts: countStates(rows.map((row) => row.state)), rows };
}

function pageOf(province: UnitVersion, stored: CommitteeStored | undefined, today: PlainDate, mayRecord: boolean): CommitteePage {
  const { province: _, ...recorded } = stored ?? { province: province.province };
  return {
    province: province.province, provinceVi: province.nameVi, term: committeeTerm, ...committeeDue, ...committeeState(stored?.decidedOn ?? null, today),
    recorded: stored === undefined || !('decisionNumber' in recorded) ? null : recorded, mayRecord,
  };
}

export async function committeePage(tx: Tx, code: string, today: PlainDate, mayRecord: boolean): Promise<Result<CommitteePage, UnitRefusal>> {
  const province = provinceOn(await openBook(tx), code, today);
  if (!province.ok) return province;
  return ok(pageOf(province.value, await findCommittee(tx, code), today, mayRecord));
}

export type RecordCommand = { readonly province: string; readonly body: RecordCommittee; readonly actor: Actor; readonly now: Now };

/** Records or corrects a province's committee: lock, decide, save, log, tell. */
export async function recordProvinceCommittee(tx: Tx, { province: code, body, actor, now }: RecordCommand): Promise<Result<CommitteePage, UnitRefusal | CommitteeRefusal>> {
  const book = await openBook(tx);
  const province = provinceOn(book, code, now.today);
  if (!province.ok) return province;
  const before = await lockCommittee(tx, code);
  const knowsOffice = (office: string): boolean => book.officesById.get(office)?.some((one) => holdsOn(one, now.today)) === true;
  const decided = recordCommittee(body, before?.revision ?? 0, now.today, knowsOffice);
  if (!decided.ok) return decided;
  const { baseRevision, ...committee } = decided.value;
  await saveCommittee(tx, { province: code, record: committee, revision: baseRevision + 1, at: now.at, by: actor.name });
  await record(tx, {
    province: code, at: now.at, actor, action: before === undefined ? 'org-units.committee-recorded' : 'org-units.committee-corrected',
    target: { type: 'steering-committee', id: `${code}/${committeeTerm}` }, before, after: committee,
    facts: { decidedOn: committee.decidedOn, seats: committee.seats.length, meetings: committee.meetings.length, revision: baseRevision + 1 },
  });
  await publish(tx, now.at, [{ province: code, type: 'org-units.committee-recorded', payload: { province: code, term: committeeTerm, decidedOn: committee.decidedOn } }]);
  return ok(pageOf(province.value, await findCommittee(tx, code), now.today, true));
}
