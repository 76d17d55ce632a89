import type { Extraction, NamedActor } from './types.ts';

const agency = (actor: NamedActor) => ({ text: actor.text, ...(actor.id !== undefined && { id: actor.id }), ...(actor.inherited && { inherited: true }) });

/** The extraction in the shape the scoring tool reads: "clear" is true, implicit and missing are false. */
export const predictionOf = (id: string, extraction: Extraction) => ({
  id,
  assignments: extraction.assignments.map((one) => ({
    span: one.span,
    text: one.text,
    lead: one.lead.map(agency),
    coordinating: one.coordinating.map(agency),
    // The annotation of events tied to the document itself ("after this conference") is called relative.
    deadlines: one.deadlines.map(({ type, value, text, span }) => ({ type: value.startsWith('event:') ? 'relative' : type, value, text, span })),
    result: { product: one.result.product, targets: one.result.targets },
    roleMarkers: one.roleMarkers,
    authority: one.authority.map(({ text, span }) => ({ text, span })),
    sixClears: Object.fromEntries(Object.entries(one.verdicts).map(([clear, verdict]) => [clear, verdict.state === 'clear'])),
  })),
});
