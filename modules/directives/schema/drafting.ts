/** From a text to a draft whose lines a person completes. Nothing extracted becomes a task without a person's confirmation. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nothing, Nullable, Prose, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Assignment, OfficeId, SixClearsInput, Span } from './clears.ts';
import { AssignmentKey, Clear, DirectiveKey, DirectiveKind, DirectiveState, ProgrammeTag, Secrecy } from './words.ts';

/** A document as its head shows it. Strings may be empty in a draft. */
export const DirectiveHead = shape({
  kind: DirectiveKind, title: Prose(1000), number: Nullable(Line(60)), issuedOn: Nullable(Day), signer: Nullable(Line(120)), signerPost: Nullable(Line(200)),
  legalBasis: Prose(4000), secrecy: Secrecy, tags: List(ProgrammeTag, 6),
});
export type DirectiveHead = Static<typeof DirectiveHead>;

export const Original = shape({ fileName: Nullable(Type.String()), sha256: Type.String(), bytes: Type.Integer() });

/** What the reader thought of the text; `notes` are message keys `note.<code>`. */
export const Reading = shape({ isDirective: Type.Boolean(), proposed: Type.Integer(), notes: List(Type.String(), 20), milliseconds: Type.Integer() });

export const DirectiveView = shape({
  province: ProvinceCode, id: Type.String(), state: DirectiveState, version: Type.Integer(), head: DirectiveHead, issuerOffice: OfficeId, issuerName: Type.String(),
  original: Nullable(Original), reading: Nullable(Reading), assignments: List(Assignment, 5000),
  reach: shape({ reached: Type.Integer(), of: Type.Integer() }),
  createdAt: Type.String(), issuedAt: Nullable(Type.String()),
  may: shape({ edit: Type.Boolean(), issue: Type.Boolean(), withdraw: Type.Boolean(), remind: Type.Boolean() }),
});
export type DirectiveView = Static<typeof DirectiveView>;

/** A pasted text: its characters are evidence, so it is not normalised at the edge. */
const RawText = Type.String({ maxLength: 1_000_000, keepRaw: true });
const Created = shape({ province: ProvinceCode, id: Type.String(), reading: Reading });
const readProblems = {
  'document-empty': 422, 'document-too-large': 413, 'document-too-long': 422, 'document-too-many-pages': 422, 'document-binary': 422, 'document-encrypted': 422, 'document-scanned': 422,
  'document-corrupt': 422, 'document-zip-bomb': 422, 'document-unsafe': 422, 'document-legacy-encoding': 422, 'document-timeout': 422, 'document-unsupported': 422, 'issuer-not-held': 403,
} as const;

export const createDraft = contract({
  method: 'POST', path: '/directives', who: 'directives.draft', summary: 'Start a draft from pasted text (or from nothing); lines are proposed from the text',
  body: shape({ issuerOffice: Type.Optional(OfficeId), text: RawText }), reply: Created, problems: readProblems,
});
export const createDraftFromFile = contract({
  method: 'POST', path: '/directives/from-file', who: 'directives.draft', summary: 'Start a draft from a .txt, .docx or .pdf file; the original is kept with its hash',
  query: shape({ issuerOffice: Type.Optional(OfficeId) }), upload: { maxBytes: 52 * 1_048_576 }, reply: Created, problems: readProblems,
});
export const getDirective = contract({
  method: 'GET', path: '/directives/:province/:directive', who: 'directives.read', summary: 'A directive with its assignments, the six clears of each and their verdicts',
  params: DirectiveKey, reply: DirectiveView, problems: {},
});
export const getSource = contract({
  method: 'GET', path: '/directives/:province/:directive/source', who: 'directives.draft', summary: 'The text that was read, for the source sentence beside each line',
  params: DirectiveKey, reply: shape({ text: Type.String(), original: Nullable(Original) }), problems: {},
});
export const getOriginal = contract({
  method: 'GET', path: '/directives/:province/:directive/original', who: 'directives.draft', summary: 'The file as it was uploaded',
  params: DirectiveKey, reply: Nothing, download: true, problems: { 'file-missing': 404 },
});

const editProblems = { 'revision-stale': 409, 'already-issued': 409 } as const;
export const saveHead = contract({
  method: 'PUT', path: '/directives/:province/:directive/head', who: 'directives.draft', summary: 'Save number, date, signer, kind, legal basis, secrecy, tags',
  params: DirectiveKey, body: shape({ version: Type.Integer(), head: DirectiveHead }), reply: DirectiveView,
  problems: { ...editProblems, 'secrecy-above-ordinary': 422 },
});
export const discardDraft = contract({
  method: 'DELETE', path: '/directives/:province/:directive', who: 'directives.draft', summary: 'Throw a draft away', params: DirectiveKey, reply: Nothing,
  problems: { 'already-issued': 409 },
});
const lineProblems = { ...editProblems, 'office-unknown': 422, 'office-class-unknown': 422, 'deadline-impossible': 422, 'too-many-lines': 422 } as const;
export const addAssignment = contract({
  method: 'POST', path: '/directives/:province/:directive/assignments', who: 'directives.draft', summary: 'Add a line by hand', params: DirectiveKey,
  body: shape({ clears: SixClearsInput, after: Type.Optional(Uuid) }), reply: Assignment, problems: lineProblems,
});
/** A stale version is answered 409 `revision-stale` with `theirs` (an Assignment) beside what was sent. */
export const editAssignment = contract({
  method: 'PUT', path: '/directives/:province/:directive/assignments/:assignment', who: 'directives.draft', summary: 'Save the six parts of a line; verdicts are worked out again',
  params: AssignmentKey, body: shape({ version: Type.Integer(), clears: SixClearsInput }), reply: Assignment, problems: lineProblems,
});
export const removeAssignment = contract({
  method: 'DELETE', path: '/directives/:province/:directive/assignments/:assignment', who: 'directives.draft', summary: 'Remove a line (it can be put back)',
  params: AssignmentKey, reply: DirectiveView, problems: editProblems,
});
export const restoreAssignment = contract({
  method: 'POST', path: '/directives/:province/:directive/assignments/:assignment/restoration', who: 'directives.draft', summary: 'Put a removed line back',
  params: AssignmentKey, body: Nothing, reply: DirectiveView, problems: editProblems,
});
export const splitAssignment = contract({
  method: 'POST', path: '/directives/:province/:directive/assignments/:assignment/split', who: 'directives.draft', summary: 'Cut a line in two at a place of its text; both keep the other clears',
  params: AssignmentKey, body: shape({ version: Type.Integer(), at: Type.Integer({ minimum: 1 }) }), reply: DirectiveView, problems: { ...lineProblems, 'split-leaves-empty': 422 },
});
export const mergeAssignments = contract({
  method: 'POST', path: '/directives/:province/:directive/assignments/:assignment/merge', who: 'directives.draft', summary: 'Join another line to this one',
  params: AssignmentKey, body: shape({ version: Type.Integer(), other: Uuid }), reply: DirectiveView, problems: lineProblems,
});
export const orderAssignments = contract({
  method: 'PUT', path: '/directives/:province/:directive/assignments', who: 'directives.draft', summary: 'Put the lines in this order', params: DirectiveKey,
  body: shape({ version: Type.Integer(), order: List(Uuid, 5000) }), reply: DirectiveView, problems: { ...editProblems, 'order-incomplete': 422 },
});
/** Cells that keep a directive from being issued: line and clear, or the head's field. */
export const MissingCell = shape({ assignment: Type.String(), ordinal: Type.String(), clear: Clear });
export type MissingCell = Static<typeof MissingCell>;
export const ExtractedLine = shape({ span: Span, clears: SixClearsInput });
export type ExtractedLine = Static<typeof ExtractedLine>;
