/** Start and end in UTF-16 units of the text as it was given, before any normalising. */
export type Span = readonly [start: number, end: number];

export type Language = 'vi' | 'en';

export const clears = ['person', 'task', 'responsibility', 'authority', 'timeline', 'result'] as const;
export type Clear = (typeof clears)[number];

/** `implicit`: a reader can tell, but the text does not say so; only `clear` counts as said. */
export type Verdict = {
  readonly state: 'clear' | 'implicit' | 'missing';
  /** `code` is a message key `directives.reason.<code>`; `facts` fill its placeholders. */
  readonly reason: { readonly code: ReasonCode; readonly facts: Readonly<Record<string, string>> };
  readonly span?: Span;
};

export type ReasonCode =
  | 'person-named' | 'person-inherited' | 'person-class' | 'person-referred' | 'person-passive' | 'person-missing'
  | 'task-stated' | 'responsibility-marked' | 'responsibility-sole' | 'responsibility-joint' | 'responsibility-missing'
  | 'authority-instrument' | 'authority-body' | 'authority-general' | 'authority-missing'
  | 'timeline-dated' | 'timeline-recurring' | 'timeline-event' | 'timeline-no-period' | 'timeline-urgency' | 'timeline-missing'
  | 'result-product' | 'result-target' | 'result-outcome' | 'result-activity' | 'result-missing';

export type NamedActor = {
  /** The agency as the document names it (the full name when the text only refers back to it). */
  readonly text: string;
  /** Key of the agency registry, when the agency is known there. */
  readonly id?: string;
  readonly inherited?: boolean;
  readonly span?: Span;
};

export type Deadline = {
  readonly type: 'absolute' | 'recurring' | 'event';
  readonly value: string;
  readonly text: string;
  readonly span: Span;
  /** The year was not written and is taken from the document's date. */
  readonly yearInferred?: true;
};

export type Target = { readonly min: number; readonly max: number; readonly unit: string; readonly year: number | null; readonly text: string; readonly span: Span };

export type RoleMarker = 'lead' | 'coordinate' | 'assigned' | 'responsible';

export type AuthorityMention = { readonly text: string; readonly span: Span; readonly kind: 'instrument' | 'body' };

export type SuggestionCode =
  | 'say-how-much' | 'say-what-changes' | 'say-who-checks' | 'say-by-when' | 'say-which-document' | 'say-what-is-enough';

export type AmbiguousVerb = { readonly text: string; readonly span: Span; readonly suggestion: SuggestionCode };

export type ExtractedAssignment = {
  readonly span: Span;
  readonly text: string;
  readonly lead: readonly NamedActor[];
  readonly coordinating: readonly NamedActor[];
  readonly deadlines: readonly Deadline[];
  readonly result: { readonly product: string | null; readonly productSpan?: Span; readonly targets: readonly Target[] };
  readonly roleMarkers: readonly RoleMarker[];
  readonly authority: readonly AuthorityMention[];
  readonly verdicts: Readonly<Record<Clear, Verdict>>;
  readonly ambiguousVerbs: readonly AmbiguousVerb[];
};

export type DocumentKind = 'conclusion' | 'directive' | 'dispatch' | 'plan';
export type Found<T extends string = string> = { readonly text: string; readonly value: T; readonly span: Span };

export type DirectiveHeader = {
  readonly number?: Found;
  /** `value` is YYYY-MM-DD. */
  readonly date?: Found;
  readonly issuer?: Found;
  readonly signer?: Found;
  readonly kind?: Found<DocumentKind>;
  readonly title?: Found;
  readonly secrecy?: Found<'secret' | 'top-secret' | 'absolute-secret'>;
  readonly urgency?: Found<'urgent' | 'very-urgent' | 'express'>;
  readonly legalBasis: readonly Found[];
};

export type OutlineNode = {
  readonly label: string;
  readonly text: string;
  readonly span: Span;
  readonly heading: boolean;
  readonly agencies: readonly NamedActor[];
  readonly children: readonly OutlineNode[];
};

export type NotDirectiveReason = 'empty' | 'unreadable-encoding' | 'no-obligation' | 'no-addressee';

export type Extraction = {
  readonly language: Language;
  readonly isDirective: boolean;
  readonly notDirectiveReason?: NotDirectiveReason;
  readonly header: DirectiveHeader;
  readonly outline: readonly OutlineNode[];
  readonly assignments: readonly ExtractedAssignment[];
};
