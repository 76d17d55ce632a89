import type { Mention } from './agencies.ts';
import { groupAt, groupsOf, type Group } from './groups.ts';
import { enActorNouns } from './lexicon/actors.ts';
import { enVerbs } from './lexicon/en.ts';
import { PhraseTable, tokenise } from './phrases.ts';
import type { Clause, Obligation } from './vi.ts';
import { clausesOf, type Piece } from './sentences.ts';

export type EnglishObligation = Obligation & {
  /** "It", "them": the holder of the task before. */
  readonly refersBack?: true;
};

const asking = /(?<!\p{L})(?:assign(?:ed|s)?|direct(?:ed|s)|instruct(?:ed|s)|ask(?:ed|s)|request(?:ed|s)?|urg(?:ed|es)|requir(?:ed|es)|order(?:ed|s)|task(?:ed|s)|call(?:ed|s) (?:on|upon|for)|entrust(?:ed|s)|demand(?:ed|s)|mandat(?:ed|es)|charg(?:ed|es)|remind(?:ed|s)|proposed|suggest(?:ed|s)|recommended|told|tells|necessary for|essential for|imperative for|vital for|need for)(?!\p{L})/gu;
const modal = /(?<!\p{L})(?:must|should|shall|needs? to|ha(?:s|ve) to|(?:is|are|was|were) (?:also |now |further |jointly )?(?:responsible (?:for|to)|assigned to|tasked with|required to|requested to|instructed to|asked to|to be responsible|in charge of|directed to|urged to|told to|ordered to|tasked to|entrusted to|expected to)|(?:is|are) to(?= \p{L})|will(?= (?:also |then |\p{L}+ly )?(?:be responsible|publish|hold|meet|send|open|train|support|launch|finali[sz]e|create|update|check|handle|take|lead|coordinate|continue|develop|submit|issue|prepare|complete|work|organi[sz]e|review|report|draft|study|provide|set up|establish|build|guide|allocate|conduct|carry out|chair|implement|propose|ensure|direct|strengthen|inspect|monitor)))(?!\p{L})/gu;
const pronounSubject = /(?:^|[\s,;"])(?:it|they)\s+(?:also\s+)?$/u;
const actors = new Set<string>(enActorNouns);
const nominal = /^\s+(?:for\s+)?(?:the |a |an )?(?:prompt |early |rapid |urgent |comprehensive |thorough |full |general )?(?:promotion|establishment|development|completion|issuance|promulgation|creation|formulation|launch|setting up|drafting|finali[sz]ation|submission|construction|review|reform|strengthening|application|inspection|improvement|acceleration|implementation|mobili[sz]ation) of/u;
const doneThings = /^\s*(?:be|been)\s+(?:\p{L}+ly\s+)?(?:completed|established|submitted|issued|finali[sz]ed|set up|put into|reported|disseminated|prepared|developed|approved|allocated|promulgated|built|created|published|launched|sent|handled|resolved|reviewed|updated|organi[sz]ed|formed|adopted|drafted|amended|addressed|eliminated|identified)/u;
const passive = /^\s*(?:also\s+|soon\s+|not\s+|\p{L}+ly\s+)?be\s+(?:\p{L}+ly\s+)?(?!determined(?!\p{L})|dedicated(?!\p{L}))(?:\p{L}+(?:ed|wn)|set|put|built|sent|made|done|kept|met|led|given|taken|seen|found|brought|taught|understood)(?!\p{L})/u;
const verbs = new PhraseTable<true>();
for (const phrase of enVerbs) verbs.add(phrase, true);
const participles = /^(?:\p{L}+ly\s+)?\p{L}+ing(?!\p{L})/u;

const ordered = /^[^;.]{3,160}?\s(?:must|should|shall|need to|needs to|has to|have to|(?:is|are|was|were) (?:assigned|tasked|required|requested|instructed|asked|directed|urged|told|ordered|entrusted|responsible))(?!\p{L})/u;
const passiveOrder = /^(?:is|are|was|were) (?:assigned|tasked|required|requested|instructed|asked|directed|urged|told|ordered|entrusted)/u;
// "functions, tasks and powers", "at the requests of": nouns that look like the verb.
const nounLike = /^(?:tasks|orders|requests|demands|charges|request|assign|told)$/u;
const speaks = /(?:(?<!\p{L})(?:he|she|who|they|minister|government|leader|chairman|chairwoman|official|dispatch|directive|notice|plan|premier|pm)|\p{L}+)\s+(?:also |then |further |clearly )?$/u;
const noSpeaker = /(?:,|of|the|a|and|or|with|to|their|its|these|those|all|key|main|other|some|any|no|urgent|assigned|major|new|such|by|on|for|\d)\s+$/u;

/** "requested the Director of …, leaders of … and Heads of … to …": agencies between the verb and the infinitive. */
function findAsked(clause: Clause, groups: readonly Group[]): EnglishObligation | undefined {
  for (const match of clause.fold.matchAll(asking)) {
    const after = match.index + match[0].length;
    const rest = clause.fold.slice(after);
    const before = clause.fold.slice(Math.max(0, match.index - 24), match.index);
    const needed = match[0].endsWith(' for');
    if (!needed && /(?:\b(?:is|are|was|were|be|been|being|as|the|has|have|had not|not)|'s)\s+$/u.test(before) && !/(?:has|have)\s+$/u.test(before)) continue;
    if (nounLike.test(match[0]) && (noSpeaker.test(before) || !speaks.test(before)) && !needed) continue;
    if (/^\s+(?:that\s+)?(?:them|it)\s+(?:all\s+)?to(?!\p{L})/u.test(rest)) return { kind: 'asked', lead: [], refersBack: true, at: after };
    const to = infinitiveAfter(clause.fold, after);
    const lead = membersBetween(groups, after, to);
    const opens = lead[0] === undefined ? '' : clause.fold.slice(after, lead[0].outer);
    // "requested the establishment of a group headed by …": who heads it is not who sets it up.
    if (/^(?:urg|call|request|requir|demand|direct|instruct)/u.test(match[0]) && nominal.test(rest)) return { kind: 'asked', lead: [], at: after };
    const described = actors.has(headNoun(opens.trim())) && /(?<!\p{L})of\s+(?:the\s+)?$/u.test(opens);
    if (described && to > 0) {
      const named = clause.text.slice(after, to).trim().replace(/^(?:all\s+)?the\s+/u, '');
      const start = clause.text.indexOf(named, after);
      return { kind: 'asked', lead: [{ start, outer: start, end: start + named.length, kind: 'generic', text: named }], at: to };
    }
    const first = groups.find((group) => group.start >= after);
    if (first !== undefined && /^\s*(?:that\s+)?(?:all\s+)?(?:the\s+)?$/u.test(clause.fold.slice(after, first.start)) && (to < 0 || first.end < to) && enOpensWithVerb(clause.fold, first.end + (/^\s*(?:each|all|both|also|jointly)(?!\p{L})/u.exec(clause.fold.slice(first.end))?.[0].length ?? 0))) {
      return { kind: 'asked', lead: headsOnly(first.members.filter((m) => m.kind !== 'related')), at: first.end };
    }
    if (lead.length > 0 && to > 0 && opens.length < 60 && !/[;]/u.test(opens) && !/(?<!\p{L})(?:to|for|of the)\s$/u.test(opens.replace(/^\s*(?:for|that)\s/u, ''))) {
      return { kind: 'asked', lead: headsOnly(lead), at: to };
    }
    if (lead.length === 0 && to > 0) {
      const named = clause.text.slice(after, to).trim().replace(/^(?:that|all the|the)\s+/u, '');
      const head = headNoun(named);
      if (named.length > 0 && named.length < 90 && actors.has(head)) {
        const start = clause.text.indexOf(named, after);
        return { kind: 'asked', lead: [{ start, outer: start, end: start + named.length, kind: 'generic', text: named }], at: to };
      }
    }
    // "The Prime Minister requested making preparations …", "… requested to complete …": an order to nobody named.
    if (/^(?:request|urg|suggest|recommend|propos|demand)\p{L}*$/u.test(match[0]) && /^\s+(?:\p{L}+ly\s+)?\p{L}{3,}ing\s/u.test(rest)) return { kind: 'asked', lead: [], at: after };
    if (lead.length === 0 && /^(?:request|requir|urg|order|direct|instruct|ask)\p{L}*$/u.test(match[0]) && /^\s+to\s/u.test(rest) && enOpensWithVerb(clause.fold, after + (/^\s+to\s+/u.exec(rest)?.[0].length ?? 0))) return { kind: 'asked', lead: [], at: after };
    if (/^(?:urg|call|request|requir|demand|direct|instruct)/u.test(match[0]) && nominal.test(rest)) return { kind: 'asked', lead: [], at: after };
  }
  return undefined;
}

// The "to" that begins what is asked, or "in charge of", "with drafting", "that they".
function infinitiveAfter(fold: string, from: number): number {
  const rest = fold.slice(from, from + 700);
  const found = /(?<!\p{L})to\s+(?:(?:\p{L}+ly|not|also|soon|further|jointly)\s+)*(?!the |be\s+held)\p{L}+(?=[\s,.;]|$)/u.exec(rest) ?? /(?<!\p{L})(?:with|for)\s+\p{L}+ing(?!\p{L})/u.exec(rest);
  return found === null ? -1 : from + found.index;
}

const membersBetween = (groups: readonly Group[], from: number, to: number): Mention[] =>
  groups.flatMap((group) => group.members).filter((m) => m.outer >= from && m.end <= to && m.kind !== 'principal' && m.kind !== 'related');

// "Heads of Party committees, local governments and agencies" is one class.
const headsOnly = (members: readonly Mention[]): readonly Mention[] => (members[0]?.id === 'HEADS' ? members.slice(0, 1) : members);

const headNoun = (phrase: string): string => (phrase.toLowerCase().split(/\s+(?:of|in|at|under|from|across|on|for|where|who|which|that)\s+/u)[0] ?? '').replace(/[^\p{L}\s-]/gu, '').trim().split(/\s+/u).at(-1) ?? '';

/** "Ministries and localities must …": who stands before the modal verb. */
function findModal(clause: Clause, groups: readonly Group[]): EnglishObligation | undefined {
  for (const match of clause.fold.matchAll(modal)) {
    const at = match.index;
    const after = clause.fold.slice(at + match[0].length);
    if (/^\s+(?:not\s+)?(?:have|be (?:noted|understood|seen))(?!\p{L})/u.test(after) && !/^\s+have (?:a|an|plans?|concrete|specific)/u.test(after)) continue;
    const open = subjectStart(clause.fold, at);
    const region = clause.fold.slice(open, at);
    const weak = /^(?:will|is|are|was|were)/u.test(match[0]);
    const isPassive = passive.test(after) && !/^(?:is|are|was|were)/u.test(match[0]);
    const lead = subjectMembers(clause, groups, open, at);
    if (lead.length > 0 && !isPassive) return { kind: 'subject', lead: headsOnly(lead), at };
    if (pronounSubject.test(clause.fold.slice(0, at)) && !isPassive) return { kind: 'subject', lead: [], refersBack: true, at };
    if (isPassive) {
      if (doneThings.test(after.replace(/^\s*(?:also|soon)\s/u, ' '))) return { kind: 'passive', lead: [], at };
      continue;
    }
    if (weak && !passiveOrder.test(match[0])) continue;
    // "the culture, sports and tourism sector" is one body, though commas stand in its name.
    const listed = /(?:^|[.;:,]\s*)(?:and\s+)?(the\s+\p{L}+(?:,\s+\p{L}+)+,?\s+and\s+\p{L}+\s+\p{L}+)\s*$/u.exec(region.slice(-120))?.[1];
    const phrase = listed ?? (region.split(/,\s*/u).at(-1) ?? '').trim();
    const name = phrase.replace(/^(?:that|and|so|therefore|thus|the|all|said|added)\s+/u, '');
    if (name !== '' && name.length < 100 && actors.has(headNoun(name))) {
      const start = open + region.lastIndexOf(name);
      return { kind: 'subject', lead: [{ start, outer: start, end: start + name.length, kind: 'generic', text: clause.text.slice(start, start + name.length) }], at };
    }
  }
  return undefined;
}

function subjectStart(fold: string, at: number): number {
  const before = fold.slice(0, at);
  let open = Math.max(before.lastIndexOf(';'), before.lastIndexOf(':')) + 1;
  for (const match of before.matchAll(/(?<!\p{L})(?:that|stressing|said|saying|adding|while|whereas|but)\s/gu)) open = Math.max(open, match.index + match[0].length);
  return open;
}

function subjectMembers(clause: Clause, groups: readonly Group[], open: number, at: number): readonly Mention[] {
  const own = groups.filter((group) => group.start >= open && group.end <= at);
  for (const group of own.reverse()) {
    const before = clause.fold.slice(open, group.start);
    if (!/\d\s?(?:%|percent|per cent) of\s+(?:the\s+)?$/u.test(before) && /(?<!\p{L})(?:with|of|in|for|by|to|from|on|at|among|between|under|against|into|including|such as|like)\s+(?:the\s+|all\s+|other\s+)?$/u.test(before)) continue;
    const between = clause.fold.slice(group.end, at);
    const near = between.replace(/^\s*\([^()]{0,120}\)/u, '').replace(/,\s*(?:in (?:close )?(?:coordination|collaboration|cooperation) with|together with|as|along with|in particular|including|especially|within|based on|under)[^;]{0,200},\s*$/u, ' ').replace(/^\s+(?:at all levels|nationwide|concerned|themselves|of all levels|in \p{L}+|across the country|of the \p{L}+|with \p{L}+ \p{L}+)\s*$/u, ' ');
    // "Localities implementing social distancing must …" says which of them.
    const which = /^\s(?:that|who|which|where|\p{L}+ing|with|under|in|at|of)\s[^,;]{1,110}$/u.test(between) && /(?:^|[,:]\s*)(?:the\s+|all\s+|especially\s+)?$/u.test(before.trimStart());
    if (which || /^\s*(?:also\s+|therefore\s+|,\s*)?$/u.test(near)) return group.members.filter((m) => m.kind !== 'related' && m.kind !== 'principal');
  }
  return [];
}

const needed = /(?<!\p{L})(?:it is|there is a need|is)\s+(?:also\s+)?(?:necessary|essential|imperative|required|vital|needed|important)?\s*to\s+(?!note|say|stress|recall|remember|recogni[sz]e|understand|mention|see|be)(?=\p{L})/u;

/** Below an order: "The Minister of Health to issue …", and "it is necessary to …" of nobody named. */
function toInfinitive(clause: Clause, groups: readonly Group[]): EnglishObligation | undefined {
  if (!clause.official || clause.findings) return undefined;
  const first = groups[0];
  const to = first === undefined || !/^(?:the\s+)?$/u.test(clause.fold.slice(0, first.start)) ? null : /^,?\s+to\s+(?:\p{L}+ly\s+)?/u.exec(clause.fold.slice(first.end));
  if (first !== undefined && to !== null && enOpensWithVerb(clause.fold, first.end + to[0].length)) return { kind: 'subject', lead: headsOnly(first.members.filter((m) => m.kind !== 'related' && m.kind !== 'principal')), at: first.end };
  const need = needed.exec(clause.fold);
  return need !== null && /necessary|essential|imperative|required|vital|need/u.test(need[0]) ? { kind: 'asked', lead: [], at: need.index } : undefined;
}

const notOrders = /^(?:reports?|plans?|notes?|records?|has|have|is|are|was|were|said|says|sees?|aims?|seeks?|receives?|makes?|uses?|puts?|keeps?|leads?|works?|takes?|tests?|posts?|treats?|tracks?|pays?|raises?|process(?:es)?)$/u;
// "X together with the Ministry of Y monitors …": who helps stands between.
function afterHelpers(clause: Clause, groups: readonly Group[], end: number): number {
  const joined = /^,?\s+(?:together with|in (?:close )?(?:coordination|collaboration|cooperation) with|along with)\s+(?:the\s+)?/u.exec(clause.fold.slice(end));
  const helpers = joined === null ? undefined : groupAt(clause.fold, groups, end + joined[0].length, /^(?:\s|the)*$/u);
  return helpers === undefined ? end : helpers.end + (/^\s*\([^()]*\)|^,/u.exec(clause.fold.slice(helpers.end))?.[0].length ?? 0);
}

const opensPlainly = /^(?:(?:accordingly|besides|meanwhile|in addition|at the same time|also|for its part|in particular)?,?\s*)?(?:the\s+)?$/u;

/** "The Ministry of Finance allocates …" in a row of orders: who stands first, and a verb of action in the present. */
function findPresent(clause: Clause, groups: readonly Group[]): EnglishObligation | undefined {
  if (!clause.official || clause.findings) return undefined;
  const first = groups[0];
  const named = first !== undefined && opensPlainly.test(clause.fold.slice(0, first.start)) ? first.members.filter((m) => m.kind !== 'related' && m.kind !== 'principal') : [];
  const plain = named.length > 0 ? null : /^the\s+((?:\p{L}+\s+){0,4}\p{L}+)(?=\s+(?:\p{L}+ly\s+|also\s+)?\p{L}+s\s)/u.exec(clause.fold);
  const subject = plain?.[1];
  if (named.length === 0 && (subject === undefined || !actors.has(headNoun(subject)))) return undefined;
  const nameEnd = named.length > 0 ? (first?.end ?? 0) : (plain?.[0].length ?? 0);
  const end = afterHelpers(clause, groups, nameEnd);
  const verb = /^\s+(?:(?:\p{L}+ly|also|then|further)\s+)?(\p{L}+)(?!\p{L})/u.exec(clause.fold.slice(end))?.[1] ?? '';
  if (verb === '' || notOrders.test(verb)) return undefined;
  const base = [verb, verb.replace(/s$/u, ''), verb.replace(/es$/u, ''), verb.replace(/ies$/u, 'y')];
  if (!base.some((word) => enOpensWithVerb(word, 0))) return undefined;
  if (named.length > 0) return { kind: 'subject', lead: headsOnly(named), at: end };
  const start = nameEnd - (subject?.length ?? 0);
  return { kind: 'subject', lead: [{ start, outer: start, end: nameEnd, kind: 'generic', text: clause.text.slice(start, nameEnd) }], at: end };
}

/** The obligation an English clause states, if any. */
export function enObligation(clause: Clause): EnglishObligation | undefined {
  const groups = groupsOf(clause.fold, clause.mentions);
  const asked = findAsked(clause, groups);
  const should = findModal(clause, groups);
  const absolute = /^with\s/u.exec(clause.fold);
  if (absolute !== null) {
    const group = groupAt(clause.fold, groups, 5, /^(?:the\s+)?$/u);
    if (group !== undefined && participles.test(clause.fold.slice(group.end).trimStart())) return { kind: 'subject', lead: group.members, at: group.end };
  }
  if (asked !== undefined && should !== undefined) return should.lead.length > 0 && should.at < asked.at && asked.lead.length === 0 ? should : asked;
  return asked ?? should ?? toInfinitive(clause, groups) ?? findPresent(clause, groups);
}

const coordination = /(?<!\p{L})(?:in (?:close )?(?:coordination|collaboration|cooperation|consultation) with|coordinat(?:e|es|ing)(?: closely| effectively)? with|work(?:ing)? (?:closely )?with|collaborat(?:e|ing) (?:closely )?with|cooperat(?:e|ing) (?:closely )?with|together with|join(?:ing)? (?:hands|forces) with|coordinating (?:agencies|agency)\s*:)\s*(?:the\s+|all\s+)*/gu;

/** Agencies an English clause asks its holder to work with. */
export function enCoordinating(clause: Clause, lead: readonly Mention[]): Mention[] {
  const groups = groupsOf(clause.fold, clause.mentions);
  const found: Mention[] = [];
  for (const match of clause.fold.matchAll(coordination)) {
    const group = groupAt(clause.fold, groups, match.index + match[0].length, /^(?:\s|the|all|other|relevant)*$/u);
    if (group !== undefined) found.push(...group.members);
  }
  return found.filter((m, i) => m.kind !== 'related' && found.indexOf(m) === i && !lead.includes(m));
}

/** Whether an imperative begins here. */
export function enOpensWithVerb(fold: string, from: number): boolean {
  const tokens = tokenise(fold.slice(from, from + 200));
  let i = 0;
  while (/^["'(]$/u.test(tokens[i]?.text ?? '')) i++;
  return verbs.longest(tokens, i) !== undefined && !/^(?:of|is|are|was|were|has|have|had|by|said|will|must|should|shall|can|could|may|might|would|need|needs|be|been)$/u.test(tokens[i + 1]?.text ?? '');
}

const joins = /,\s+(?:and|while|but)\s+(?:also\s+)?(?=(?:asked|assigned|directed|instructed|requested|urged|required|ordered|tasked)(?!\p{L})|(?:the\s+)?\p{L})/gu;

/** "…, and asked the Ministry of Y to …", "…, while the Ministry of Y will …": the second part has its own actor. */
function ownActors(fold: string, mentions: readonly Mention[], clause: Piece): Piece[] {
  for (const match of fold.slice(clause.start, clause.end).matchAll(joins)) {
    const at = clause.start + match.index + match[0].length;
    const rest = fold.slice(at, clause.end);
    const orders = /^(?:asked|assigned|directed|instructed|requested|urged|required|ordered|tasked)\s+(?:the\s+)?/u.exec(rest);
    const next = mentions.find((m) => m.outer >= at);
    if (next === undefined || next.outer - at > (orders?.[0].length ?? 4) || next.end > clause.end) continue;
    const predicate = fold.slice(next.end, next.end + 40);
    if (orders === null && !/^\s+(?:must|should|shall|need|needs|will|is|are|was|were)(?!\p{L})/u.test(predicate)) continue;
    return [{ start: clause.start, end: clause.start + match.index + 1 }, ...ownActors(fold, mentions, { start: at, end: clause.end })];
  }
  return [clause];
}

/** Clauses of an English sentence; ", with the ministries … guiding …" has its own actor and stands alone. */
export function enClauses(text: string, fold: string, mentions: readonly Mention[], piece: Piece): Piece[] {
  return clausesOf(text, piece).flatMap((clause) => parted(text, fold, mentions, clause)).flatMap((clause) => {
    for (const match of fold.slice(clause.start, clause.end).matchAll(/,\s+(?=with\s)/gu)) {
      const at = clause.start + match.index + match[0].length;
      const group = groupAt(fold, groupsOf(fold, mentions), at + 5, /^(?:the\s+)?$/u);
      if (group === undefined || !participles.test(fold.slice(group.end).trimStart())) continue;
      return [{ start: clause.start, end: clause.start + match.index }, { start: at, end: clause.end }];
    }
    return ownActors(fold, mentions, clause);
  });
}

/** "X was asked to …, while Y should …": what has its own actor and its own order stands alone. */
function parted(text: string, fold: string, mentions: readonly Mention[], clause: Piece): Piece[] {
  const parts: Piece[] = [];
  let start = clause.start;
  const groups = groupsOf(fold, mentions);
  for (const match of fold.slice(clause.start, clause.end).matchAll(/,?\s+(?:while|whereas|and|but)\s+(?=(?:the\s|all\s)?\p{L})/gu)) {
    const at = clause.start + match.index + match[0].length;
    if (at - start < 20 || !ordered.test(fold.slice(at, Math.min(clause.end, at + 260)))) continue;
    const joins = groups.some((group) => group.start < clause.start + match.index && group.end > at);
    const within = (m: Mention, from: number, to: number) => m.start >= from && m.end <= to;
    const said = (from: number, to: number) => enObligation({ text: text.slice(from, to), fold: fold.slice(from, to), mentions: mentions.filter((m) => within(m, from, to)).map((m) => ({ ...m, start: m.start - from, end: m.end - from, outer: Math.max(0, m.outer - from) })), official: false, findings: false });
    if (joins || (said(start, clause.start + match.index)?.lead.length ?? 0) === 0) continue;
    const right = said(at, clause.end);
    if (right === undefined || right.kind !== 'subject' || right.lead.length === 0 || !/^(?:the\s+|all\s+)?$/u.test(fold.slice(at, at + (right.lead[0]?.outer ?? 0)))) continue;
    parts.push({ start, end: clause.start + match.index });
    start = at;
  }
  return [...parts, { start, end: clause.end }];
}
