/** The six named parts of an assignment. Named, not positions: their order differs between official texts (dossier section 10). */
import { CommuneCode, Day, Line, List, Nullable, oneOf, Prose, ProvinceCode, shape, Type, type Static } from '#kernel/shape.ts';
import { Clear, Role, Verdict } from './words.ts';

/** Id of an office in the registry of org-units: 'BCA', 'UBND:01', 'UBND:01:00004'. */
export const OfficeId = Type.String({ minLength: 1, maxLength: 60, pattern: '^[A-Za-z0-9ĐđƯưƠơ:._-]+$' });
export const Post = Line(120);

/**
 * Offices named by what they are. `officeClass` is a class of the registry of org-units ('UBND-TINH' the provincial People's
 * Committees, 'UBND-XA' those of communes, 'CAT', 'CA-XA', 'LOCAL', 'MINS' …); the filters narrow it: these provinces, these kinds of unit, these communes.
 */
export const OfficeClass = shape({
  officeClass: Type.String({ minLength: 1, maxLength: 60 }),
  provinces: Type.Optional(List(ProvinceCode, 34)),
  kinds: Type.Optional(List(oneOf(['city', 'province', 'commune', 'ward', 'special-zone']), 5)),
  communes: Type.Optional(List(CommuneCode, 3400)),
});
export type OfficeClass = Static<typeof OfficeClass>;

/** Who: offices named one by one, classes of offices, or both. `post` is the id of the post that answers for it there; the office's head when null. */
export const PersonClear = shape({ offices: List(OfficeId, 4000), classes: List(OfficeClass, 20), post: Nullable(Post), text: Prose(1000) });
export type PersonClear = Static<typeof PersonClear>;

export const ResponsibilityClear = shape({ roles: List(Role, 4), coordinating: List(OfficeId, 200), text: Prose(1000) });
export type ResponsibilityClear = Static<typeof ResponsibilityClear>;

export const AuthorityClear = shape({ text: Prose(1000) });
export type AuthorityClear = Static<typeof AuthorityClear>;

/**
 * One deadline. `value`, by type:
 * absolute: 2025-12-31 | 2025-11 | 2025-Q4 | 2030 | 2025-2026 (school year); recurring: R/P1W, R/P1M/D25, R/P3M, R/P6M/06-15;R/P1Y/12-15;
 * event: NA15-S10 or event:<words>.
 * `dueOn` is the last day of an absolute deadline, the next of a recurring one, the set day of an event; null while unknown.
 */
export const Deadline = shape({ type: oneOf(['absolute', 'recurring', 'event']), value: Type.String({ minLength: 1, maxLength: 120 }), text: Prose(300), dueOn: Nullable(Day) });
export type Deadline = Static<typeof Deadline>;
export const DeadlineInput = shape({ type: Deadline.properties.type, value: Deadline.properties.value, text: Type.Optional(Prose(300)) });
export type DeadlineInput = Static<typeof DeadlineInput>;

export const TargetNumber = shape({ min: Type.Number(), max: Type.Number(), unit: Nullable(Line(60)), year: Nullable(Type.Integer({ minimum: 1990, maximum: 2100 })) });
export type TargetNumber = Static<typeof TargetNumber>;
export const ResultClear = shape({ product: Nullable(Line(500)), measure: Nullable(Line(500)), targets: List(TargetNumber, 10) });
export type ResultClear = Static<typeof ResultClear>;

/** What a person writes; verdicts are never sent, they follow from it. */
export const SixClearsInput = shape({
  person: PersonClear, task: shape({ text: Type.String({ minLength: 1, maxLength: 6000 }) }), responsibility: ResponsibilityClear, authority: AuthorityClear,
  timeline: shape({ deadlines: List(DeadlineInput, 10) }), result: ResultClear,
});
export type SixClearsInput = Static<typeof SixClearsInput>;

export const SixClears = shape({
  person: PersonClear, task: shape({ text: Type.String() }), responsibility: ResponsibilityClear, authority: AuthorityClear,
  timeline: shape({ deadlines: List(Deadline, 10), dueOn: Nullable(Day) }), result: ResultClear,
});
export type SixClears = Static<typeof SixClears>;

/** `reason` is a message key `reason.<reason>`; `quote` the words of the document it rests on. */
export const ClearVerdict = shape({ clear: Clear, verdict: Verdict, reason: Type.String(), quote: Nullable(Type.String()) });
export type ClearVerdict = Static<typeof ClearVerdict>;

/** A verb that obliges nobody to anything that can be checked, where it stands in the task's text, and what to say instead (message key `verb.<suggestion>`). */
export const AmbiguousVerb = shape({ verb: Type.String(), start: Type.Integer(), end: Type.Integer(), suggestion: Type.String() });
export type AmbiguousVerb = Static<typeof AmbiguousVerb>;

/** UTF-16 offsets into the source text as it was read. */
export const Span = shape({ start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 0 }) });
export type Span = Static<typeof Span>;

export const Assignment = shape({
  id: Type.String(), ordinal: Type.String({ description: 'NV-01 …, by position' }), position: Type.Integer(), version: Type.Integer(),
  clears: SixClears, verdicts: List(ClearVerdict, 6), ambiguous: List(AmbiguousVerb, 50), span: Nullable(Span), quote: Nullable(Type.String()),
  removed: Type.Boolean(),
});
export type Assignment = Static<typeof Assignment>;
