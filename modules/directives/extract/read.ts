import type { AgencyFinder, Mention } from './agencies.ts';
import { authorityOf, type AuthorityHit } from './authority.ts';
import type { Actor, Context, Draft } from './draft.ts';
import type { Reference } from './deadlines/calendar.ts';
import { enDeadlines } from './deadlines/en.ts';
import { viDeadlines } from './deadlines/vi.ts';
import type { Grammar } from './grammar.ts';
import { groupsOf } from './groups.ts';
import type { Normal } from './normalise.ts';
import { mentionsWithin, type Block } from './outline.ts';
import { headingMarkers, viAssigns } from './roles.ts';
import { sentencesOf, type Piece } from './sentences.ts';
import { targetsOf } from './targets.ts';
import type { Clause, Obligation } from './vi.ts';

export type Setting = {
  readonly normal: Normal;
  readonly finder: AgencyFinder;
  readonly grammar: Grammar;
  readonly reference: Reference;
  readonly official: boolean;
  /** Index of the first block after the introduction. */
  readonly trigger: number;
  /** Index of the last block that carries a marker: plain text after it belongs to nobody's list. */
  readonly lastMarked: number;
};

// Lines below "… yêu cầu:" that begin with their own day are items, not additions.
const isItem = (block: Block): boolean => /^(?:cuối|đầu|giữa|trước|tháng|quý)(?!\p{L})[^.;]{0,40}:/u.test(block.fold);

// "The ministry should …", "the committee": the one named last.
const englishReference = /^(?:the )?(ministry|department|committee|office|inspectorate|corporation|bank|commission)$/iu;

const isList = (block: Block): boolean => block.marker !== undefined || block.parent?.heading === true;

/** Reads the blocks in order and collects assignments. */
export class Reader {
  readonly drafts: Draft[] = [];
  readonly #contexts = new Map<Block, Context>();
  readonly #named: Actor[] = [];
  readonly #setting: Setting;
  #previous: Block | undefined;
  /** Index of the last block of a row of orders: one that asked somebody, or one that went on from it. */
  #ordering = -1;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Agencies that head a block's children. */
  headingLead(block: Block): readonly Actor[] {
    return block.heading ? (this.#contexts.get(block)?.lead ?? []) : [];
  }

  read(block: Block): void {
    if (block.heading) {
      if (this.#goesOn(block)) this.#ordering = block.index;
      this.#readHeading(block);
    } else this.#readContent(block, sentencesOf(block.text, block.marker?.length ?? 0));
    for (const mention of block.mentions) if (mention.kind !== 'bare' && mention.kind !== 'related') this.#named.push(this.#actor(block, mention));
    this.#previous = block;
  }

  // Right below an order, or in a list under one.
  #goesOn(block: Block): boolean {
    if (this.#ordering >= 0 && block.index - this.#ordering <= 1) return true;
    return isList(block) && block.parent !== undefined && (this.#contexts.get(block.parent)?.lead.length ?? 0) > 0;
  }

  #actor(block: Block, mention: Mention): Actor {
    const referred = englishReference.exec(mention.text)?.[1]?.toLowerCase();
    if (mention.kind === 'generic' && referred !== undefined) {
      const fits = (actor: Actor) => actor.kind !== 'class' && actor.text.toLowerCase().split(' ').includes(referred);
      const full = this.drafts.at(-1)?.lead.find(fits) ?? this.#named.findLast(fits);
      if (full !== undefined) return { ...full, start: block.start + mention.start, end: block.start + mention.end };
    }
    const place = { kind: mention.kind, start: block.start + mention.start, end: block.start + mention.end };
    if (mention.kind === 'bare') {
      const head = mention.text.toLowerCase();
      const sameHead = (one: { readonly text: string }) => one.text.toLowerCase().startsWith(`${head} `);
      const here = block.mentions.findLast((other) => other.end <= mention.start && other.kind !== 'bare' && other.kind !== 'related' && sameHead(other));
      const full = here !== undefined ? this.#actor(block, here) : this.#named.findLast(sameHead);
      if (full !== undefined) return { ...full, start: place.start, end: place.end };
    }
    return { ...place, text: mention.text, ...(mention.id !== undefined && { id: mention.id }) };
  }

  #actors(block: Block, mentions: readonly Mention[]): Actor[] {
    const actors = mentions.filter((m) => m.kind !== 'related').map((m) => this.#actor(block, m));
    return actors.filter((actor, i) => actors.findIndex((one) => (one.id ?? one.text) === (actor.id ?? actor.text)) === i);
  }

  #clause(block: Block, piece: Piece): Clause {
    const mentions = mentionsWithin(block, piece.start, piece.end).map((m) => ({ ...m, start: m.start - piece.start, end: m.end - piece.start, outer: Math.max(0, m.outer - piece.start) }));
    const fold = block.fold.slice(piece.start, piece.end);
    const findings = block.mode === 'findings' || this.#setting.grammar.reports.test(fold);
    return { text: block.text.slice(piece.start, piece.end), fold, mentions, findings, official: (this.#setting.official && block.index >= this.#setting.trigger) || this.#goesOn(block), commanding: !this.#setting.official && this.drafts.length > 0 };
  }

  // Mentions found in a clause, moved back into their block.
  #moved(mentions: readonly Mention[], piece: Piece): Mention[] {
    return mentions.map((m) => ({ ...m, start: m.start + piece.start, end: m.end + piece.start, outer: m.outer + piece.start }));
  }

  #readHeading(block: Block): void {
    const from = block.marker?.length ?? 0;
    const { grammar } = this.#setting;
    if (block.agentOnly) {
      const own = groupsOf(block.fold, block.mentions.filter((m) => m.start >= from)).flatMap((g) => g.members);
      const lead = own[0]?.id === 'HEADS' ? own.slice(0, 1) : own;
      const markers = headingMarkers(block.fold, grammar.language, viAssigns(block.fold.slice(0, own[0]?.outer ?? 0)));
      this.#contexts.set(block, { lead: this.#actors(block, lead), coordinating: [], markers, authority: [] });
      return;
    }
    const sentences = sentencesOf(block.text, from);
    const last = sentences.at(-1);
    if (last === undefined || !/:$/u.test(block.text)) return;
    if (sentences.length > 1) this.#readContent(block, sentences.slice(0, -1));
    const clause = this.#clause(block, last);
    const announces = /(?:ban hành|xây dựng|triển khai)[^:]{0,80}(?:kế hoạch|chương trình|chỉ thị)|kết luận|có ý kiến|thông báo|as follows/u.test(clause.fold);
    const said = grammar.obligation(clause);
    const obligation = announces && said?.kind !== 'asked' ? undefined : said;
    const lead = obligation?.lead ?? (announces ? [] : this.#headedAgencies(clause));
    const coordinating = grammar.coordinating(clause, lead, obligation);
    const assigns = obligation?.kind === 'asked' && viAssigns(clause.fold.slice(0, lead[0]?.outer ?? 0));
    this.#contexts.set(block, {
      lead: this.#actors(block, this.#moved(lead, last)),
      coordinating: this.#actors(block, this.#moved(coordinating, last)),
      markers: obligation === undefined && lead.length === 0 ? [] : headingMarkers(clause.fold, grammar.language, assigns),
      authority: announces ? [] : this.#bodies(block, last, clause),
    });
  }

  // Who hears or decides what the lines below prepare.
  #bodies(block: Block, piece: Piece, clause: Clause): readonly AuthorityHit[] {
    const offset = block.start + piece.start;
    return authorityOf(clause.text, clause.fold, clause.mentions, this.#setting.grammar.language).filter((hit) => hit.kind === 'body').map((hit) => ({ ...hit, start: hit.start + offset, end: hit.end + offset }));
  }

  // "Thủ tướng Chính phủ yêu cầu Bộ trưởng các Bộ …, Chủ tịch UBND …:" has no verb left after the names.
  #headedAgencies(clause: Clause): readonly Mention[] {
    const groups = groupsOf(clause.fold, clause.mentions);
    const first = groups[0];
    // "Chủ tịch UBND các tỉnh bị ảnh hưởng:" says which of them.
    if (first !== undefined && clause.fold.slice(0, first.start).trim() === '' && first.members[0]?.kind !== 'principal' && clause.fold.length < 400) return groups.flatMap((group) => (group === first || /[,;]\s*$|(?<!\p{L})và\s*$/u.test(clause.fold.slice(0, group.start)) ? group.members : []));
    const last = groups.at(-1);
    if (last === undefined || !/^[\s:.]*$/u.test(clause.fold.slice(last.end))) return [];
    return /(?:yêu cầu|đề nghị|giao|phân công|trách nhiệm của|đối với|asks?|asked|requests?|requested|directs?|directed|instructs?|instructed|requires|assigns)\s*:?\s*$/u.test(clause.fold.slice(0, last.start)) ? last.members : [];
  }

  #inherited(block: Block): Context | undefined {
    if (block.marker === undefined && block.index > this.#setting.lastMarked && block.parent?.heading === false && (block.parent.marker?.rank ?? 9) < 5) return undefined;
    for (let up = block.parent; up !== undefined; up = up.parent) {
      const context = this.#contexts.get(up);
      if (context !== undefined && context.lead.length > 0) return context;
    }
    const before = this.#previous;
    if (block.marker === undefined && block.parent?.heading !== true && before !== undefined && before.marker === undefined && !before.heading && block.index >= this.#setting.trigger) return this.#contexts.get(before);
    return undefined;
  }

  #readContent(block: Block, sentences: readonly Piece[]): void {
    sentences.forEach((sentence, i) => {
      if (this.#readLabel(block, sentence)) return;
      this.#readSentence(block, sentence, i);
    });
  }

  // "- Cơ quan chủ trì: Công an tỉnh." completes the task before it.
  #readLabel(block: Block, sentence: Piece): boolean {
    const { grammar } = this.#setting;
    const fold = block.fold.slice(sentence.start, sentence.end);
    const last = this.drafts.at(-1);
    if (last === undefined || !grammar.label.test(fold) || block.index - last.block > 6) return false;
    const clause = this.#clause(block, sentence);
    for (const group of groupsOf(clause.fold, clause.mentions)) {
      const before = clause.fold.slice(Math.max(0, group.start - 60), group.start);
      const actors = this.#actors(block, this.#moved(group.members, sentence));
      if (new RegExp(`${grammar.coordinatingLabel.source}$`, 'u').test(before)) last.coordinating.push(...actors);
      else if (new RegExp(`${grammar.leadLabel.source}$`, 'u').test(before) && (last.lead.length === 0 || last.inherited)) {
        last.lead = actors;
        last.inherited = false;
      }
    }
    last.end = block.start + sentence.end;
    return true;
  }

  #readSentence(block: Block, sentence: Piece, order: number): void {
    const { grammar } = this.#setting;
    const whole = block.fold.slice(sentence.start, sentence.end);
    if (grammar.closes.test(whole)) return;
    const start = order === 0 ? 0 : sentence.start;
    const topic = this.#topicEnd(block, sentence);
    let open: { piece: Piece; obligation: Obligation | undefined; draft: Draft } | undefined;
    for (const [i, raw] of this.#clauses(block, sentence).entries()) {
      const piece = i === 0 && topic.end < raw.end ? { start: topic.end, end: raw.end } : raw;
      const clause = this.#clause(block, piece);
      const obligation = this.#permitted(clause, grammar.obligation(clause));
      const explicit = obligation !== undefined && (obligation.lead.length > 0 || obligation.kind === 'asked' || ('refersBack' in obligation && obligation.refersBack === true));
      if (open !== undefined && !explicit) {
        open.draft.end = block.start + raw.end;
        open.draft.coordinating.push(...this.#actors(block, this.#moved(grammar.coordinating(clause, [], obligation), piece)));
        continue;
      }
      if (i > 0 && !explicit) continue;
      const from = i === 0 ? (order === 0 ? this.#contentStart(block) : start) : raw.start;
      const draft = this.#judgeClause(block, { clause, piece, obligation, from, end: raw.end, topic: topic.lead, hasTopic: topic.end > sentence.start, order: order + i });
      if (draft !== undefined) open = { piece, obligation, draft };
    }
  }

  /** Clauses of a sentence; "yêu cầu các Bộ trưởng; Chủ tịch UBND các tỉnh khẩn trương …" is one, since its first part has no verb yet. */
  #clauses(block: Block, sentence: Piece): Piece[] {
    const { grammar } = this.#setting;
    const pieces: Piece[] = [];
    for (const piece of grammar.clauses(block.text, block.fold, block.mentions, sentence)) {
      const last = pieces.at(-1);
      const opensWithAgency = mentionsWithin(block, piece.start, piece.end)[0]?.outer === piece.start;
      if (last !== undefined && last.end - last.start < 800 && opensWithAgency && block.fold.charAt(last.end - 1) === ';' && grammar.awaitsVerb(this.#clause(block, last))) pieces[pieces.length - 1] = { start: last.start, end: piece.end };
      else pieces.push(piece);
    }
    return pieces;
  }

  // The span begins after a bullet and takes in an enumerator.
  #contentStart(block: Block): number {
    return block.marker !== undefined && block.marker.rank >= 6 ? block.marker.length : 0;
  }

  #permitted(clause: Clause, obligation: Obligation | undefined): Obligation | undefined {
    const { grammar } = this.#setting;
    if (obligation === undefined) return undefined;
    if (grammar.language === 'vi' && grammar.permits.test(clause.fold.trimStart()) && obligation.kind !== 'asked') return undefined;
    if (grammar.language === 'en' && grammar.permits.test(clause.fold) && !/(?:and|also) (?:assign|direct|ask|request|instruct|urg|requir)/u.test(clause.fold)) return undefined;
    if (clause.findings && grammar.language === 'en' && /approved under|(?:was|were) (?:adopted|approved)/u.test(clause.fold)) return undefined;
    return obligation;
  }

  /** End of "Sở Y tế: …", "Đối với cảng Sài Gòn: …" at the start of a sentence, and the agencies it names. */
  #topicEnd(block: Block, sentence: Piece): { end: number; lead: readonly Mention[] } {
    const none = { end: sentence.start, lead: [] };
    const fold = block.fold.slice(sentence.start, Math.min(sentence.end, sentence.start + 220));
    const colon = /:\s/u.exec(fold);
    if (colon === null) return none;
    const at = sentence.start + colon.index;
    if (mentionsWithin(block, sentence.start, sentence.end).some((m) => m.start < at && m.end > at)) return none;
    if (/["(;]/u.test(fold.slice(0, colon.index).replace(/\([^()]{0,80}\)/gu, ''))) return none;
    const prefix = { start: sentence.start, end: at };
    const clause = this.#clause(block, prefix);
    const groups = groupsOf(clause.fold, clause.mentions);
    const only = groups.length === 1 && /^(?:kính )?(?:đề nghị|yêu cầu|giao|phân công|trách nhiệm của|đối với|the|for)?\s*(?:các|đồng chí)?\s*$/u.test(clause.fold.slice(0, groups[0]?.start)) && /^\s*(?:\([^()]*\))?\s*$/u.test(clause.fold.slice(groups[0]?.end));
    const end = at + 2;
    if (only) return { end, lead: this.#moved(groups[0]?.members ?? [], prefix) };
    if (this.#setting.grammar.obligation({ ...clause, official: true, findings: false }) !== undefined) return none;
    if (this.#setting.grammar.language === 'en' && /(?<!\p{L})(?:said|must|should|to)(?!\p{L})/u.test(clause.fold)) return none;
    if (/(?<!\p{L})(?:phải|cần|yêu cầu|giao)(?!\p{L})/u.test(clause.fold)) return none;
    // "xây dựng kế hoạch theo nguyên tắc "6 rõ": rõ người" explains; it opens no topic.
    if (clause.fold.length > (/^(?:về|đối với)\s/u.test(clause.fold.trimStart()) ? 200 : 130) || (clause.fold.includes(',') && this.#setting.grammar.opensWithVerb(clause.fold, 0))) return none;
    return { end, lead: [] };
  }

  #judgeClause(block: Block, found: { clause: Clause; piece: Piece; obligation: Obligation | undefined; from: number; end: number; topic: readonly Mention[]; hasTopic: boolean; order: number }): Draft | undefined {
    const { clause, piece, obligation } = found;
    const { grammar } = this.#setting;
    const inherited = this.#inherited(block);
    const own = this.#contexts.get(block);
    const topicLead = this.#actors(block, found.topic);
    let lead: readonly Actor[] = [];
    let fromAbove = false;
    const refersBack = obligation !== undefined && 'refersBack' in obligation && obligation.refersBack === true;
    if (this.#continues(block, found)) return this.#extend(block, found);
    if (obligation !== undefined && obligation.lead.length > 0) lead = this.#actors(block, this.#moved(obligation.lead, piece));
    else if (refersBack) lead = this.drafts.findLast((draft) => draft.lead.length > 0)?.lead ?? [];
    else if (topicLead.length > 0) lead = topicLead;
    else if (obligation === undefined) {
      const context = own !== undefined && own.lead.length > 0 && found.order > 0 ? own : inherited;
      lead = context?.lead ?? [];
      fromAbove = lead.length > 0;
    }
    if (obligation === undefined && !this.#obligesAnyway(block, clause, { lead, topic: found.hasTopic, topicLead: topicLead.length > 0 })) return undefined;
    if (obligation === undefined && this.#impersonal(clause)) { lead = []; fromAbove = false; }
    if (grammar.mannerOnly.test(clause.fold) && (obligation === undefined || obligation.kind === 'passive') && !this.#measured(clause)) return undefined;
    const context = fromAbove ? (own !== undefined && own.lead.length > 0 && found.order > 0 && inherited === undefined ? undefined : inherited) : undefined;
    const coordinating = this.#actors(block, this.#moved(grammar.coordinating(clause, obligation?.lead ?? [], obligation), piece));
    const assigns = obligation !== undefined && obligation.lead.length > 0 && viAssigns(clause.fold.slice(0, obligation.lead[0]?.outer ?? 0)) || /được (?:giao|phân công)(?!\p{L})/u.test(clause.fold.slice(obligation?.at ?? 0, (obligation?.at ?? 0) + 20));
    const draft: Draft = { start: block.start + found.from, end: block.start + found.end, block: block.index, lead, inherited: fromAbove, refersBack, coordinating: [...coordinating, ...(context?.coordinating ?? [])], assigns, inheritedMarkers: context?.markers ?? [], inheritedAuthority: this.#handedDown(block) };
    this.drafts.push(draft);
    if (obligation?.kind === 'asked' || this.#goesOn(block)) this.#ordering = block.index;
    if (lead.length > 0) this.#contexts.set(block, { lead, coordinating: context?.coordinating ?? [], markers: fromAbove ? (context?.markers ?? []) : [], authority: [] });
    return draft;
  }

  #handedDown(block: Block): readonly AuthorityHit[] {
    return block.parent === undefined ? [] : (this.#contexts.get(block.parent)?.authority ?? []);
  }

  #measured(clause: Clause): boolean {
    const { reference, grammar } = this.#setting;
    const due = grammar.language === 'vi' ? viDeadlines(clause.text, clause.fold, reference) : enDeadlines(clause.text, clause.fold, reference);
    return due.length > 0 || targetsOf(clause.fold, grammar.language).length > 0;
  }

  // A thing, not an actor, before the modal verb: "Quy mô đội tàu phải …".
  #impersonal(clause: Clause): boolean {
    const { grammar } = this.#setting;
    return grammar.modal.test(clause.fold) && !this.#commandAt(clause.fold);
  }

  #commandAt(fold: string): boolean {
    const { grammar } = this.#setting;
    if (grammar.opensWithVerb(fold, 0)) return true;
    const order = grammar.ordersNobody.exec(fold.slice(0, 300));
    if (order !== null && order[0] !== '' && grammar.opensWithVerb(fold, order.index + order[0].length)) return true;
    if (!grammar.introduces.test(fold)) return false;
    let from = 0;
    for (let tries = 0; tries < 4; tries++) {
      const next = /[,:]\s/u.exec(fold.slice(from, from + 400));
      if (next === null) break;
      from += next.index + next[0].length;
      if (grammar.opensWithVerb(fold, from)) return true;
    }
    return false;
  }

  #commandAfterDate(clause: Clause): boolean {
    const { grammar, reference } = this.#setting;
    const due = grammar.language === 'vi' ? viDeadlines(clause.text, clause.fold, reference) : enDeadlines(clause.text, clause.fold, reference);
    const first = due[0];
    return first !== undefined && first.start < 12 && grammar.opensWithVerb(clause.fold, first.end);
  }

  /** Whether a clause with no actor of its own obliges: an imperative in its place, or something to be done by a day. */
  #obligesAnyway(block: Block, clause: Clause, about: { lead: readonly Actor[]; topic: boolean; topicLead: boolean }): boolean {
    const { grammar, official, trigger } = this.#setting;
    if (grammar.permits.test(clause.fold.trimStart())) return false;
    if ((!official || block.index < trigger) && !this.#goesOn(block)) return false;
    const mine = about.topicLead || block.parent?.agentOnly === true;
    if ((block.mode === 'objectives' || block.mode === 'findings') && !mine) return false;
    const command = this.#commandAt(clause.fold) || this.#commandAfterDate(clause);
    if (/(?:có ý nghĩa|là (?:một|nhiệm vụ|khâu|giải pháp|yếu tố|vấn đề|nội dung))(?!\p{L})/u.test(clause.fold) && !mine) return false;
    if (clause.findings && !mine && !command) return false;
    if (clause.findings && !grammar.opensWithVerb(clause.fold, 0) && !grammar.modal.test(clause.fold)) return false;
    if (!command) return grammar.passiveDone.test(clause.fold) && this.#measured(clause) || (grammar.modal.test(clause.fold) && this.#measured(clause)) || (block.mode === 'tasks' && isList(block) && !clause.findings && this.#measured(clause)) || (block.parent?.agentOnly === true && isList(block) && !grammar.modal.test(clause.fold) && !clause.findings);
    if (grammar.purpose.test(clause.fold.trimStart()) && !mine && !this.#measured(clause)) return false;
    if (about.lead.length > 0) return true;
    return isList(block) || about.topic || block.mode === 'tasks' || this.#goesOn(block) || grammar.ordersNobody.test(clause.fold.slice(0, 120));
  }

  // "Hoàn thành trong quý I/2026." belongs to the sentence before it.
  #continues(block: Block, found: { clause: Clause; obligation: Obligation | undefined; topic: readonly Mention[]; order: number }): boolean {
    const last = this.drafts.at(-1);
    if (last === undefined || found.topic.length > 0) return false;
    const sameBlock = last.block === block.index && found.order > 0;
    const fold = found.clause.fold.trimStart();
    // Below a heading each line is an item of its own unless it points back ("về vấn đề này").
    const afterNumbered = (this.#previous?.marker?.rank ?? 9) < 6 && this.#previous?.heading === false;
    const nextLine = !(afterNumbered && !/ này(?!\p{L})/u.test(fold)) && last.block === block.index - 1 && block.marker === undefined && found.order === 0 && (this.#inherited(block) === undefined && !isItem(block) || /(?:vấn đề|việc|nội dung|nhiệm vụ) này|this (?:matter|issue|task)/u.test(fold));
    if (!sameBlock && !nextLine) return false;
    if (fold.length > 320 || !this.#setting.grammar.follows.test(fold)) return false;
    if (found.obligation !== undefined && found.obligation.lead.length > 0) return false;
    return this.#measured(found.clause);
  }

  #extend(block: Block, found: { end: number }): undefined {
    const last = this.drafts.at(-1);
    if (last !== undefined) last.end = block.start + found.end;
    return undefined;
  }
}
