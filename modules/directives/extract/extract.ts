import { AgencyFinder, type Mention } from './agencies.ts';
import { weakVerbs } from './ambiguous.ts';
import { authorityOf } from './authority.ts';
import { dayValue, type Reference } from './deadlines/calendar.ts';
import { enDeadlines } from './deadlines/en.ts';
import { viDeadlines } from './deadlines/vi.ts';
import { grammars } from './grammar.ts';
import { headerOf } from './header.ts';
import { judge } from './judge.ts';
import { tablesOf, type TableRow } from './table.ts';
import { normalise, sourceSpan, type Normal } from './normalise.ts';
import { outlineOf, type Block } from './outline.ts';
import { productOf } from './product.ts';
import type { Actor, Draft } from './draft.ts';
import { Reader } from './read.ts';
import { roleMarkersOf } from './roles.ts';
import { targetsOf } from './targets.ts';
import type { DirectiveHeader, ExtractedAssignment, Extraction, Language, NamedActor, NotDirectiveReason, OutlineNode, RoleMarker } from './types.ts';

export { clears } from './types.ts';
export type * from './types.ts';

let sharedFinder: AgencyFinder | undefined;
/** Built once: the registry does not change while the program runs. */
const finderOf = (): AgencyFinder => (sharedFinder ??= new AgencyFinder());

const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/gu;
const letters = /\p{L}/gu;
const footer = /^(?:nơi nhận|recipients?)\s*:?|^(?:kt|tm|tl|tuq)\.\s/u;
const triggers = /(?:như sau|sau đây|yêu cầu|chỉ đạo|kết luận|nhiệm vụ|giải pháp|nội dung|as follows|the following|tasks|requests?|directs?|instructs?|requires)\s*[^:]{0,200}:$/u;

const countOf = (text: string, pattern: RegExp): number => {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
};

function languageOf(fold: string): Language {
  const sample = fold.slice(0, 20_000);
  return countOf(sample, vietnamese) > countOf(sample, letters) * 0.06 ? 'vi' : 'en';
}

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** The day a report without a head tells of: the first full date that is not the date of a cited document. */
function spokenDay(opening: string): string | undefined {
  const dates = /(?:on|,)\s+(january|february|march|april|may|june|july|august|september|october|november|december)\s+(\d{1,2}),\s+(\d{4})|(?:ngày|sáng|chiều|tối)\s+(?:ngày\s+)?(\d{1,2})(?:\s?[/-]\s?|\s+tháng\s+)(\d{1,2})(?:\s?[/-]\s?|\s+năm\s+)(\d{4})/gu;
  for (const match of opening.matchAll(dates)) {
    if (/(?:trước|sau|từ|đến|hết|chậm nhất|vào|xong|before|by|until|than)\s*$/u.test(opening.slice(Math.max(0, match.index - 14), match.index))) continue;
    if (/(?:dated|(?<!\p{L})no\.\s?\S+|số\s+\S+|law|decree)\s*$/u.test(opening.slice(Math.max(0, match.index - 30), match.index))) continue;
    const value = match[1] === undefined ? dayValue(Number(match[4]), Number(match[5]), Number(match[6]), {}) : dayValue(Number(match[2]), monthNames.indexOf(match[1]) + 1, Number(match[3]), {});
    if (value !== undefined) return value.value;
  }
  return undefined;
}

/** Day and year the document speaks from: its own date, else the year it names most. */
function referenceOf(header: DirectiveHeader, fold: string): Reference {
  const tally = new Map<number, number>();
  for (const match of fold.slice(0, 200_000).matchAll(/(?<!\d)(20\d{2})(?!\d)/gu)) tally.set(Number(match[1]), (tally.get(Number(match[1])) ?? 0) + 1);
  const year = [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
  const term = /(?<!\d)(\d{2})(?:th|st|nd|rd)\s+national\s+assembly(?!(?:'s)?\s+(?:\d|session))/u.exec(fold.slice(0, 200_000))?.[1];
  const spoken = header.date?.value ?? spokenDay(fold.slice(0, 1500));
  return { ...(spoken !== undefined && { day: spoken }), ...(year !== undefined && { year }), ...(term !== undefined && { assembly: Number(term) }) };
}

/** Whether the document is laid out as one that orders, so that a bare verb in a list obliges. */
function isOfficial(header: DirectiveHeader, blocks: readonly Block[]): boolean {
  if (header.kind !== undefined || (header.number !== undefined && header.date !== undefined)) return true;
  const numbered = blocks.filter((block) => block.marker !== undefined && block.mentions[0]?.outer === block.marker.length);
  return numbered.length >= 3 || blocks.filter((block) => block.agentOnly).length >= 2 || blocks.some((b) => b.heading && b.mentions.length > 0 && /(?:yêu cầu|chỉ đạo|kết luận)[^:]{0,300}:$/u.test(b.fold));
}

function triggerOf(blocks: readonly Block[]): number {
  const at = blocks.findIndex((block) => (block.heading && triggers.test(block.fold)) || (block.agentOnly && block.heading) || (block.marker !== undefined && block.marker.rank < 6 && block.marker.ordinal === 1));
  return Math.max(0, at);
}

// What stands up to the title heads the page and orders nothing.
const titleEnd = (normal: Normal, header: DirectiveHeader, blocks: readonly Block[]): number => {
  const span = header.title?.span ?? header.kind?.span;
  return span === undefined ? 0 : blocks.findLastIndex((block) => sourceSpan(normal, block.start, block.start + 1)[0] < span[1]) + 1;
};

const namedActor = (normal: Normal, actor: Actor, inherited: boolean): NamedActor => ({
  text: actor.text, ...(actor.id !== undefined && { id: actor.id }), ...(inherited && { inherited: true }), span: sourceSpan(normal, actor.start, actor.end),
});

const keyOf = (actor: Actor): string => actor.id ?? actor.text.toLowerCase();

/** Reads every field of an assignment from its stretch of text. */
function fieldsOf(normal: Normal, draft: Draft, finder: AgencyFinder, language: Language, reference: Reference): ExtractedAssignment {
  const { start, end } = draft;
  // Cells of a table row read as clauses.
  const plain = (part: string) => part.replace(/\n/gu, ' ').replace(/[\t|]/gu, ';');
  const [text, fold] = [plain(normal.text.slice(start, end)), plain(normal.fold.slice(start, end))];
  const mentions: readonly Mention[] = finder.findIn(text);
  const place = (a: number, b: number) => sourceSpan(normal, start + a, start + b);
  const due = language === 'vi' ? viDeadlines(text, fold, reference) : enDeadlines(text, fold, reference);
  const deadlines = due.map((hit) => ({ type: hit.type, value: hit.value, text: text.slice(hit.start, hit.end), span: place(hit.start, hit.end), ...(hit.yearInferred && { yearInferred: true as const }) }));
  const targets = targetsOf(fold, language).map(({ start: a, end: b, ...rest }) => ({ ...rest, text: text.slice(a, b), span: place(a, b) }));
  const cell = draft.product && { start: draft.product.start - start, end: draft.product.end - start };
  const product = cell ? { ...cell, text: text.slice(cell.start, cell.end) } : productOf(text, fold, language, deadlines.some((d) => d.value !== 'R/?'));
  const own = authorityOf(text, fold, mentions, language).map((hit) => ({ text: text.slice(hit.start, hit.end), span: place(hit.start, hit.end), kind: hit.kind }));
  const handedDown = draft.inheritedAuthority.map((hit) => ({ text: normal.text.slice(hit.start, hit.end).replace(/\n/gu, ' '), span: sourceSpan(normal, hit.start, hit.end), kind: hit.kind }));
  const authority = [...own, ...handedDown];
  const roleMarkers = [...new Set([...roleMarkersOf(fold, language, draft.assigns), ...draft.inheritedMarkers])];
  const leads = new Set(draft.lead.map(keyOf));
  const coordinating = draft.coordinating.filter((actor, i) => !leads.has(keyOf(actor)) && draft.coordinating.findIndex((one) => keyOf(one) === keyOf(actor)) === i);
  const lead = draft.lead.map((actor) => namedActor(normal, actor, draft.inherited));
  const span = sourceSpan(normal, start, end);
  const productSpan = product && place(product.start, product.end);
  const verdicts = judge({
    fold, span, lead, leadIsClass: draft.lead.some((actor) => actor.kind === 'class'), refersBack: draft.refersBack, roleMarkers, authority, deadlines, product: product?.text ?? null, ...(productSpan && { productSpan }), targets,
  });
  return {
    span, text: normal.source.slice(span[0], span[1]), lead, coordinating: coordinating.map((actor) => namedActor(normal, actor, false)), deadlines,
    result: { product: product?.text ?? null, ...(productSpan && { productSpan }), targets }, roleMarkers, authority, verdicts,
    ambiguousVerbs: weakVerbs(fold, language).map((hit) => ({ text: text.slice(hit.start, hit.end), span: place(hit.start, hit.end), suggestion: hit.suggestion })),
  };
}

/** A row of a table of tasks, as an assignment: its column says who leads and who works with them. */
function draftOfRow(row: TableRow): Draft {
  const actor = (mention: Mention): Actor => ({ text: mention.text, kind: mention.kind, start: mention.start, end: mention.end, ...(mention.id !== undefined && { id: mention.id }) });
  const inheritedMarkers: RoleMarker[] = [...(row.lead.length > 0 ? ['lead' as const] : []), ...(row.coordinating.length > 0 ? ['coordinate' as const] : [])];
  return { start: row.start, end: row.end, block: -1, lead: row.lead.map(actor), inherited: false, refersBack: false, coordinating: row.coordinating.map(actor), assigns: false, inheritedMarkers, inheritedAuthority: [], ...(row.product && { product: row.product }) };
}

function treeOf(normal: Normal, blocks: readonly Block[], reader: Reader): OutlineNode[] {
  const children = new Map<Block | undefined, Block[]>();
  for (const block of blocks) {
    const siblings = children.get(block.parent);
    if (siblings === undefined) children.set(block.parent, [block]);
    else siblings.push(block);
  }
  const nodesUnder = (parent: Block | undefined): OutlineNode[] =>
    (children.get(parent) ?? []).map((block) => ({
      label: block.text.slice(0, block.marker?.length ?? 0).trim(),
      text: block.text.slice(block.marker?.length ?? 0),
      span: sourceSpan(normal, block.start, block.end),
      heading: block.heading,
      agencies: reader.headingLead(block).map((actor) => namedActor(normal, actor, false)),
      children: nodesUnder(block),
    }));
  return nodesUnder(undefined);
}

// Legacy 8-bit Vietnamese fonts and binary files read as UTF-8 leave such signs.
const unreadable = (text: string): boolean => countOf(text.slice(0, 20_000), /[\ufffd\u0000]/gu) > Math.max(3, Math.min(text.length, 20_000) * 0.005);

const nothing = (language: Language, notDirectiveReason: NotDirectiveReason, header: DirectiveHeader, outline: readonly OutlineNode[] = []): Extraction => ({
  language, isDirective: false, notDirectiveReason, header, outline, assignments: [],
});

/**
 * Reads a directive and proposes its assignments. Deterministic; reads no clock, file or network; runs in a browser.
 * Spans count UTF-16 units of `source` as given. A text that orders nobody gives `isDirective: false` and no assignment.
 */
export function extractDirective(source: string): Extraction {
  const normal = normalise(source);
  const language = languageOf(normal.fold);
  if (normal.text.trim() === '') return nothing(language, 'empty', { legalBasis: [] });
  if (unreadable(source)) return nothing(language, 'unreadable-encoding', { legalBasis: [] });
  const finder = finderOf();
  const tables = tablesOf(normal, finder);
  const all = outlineOf(normal, finder, tables.isRow);
  const header = headerOf(normal, all);
  const end = all.findIndex((block, i) => i > 2 && footer.test(block.fold));
  const blocks = end < 0 ? all : all.slice(0, end);
  const reference = referenceOf(header, normal.fold);
  const official = isOfficial(header, blocks);
  const reader = new Reader({ normal, finder, grammar: grammars[language], reference, official, trigger: official ? Math.max(triggerOf(blocks), titleEnd(normal, header, blocks)) : 0, lastMarked: blocks.findLastIndex((block) => block.marker !== undefined) });
  for (const block of blocks) reader.read(block);
  const drafts = [...withoutSummary(reader.drafts, blocks, official), ...tables.rows.map(draftOfRow)].sort((a, b) => a.start - b.start);
  const outline = treeOf(normal, all, reader);
  const addressed = drafts.some((draft) => draft.lead.length > 0);
  if (drafts.length === 0) return nothing(language, 'no-obligation', header, outline);
  if (!addressed && header.kind === undefined) return nothing(language, 'no-addressee', header, outline);
  return { language, isDirective: true, header, outline, assignments: drafts.map((draft) => fieldsOf(normal, draft, finder, language, reference)) };
}

/** The first paragraph of a news report sums up what follows; once the details follow it is no task of its own. */
function withoutSummary(drafts: readonly Draft[], blocks: readonly Block[], official: boolean): readonly Draft[] {
  if (official) return drafts;
  const opening = blocks.find((block) => block.text.length > 80 && /[.!?"]$/u.test(block.text.trim()));
  // "Theo đó, UBND tỉnh giao …" goes on from a headline: it is the first of the details.
  if (opening !== undefined && /^(?:theo đó|cụ thể|tại (?:văn bản|công văn|công điện)|accordingly|under the|in the (?:dispatch|directive|document|notice))(?!\p{L})/u.test(opening.fold)) return drafts;
  const later = drafts.filter((draft) => opening !== undefined && draft.block > opening.index);
  if (later.length < 2) return drafts;
  // An agency that only the first paragraph asks is no summary of what follows.
  const asked = new Set(later.flatMap((draft) => draft.lead.map(keyOf)));
  return drafts.filter((draft) => later.includes(draft) || draft.lead.some((actor) => actor.kind !== 'class' && actor.kind !== 'generic' && !asked.has(keyOf(actor))));
}
