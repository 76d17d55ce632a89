import { agencyRegistry, relatedParties, type Agency, type AgencyKind } from '#modules/org-units/registry/index.ts';
import { bareHeads, capitalHeads, genericHeads, nameStops, notAgencies, wordsInNames } from './lexicon/actors.ts';
import { foldText } from './normalise.ts';
import { PhraseTable, tokenise, type Token } from './phrases.ts';

/** What a name in the text refers to. `related`: "các cơ quan liên quan"; `bare`: "Bộ", "Tổng công ty" meaning one named before. */
export type MentionKind = AgencyKind | 'related' | 'generic' | 'bare';

/** One agency named in a paragraph; offsets into that paragraph. `outer` includes the title before it ("Giám đốc Sở Y tế"). */
export type Mention = {
  readonly start: number;
  readonly end: number;
  readonly outer: number;
  readonly id?: string;
  readonly kind: MentionKind;
  readonly text: string;
};

type Entry = { readonly id: string; readonly kind: AgencyKind | 'related'; readonly capitals: boolean; readonly local?: boolean };
type Fields = PhraseTable<{ id: string; kind: AgencyKind; name: string }>;

const titles = [
  'bộ trưởng', 'thứ trưởng', 'chủ tịch', 'phó chủ tịch', 'giám đốc', 'phó giám đốc', 'tổng giám đốc', 'phó tổng giám đốc', 'thủ trưởng',
  'thống đốc', 'lãnh đạo', 'tập thể lãnh đạo', 'trưởng', 'phó trưởng', 'cục trưởng', 'vụ trưởng', 'tổng cục trưởng', 'viện trưởng', 'hiệu trưởng', 'chánh',
  'chánh án', 'bí thư', 'phó bí thư', 'trưởng ban', 'tư lệnh', 'chỉ huy trưởng', 'chủ nhiệm', 'tổng', 'đồng chí', 'các đồng chí', 'tổng biên tập',
  'director of', 'directors of', 'deputy directors of', 'deputy director of', 'head of', 'heads of', 'chairman of', 'chairperson of', 'chairpersons of',
  'chairmen of', 'minister of', 'ministers of', 'leaders of', 'leader of', 'governor of', 'secretary of', 'secretaries of', 'chief of', 'chiefs of', 'president of', 'leadership of',
];
const places = new Set(['tỉnh', 'phố', 'huyện', 'xã', 'phường', 'quận', 'ubnd', 'dân', 'an']);
// "Sở Văn hóa - Thể thao và Du lịch" and "Sở Văn hóa, Thể thao, Du lịch" are one body: names differ in how their parts are joined.
const joiners = new Set([',', '-', 'và', '&', 'and', '/']);
const joined = /[,&/]| - |-| và | and /u;
const listHeads: readonly (readonly [string, 'bộ' | 'sở' | 'ministry' | 'department'])[] = [
  ['các bộ', 'bộ'], ['các bộ, ngành', 'bộ'], ['các bộ, cơ quan', 'bộ'], ['các bộ trưởng', 'bộ'], ['các sở', 'sở'], ['các sở, ngành', 'sở'], ['các sở, ban, ngành', 'sở'], ['ministries of', 'ministry'], ['ministers of', 'ministry'], ['departments of', 'department'],
];
const fieldHeads = { bộ: 'Bộ ', sở: 'Sở ', ministry: 'Ministry of ', department: 'Department of ' } as const;

/** What is known of the paragraph: whether it stands in capitals, and where its heading part ends (0: it has none). */
type Line = { readonly shouting: boolean; readonly title: number };

/** End of the part that heads what follows: the words before a colon, or a short line that is no sentence. */
function titleEnd(text: string): number {
  const colon = text.slice(0, 260).search(/:(?:\s|$)/u);
  if (colon > 0) return colon;
  return text.length <= 200 && !/[.;!?]\s*$/u.test(text) ? text.length : 0;
}

/** Finds the agencies of the registry, and others by their form, in a paragraph. */
export class AgencyFinder {
  readonly #known = new PhraseTable<Entry>();
  readonly #loose = new PhraseTable<Entry>();
  readonly #titles = new PhraseTable<true>();
  readonly #heads = new PhraseTable<true>();
  readonly #bare = new PhraseTable<true>();
  readonly #stops = new PhraseTable<true>();
  readonly #blocked = new PhraseTable<true>();
  readonly #listHeads = new PhraseTable<keyof typeof fieldHeads>();
  readonly #fields: Record<keyof typeof fieldHeads, Fields> = { bộ: new PhraseTable(), sở: new PhraseTable(), ministry: new PhraseTable(), department: new PhraseTable() };

  constructor(registry: readonly Agency[] = agencyRegistry) {
    for (const agency of registry) this.#learn(agency);
    for (const phrase of [...relatedParties.vi, ...relatedParties.en]) this.#known.add(phrase, { id: '', kind: 'related', capitals: false });
    for (const phrase of titles) this.#titles.add(phrase, true);
    for (const phrase of genericHeads) this.#heads.add(phrase, true);
    for (const phrase of bareHeads) this.#bare.add(phrase, true);
    for (const phrase of nameStops) this.#stops.add(phrase, true);
    for (const phrase of notAgencies) this.#blocked.add(phrase, true);
    for (const [phrase, head] of listHeads) this.#listHeads.add(phrase, head);
  }

  #learn(agency: Agency): void {
    const { id, kind } = agency;
    const local = ['province', 'district', 'commune'].includes(agency.level) && kind !== 'class';
    for (const name of [...agency.vi, ...(agency.en ?? [])]) {
      this.#known.add(name, { id, kind, capitals: false, local });
      if (joined.test(name) && !['class', 'principal', 'peoples-committee'].includes(kind)) this.#loose.add(name.replace(/[,&/-]| (?:và|and) /gu, ' '), { id, kind, capitals: false, local });
      for (const [field, head] of Object.entries(fieldHeads)) {
        if (name.startsWith(head) && (field === 'bộ' || field === 'sở' || field === 'ministry' || field === 'department')) {
          this.#fields[field].add(name.slice(head.length), { id, kind, name });
        }
      }
      if (name.startsWith('Ministry of ')) this.#known.add(`Minister of ${name.slice(12)}`, { id, kind, capitals: false });
      if (kind === 'ministry' && name.startsWith('Bộ ')) this.#known.add(`Bộ trưởng ${name.slice(3)}`, { id, kind, capitals: false });
    }
    for (const short of agency.abbreviations ?? []) this.#known.add(short, { id, kind, capitals: true, local });
  }

  /** Mentions in order, none inside another. `text` is one paragraph without line ends. */
  findIn(text: string): Mention[] {
    const fold = foldText(text);
    const tokens = tokenise(fold);
    const shouting = text === text.toUpperCase();
    const title = titleEnd(text);
    const mentions: Mention[] = [];
    for (let i = 0; i < tokens.length; ) {
      const list = this.#listFrom(text, tokens, i);
      const found = list ?? this.#oneFrom(text, tokens, i, { shouting, title });
      if (found === undefined) {
        i++;
        continue;
      }
      const outer = this.#outerStart(tokens, i, mentions.at(-1)?.end ?? 0);
      found.mentions.forEach((mention, k) => mentions.push(k === 0 ? { ...mention, outer } : mention));
      i = found.after;
    }
    return mentions;
  }

  // "các Bộ: Giao thông vận tải, Tài chính và Y tế": each field is a ministry.
  #listFrom(text: string, tokens: readonly Token[], at: number): { mentions: Mention[]; after: number } | undefined {
    const head = this.#listHeads.longest(tokens, at);
    if (head === undefined) return undefined;
    const table = this.#fields[head.value];
    let i = head.after;
    if (tokens[i]?.text === ':') i++;
    const mentions: Mention[] = [];
    let after = i;
    while (i < tokens.length) {
      if (/^(?:bộ|sở)$/u.test(tokens[i]?.text ?? '') && mentions.length > 0) break;
      const field = table.longest(tokens, i);
      const first = tokens[i];
      const last = field && tokens[field.after - 1];
      if (field === undefined || first === undefined || last === undefined || !/\p{Lu}/u.test(text.charAt(first.start))) break;
      const start = mentions.length === 0 ? (tokens[at]?.start ?? first.start) : first.start;
      mentions.push({ start, outer: start, end: last.end, id: field.value.id, kind: field.value.kind, text: field.value.name });
      after = field.after;
      i = after;
      while (/^(?:,|và|and|;|&)$/u.test(tokens[i]?.text ?? '')) i++;
    }
    return mentions.length > 0 && (mentions.length > 1 || head.value !== 'department') ? { mentions, after } : undefined;
  }

  #oneFrom(text: string, tokens: readonly Token[], at: number, line: Line): { mentions: Mention[]; after: number } | undefined {
    const first = tokens[at];
    if (first === undefined) return undefined;
    const exact = this.#known.longest(tokens, at);
    const loose = /^\p{Lu}/u.test(text.charAt(first.start)) ? this.#loose.longest(tokens, at, joiners) : undefined;
    const known = loose !== undefined && loose.after > (exact?.after ?? 0) ? loose : exact;
    const whole = this.#titleFrom(text, tokens, at, line);
    // "Sở Y tế tổ chức kiểm tra:" names a known body, and then says what it does.
    if (whole !== undefined && (known === undefined || (whole.after > known.after && this.#stops.longest(tokens, known.after) === undefined))) return whole;
    if (known !== undefined && this.#accepts(text, tokens, at, known)) {
      const after = known.value.kind === 'related' ? known.after : this.#withPlace(text, tokens, known, line.shouting);
      const related = this.#becomesRelated(tokens, known);
      const end = tokens[(related ?? after) - 1]?.end ?? first.end;
      const kind = related === undefined ? known.value.kind : 'related';
      const areas = known.value.kind === 'peoples-committee' && related === undefined ? this.#withAreas(foldText(text.slice(0, end + 140)), end) : undefined;
      if (areas !== undefined) {
        const stop = end + areas.length;
        return { mentions: [{ start: first.start, outer: first.start, end: stop, id: areas.id, kind: known.value.kind, text: text.slice(first.start, stop) }], after: tokens.findLastIndex((token) => token.end <= stop) + 1 };
      }
      const mention = { start: first.start, outer: first.start, end, kind, text: text.slice(first.start, end) };
      return { mentions: [kind === 'related' ? mention : { ...mention, id: known.value.id }], after: related ?? after };
    }
    return line.shouting ? undefined : this.#genericFrom(text, tokens, at);
  }

  #accepts(text: string, tokens: readonly Token[], at: number, known: { value: Entry; after: number }): boolean {
    const first = tokens[at];
    const last = tokens[known.after - 1];
    if (first === undefined || last === undefined) return false;
    const before = text.charAt(first.start - 1);
    if (known.value.capitals) {
      const written = text.slice(first.start, last.end);
      return written === written.toUpperCase() && before !== '-' && before !== '/';
    }
    // A short everyday word ("chính phủ", "government") is a name only with a capital.
    if (known.value.kind === 'principal') return /\p{Lu}/u.test(text.charAt(first.start)) && before !== '/';
    return true;
  }

  // "các Bộ liên quan", "các ngành có liên quan" name nobody in particular; "các bộ, ngành liên quan" still names the ministries.
  #becomesRelated(tokens: readonly Token[], known: { value: Entry; after: number }): number | undefined {
    if (known.value.kind !== 'class') return undefined;
    if (!['AGENCIES-UNITS', 'CENTRAL'].includes(known.value.id)) return undefined;
    const next = tokens[known.after]?.text === 'có' ? known.after + 1 : known.after;
    return tokens[next]?.text === 'liên' && tokens[next + 1]?.text === 'quan' ? next + 2 : undefined;
  }

  // "Công an tỉnh Nghệ An", "Sở Y tế thành phố Đà Nẵng", "Báo và Đài … An Giang": the place belongs to the name.
  #withPlace(text: string, tokens: readonly Token[], known: { value: Entry; after: number }, shouting: boolean): number {
    const { after } = known;
    const ended = places.has(tokens[after - 1]?.text ?? '');
    if (shouting || (!ended && known.value.local !== true)) return after;
    let i = after;
    const area = ended ? null : /^(?:tỉnh|thành phố|tp|xã|phường|đặc khu|thị trấn|huyện|quận)(?= \p{L})/u.exec(tokens.slice(i, i + 3).map((token) => token.text).join(' '));
    if (area !== null) i += area[0].split(' ').length;
    // "Cơ sở cai nghiện số 3"
    if (tokens[i]?.text === 'số' && /^\d{1,3}$/u.test(tokens[i + 1]?.text ?? '') && !/^[/-]$/u.test(tokens[i + 2]?.text ?? '')) return i + 2;
    const from = i;
    while (i < from + 4 && i < tokens.length) {
      const token = tokens[i];
      if (token === undefined || !/^\p{Lu}/u.test(text.slice(token.start, token.end)) || this.#heads.longest(tokens, i) || this.#known.longest(tokens, i)) break;
      i++;
    }
    return i === from ? after : i;
  }

  /** "People's Committees of 28 coastal cities and provinces": the areas say which of them, and of which level. */
  #withAreas(fold: string, from: number): { id: string; length: number } | undefined {
    const areas = /^ of (?:the |all |\d+ )*(?:[a-z-]+ ){0,4}?(?:cities|provinces|municipalities|localities|communes|wards)(?:(?:,| and|, and) (?:[a-z-]+ )?(?:cities|provinces|municipalities|communes|wards|special zones))*/u.exec(fold.slice(from, from + 140));
    return areas === null ? undefined : { id: /communes|wards/u.test(areas[0]) ? 'UBND-XA' : 'UBND-TINH', length: areas[0].length };
  }

  /** A line or its part before a colon that begins with the head of a body is the name of that body, whatever verbs stand in it. */
  #titleFrom(text: string, tokens: readonly Token[], at: number, line: Line): { mentions: Mention[]; after: number } | undefined {
    const first = tokens[at];
    if (first === undefined || first.start >= line.title || !/\p{Lu}/u.test(text.charAt(first.start))) return undefined;
    if (!/(?:^|[,;)]|\d\.|[a-zđ]\)|[-+\u2022]|(?:đề nghị|yêu cầu|giao|đối với|của|và))\s*$/iu.test(text.slice(Math.max(0, first.start - 12), first.start).trimEnd())) return undefined;
    const head = this.#heads.longest(tokens, at);
    if (head === undefined || this.#blocked.longest(tokens, at) !== undefined || (line.shouting && !capitalHeads.has(first.text))) return undefined;
    let i = head.after;
    for (; i < tokens.length && i < head.after + 16; i++) {
      const token = tokens[i];
      if (token === undefined || token.start >= line.title || /^[,;:(]$/u.test(token.text)) break;
      if (/^[-/&]$/u.test(token.text)) continue;
      if (token.text === 'và' && this.#heads.longest(tokens, i + 1) !== undefined && /\p{Lu}/u.test(text.charAt(tokens[i + 1]?.start ?? 0))) break;
      if (!/^[\p{L}\d]/u.test(token.text)) return undefined;
      if (i > head.after && /\p{Lu}/u.test(text.charAt(token.start)) && (this.#known.longest(tokens, i)?.after ?? 0) > i + 1) return undefined;
      const inside = wordsInNames.has(token.text) || (!line.shouting && /^\p{Lu}/u.test(text.slice(token.start, token.end)));
      if (!inside && this.#stops.longest(tokens, i) !== undefined) return undefined;
    }
    const last = tokens[i - 1];
    if (i === head.after || last === undefined || (tokens[i] !== undefined && (tokens[i]?.start ?? 0) < line.title && !/^[,;:(]$|^và$/u.test(tokens[i]?.text ?? ''))) return undefined;
    return { mentions: [{ start: first.start, outer: first.start, end: last.end, kind: 'generic', text: text.slice(first.start, last.end) }], after: i };
  }

  #genericFrom(text: string, tokens: readonly Token[], at: number): { mentions: Mention[]; after: number } | undefined {
    const first = tokens[at];
    if (first === undefined || !/\p{Lu}/u.test(text.charAt(first.start))) return undefined;
    if (this.#blocked.longest(tokens, at) !== undefined) return undefined;
    const head = this.#heads.longest(tokens, at);
    if (head === undefined) return undefined;
    let i = head.after;
    let lowerRun = 0;
    while (i < tokens.length && i < head.after + 14) {
      const token = tokens[i];
      if (token === undefined) break;
      const capital = /^\p{Lu}/u.test(text.slice(token.start, token.end));
      if (capital) {
        if (i > head.after && this.#heads.longest(tokens, i) !== undefined) break;
        lowerRun = 0;
      } else if (i === head.after) break;
      else if (token.text === 'và' || token.text === '-') {
        const next = tokens[i + 1];
        const continues = next !== undefined && /^\p{L}/u.test(next.text) && (/\p{Lu}/u.test(text.charAt(next.start)) || (token.text === 'và' && this.#stops.longest(tokens, i + 1) === undefined)) && this.#heads.longest(tokens, i + 1) === undefined && this.#known.longest(tokens, i + 1) === undefined;
        if (!continues) break;
      } else if (!/^[\p{L}\d]/u.test(token.text) || this.#stops.longest(tokens, i) !== undefined || ++lowerRun > 5) break;
      i++;
    }
    const bare = i === head.after;
    if (bare && this.#bare.longest(tokens, at)?.after !== i) return undefined;
    const end = tokens[i - 1]?.end ?? first.end;
    return { mentions: [{ start: first.start, outer: first.start, end, kind: bare ? 'bare' : 'generic', text: text.slice(first.start, end) }], after: i };
  }

  // Steps back over "Giám đốc, Phó Giám đốc", "the Director of the".
  #outerStart(tokens: readonly Token[], at: number, floor: number): number {
    let start = at;
    for (let tries = 0; tries < 4; tries++) {
      let moved = false;
      for (let back = 4; back >= 1; back--) {
        const from = start - back - (/^(?:the|,|các|and)$/u.test(tokens[start - 1]?.text ?? '') ? 1 : 0);
        const token = tokens[from];
        if (token === undefined || token.start < floor) continue;
        const title = this.#titles.longest(tokens, from);
        const gap = title === undefined ? [] : tokens.slice(title.after, start).map((t) => t.text);
        if (title !== undefined && title.after <= start && gap.every((word) => /^(?:the|,|các|and)$/u.test(word))) {
          start = from;
          moved = true;
          break;
        }
      }
      if (!moved) break;
    }
    return tokens[start]?.start ?? 0;
  }
}
