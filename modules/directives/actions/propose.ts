/** From what was read to proposed lines: agencies become offices and classes, deadlines days, verdicts stay with their words. */
import { isPlainDate, type PlainDate } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { ExtractedAssignment, Extraction, NamedActor } from '../extract/types.ts';
import { awaitedEventOf, dueDayOf, recurrenceOf, resolveDeadline, type EventDays } from '../rules/deadline.ts';
import { judge, ordinalOf } from '../rules/verdicts.ts';
import { clears as clearNames, type ClearVerdict, type Deadline, type DirectiveHead, type SixClears } from '../schema.ts';
import type { AssignmentNew } from '../store/assignments.ts';
import { classifyActors } from './offices.ts';

/** More lines than a directive has; the rest of a longer text is not proposed, and the reading says so. */
export const mostLines = 2000;

type Reader = {
  readonly text: string; readonly from: PlainDate; readonly events: EventDays; readonly province: string; readonly offices: ReadonlySet<string>; readonly classes: ReadonlySet<string>;
};

const idsOf = (actors: readonly NamedActor[]): string[] => actors.flatMap((actor) => (actor.id === undefined ? [] : [actor.id]));
const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function deadlinesOf(found: ExtractedAssignment, { from, events }: Reader): Deadline[] {
  return found.deadlines.slice(0, 10).flatMap((one) => {
    const resolved = resolveDeadline({ type: one.type, value: one.value.slice(0, 120), text: clip(one.text, 300) }, from, events);
    return resolved.ok ? [resolved.value] : [];
  });
}

function clearsOf(found: ExtractedAssignment, reader: Reader): SixClears {
  const lead = idsOf(found.lead);
  const here = reader.province === '00' ? {} : { provinces: [reader.province] };
  const deadlines = deadlinesOf(found, reader);
  const unnamed = found.coordinating.filter((actor) => actor.id === undefined || !reader.offices.has(actor.id)).map((actor) => actor.text);
  const authority = found.verdicts.authority;
  const general = authority.state === 'implicit' && authority.span !== undefined ? [reader.text.slice(authority.span[0], authority.span[1])] : [];
  return {
    person: {
      offices: [...new Set(lead.filter((id) => reader.offices.has(id)))], classes: [...new Set(lead.filter((id) => reader.classes.has(id)))].map((officeClass) => ({ officeClass, ...here })),
      post: null, text: clip(found.lead.map((actor) => actor.text).join(', '), 1000),
    },
    task: { text: clip(found.text.replace(/\s+/gu, ' ').trim(), 6000) },
    responsibility: { roles: [...new Set(found.roleMarkers)], coordinating: [...new Set(idsOf(found.coordinating).filter((id) => reader.offices.has(id)))], text: clip(unnamed.join(', '), 1000) },
    authority: { text: clip([...found.authority.map((one) => one.text), ...(found.authority.length > 0 ? [] : general)].join('; '), 1000) },
    timeline: { deadlines, dueOn: dueDayOf(deadlines) },
    result: {
      product: found.result.product === null ? null : clip(found.result.product, 500), measure: null,
      targets: found.result.targets.slice(0, 10).map(({ min, max, unit, year }) => ({ min, max, unit: unit.trim() === '' ? null : clip(unit, 60), year })),
    },
  };
}

const verdictsRead = (found: ExtractedAssignment, text: string): ClearVerdict[] => clearNames.map((clear) => {
  const { state, reason, span } = found.verdicts[clear];
  return { clear, verdict: state, reason: reason.code, quote: span === undefined ? null : clip(text.slice(span[0], span[1]), 500) };
});

/** The columns of a line that follow from its six clears. */
export const derivedOf = (clears: SixClears) => ({
  dueOn: clears.timeline.dueOn, recurrence: recurrenceOf(clears.timeline.deadlines), awaitedEvent: awaitedEventOf(clears.timeline.deadlines),
});

/** @returns lines in the order of the text; a person confirms each before anything comes of it */
export async function proposeLines(tx: Tx, extraction: Extraction, about: { readonly text: string; readonly today: PlainDate; readonly province: string; readonly events: EventDays }): Promise<AssignmentNew[]> {
  const found = extraction.assignments.slice(0, mostLines);
  const dated = extraction.header.date?.value;
  const from = dated !== undefined && isPlainDate(dated) ? dated : about.today;
  const ids = found.flatMap((one) => [...idsOf(one.lead), ...idsOf(one.coordinating)]);
  const reader = { text: about.text, from, events: about.events, province: about.province, ...(await classifyActors(tx, ids, about.today)) };
  return found.map((one, position) => {
    const clears = clearsOf(one, reader);
    const readVerdicts = verdictsRead(one, about.text);
    return {
      id: newId(), position, ordinal: ordinalOf(position), clears, verdicts: judge(clears, readVerdicts), readVerdicts, spanStart: one.span[0], spanEnd: one.span[1],
      quote: clip(about.text.slice(one.span[0], one.span[1]), 6000), ...derivedOf(clears),
    };
  });
}

const secrecyOf = (value: string | undefined): DirectiveHead['secrecy'] => (value === 'secret' || value === 'top-secret' || value === 'absolute-secret' ? value : 'ordinary');

/** The head as far as the text says it. */
export function headRead({ header }: Extraction): DirectiveHead {
  const day = header.date?.value;
  const line = (text: string | undefined, most: number): string | null => (text === undefined || text.trim() === '' ? null : clip(text.replace(/\s+/gu, ' ').trim(), most));
  return {
    kind: header.kind?.value ?? 'conclusion', title: line(header.title?.text, 1000) ?? '', number: line(header.number?.value, 60), issuedOn: day !== undefined && isPlainDate(day) ? day : null,
    signer: line(header.signer?.text, 120), signerPost: null, legalBasis: clip(header.legalBasis.map((basis) => basis.text).join('\n'), 4000), secrecy: secrecyOf(header.secrecy?.value), tags: [],
  };
}
