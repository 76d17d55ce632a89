import { assemblyAt, dayValue, monthValue, numberOf, quarterValue, withoutOverlap, yearValue, type DeadlineHit, type Reference } from './calendar.ts';

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const month = '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\\.?';
const cue = '(?:no later than|not later than|by|before|prior to|starting from|starting in|starting|beginning|effective from|as of|from|within|during|throughout|in|until|till)\\s+(?:or before\\s+)?(?:the\\s+)?(?:(?:end|beginning|start|middle|close) of\\s+|late\\s+|early\\s+|mid-?\\s*)?(?:the\\s+)?';
const onCue = `(?:${cue}|on or before\\s+)`;
const begin = '(?<![\\p{L}\\p{N}])';
const stop = '(?![\\p{L}\\p{N}])';

const dayFirst = new RegExp(`${begin}${onCue}(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${month}(?:,?\\s+(\\d{4})|\\s+(this|next) year)?${stop}`, 'gu');
const monthFirst = new RegExp(`${begin}${onCue}${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+(\\d{4}))?${stop}`, 'gu');
const range = new RegExp(`${begin}from\\s+(?:\\d{1,2}\\s+)?${month}(?:\\s+\\d{1,2})?(?:,?\\s+\\d{4})?\\s+(?:to|until|through)\\s+(?:(\\d{1,2})\\s+${month}|${month}\\s+(\\d{1,2}))(?:,?\\s+(\\d{4}))?${stop}`, 'gu');
// "before October 31, 2026 and December 31, 2026"
const andAlso = new RegExp(`(?<=\\d{4},?\\s(?:and|or)\\s)${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${stop}`, 'gu');
const iso = new RegExp(`${begin}${onCue}(\\d{4})-(\\d{2})-(\\d{2})${stop}`, 'gu');
const inMonth = new RegExp(`${begin}${cue}${month}(?:,?\\s+(?:of\\s+)?(\\d{4})|\\s+(this|next) year)${stop}`, 'gu');
const monthOnly = new RegExp(`${begin}(?:no later than|by|before|in|during|within)\\s+(?:the\\s+)?(?:(?:end|middle|start) of\\s+|late\\s+|early\\s+|mid-?)?(january|february|march|april|june|july|august|september|october|november|december)${stop}(?!\\s+\\d)`, 'gu');
const inQuarter = new RegExp(`${begin}${cue}(?:q([1-4])|(first|second|third|fourth|last) quarter)(?:\\s+(?:of\\s+)?(\\d{4})|\\s+of (this|next) year)?${stop}`, 'gu');
const schoolYear = new RegExp(`${begin}(?:${cue})(\\d{4})\\s*-\\s*(\\d{4}|\\d{2})\\s+(?:school|academic) year${stop}`, 'gu');
const inYear = new RegExp(`${begin}${cue}(\\d{4})${stop}(?!\\s*-\\s*\\d{2,4})(?!\\s+(?:law|plan|budget|report|target))`, 'gu');
const thisYear = new RegExp(`${begin}(?:(?:by|before|within|in|during)\\s+(?:the\\s+end\\s+of\\s+)?(?:this|next) year|(?<!(?:earlier|so far|of|far|than|since|for)\\s)this year(?!'s)(?=\\s*(?:[,.;)]|$|and\\s))|by (?:the )?year-end|by (?:the )?end of (?:the )?year|by the year's end)${stop}`, 'gu');
const sessionOf = new RegExp(`${begin}(?:the\\s+)?(\\d{1,2}(?:st|nd|rd|th)|\\p{L}{5,9})\\s+(?:session of the\\s+(?:(\\d{1,2}(?:st|nd|rd|th)|\\p{L}{5,10})\\s+)?national assembly|national assembly(?:'s)?\\s+session)${stop}`, 'gu');
const assemblySession = new RegExp(`${begin}(?:(\\d{1,2})(?:st|nd|rd|th)\\s+)?national assembly(?:'s)?(?:\\s+at its)?\\s+(\\d{1,2}(?:st|nd|rd|th)|\\p{L}{5,9})\\s+session${stop}`, 'gu');
const afterConference = new RegExp(`${begin}(?:immediately|right|straight|promptly) (?:after|following) (?:this|the) (?:conference|meeting|session)${stop}`, 'gu');
const withinDays = new RegExp(`${begin}within\\s+(\\d{1,3})\\s+(?:working\\s+)?(day|week|month)s?\\s+(?:of|from|after|following)\\s`, 'gu');
const yearly = new RegExp(`${begin}(?:by|before|on|no later than)\\s+(?:(\\d{1,2})(?:st|nd|rd|th)?\\s+${month}|${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?),?\\s+(?:(?:of\\s+)?(?:each|every) year|annually|yearly)${stop}`, 'gu');
const recurring = new RegExp(`${begin}(?:(?:by|before|on)\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:day\\s+)?of\\s+(?:each|every)\\s+month|(?:each|every)\\s+(day|week|month|quarter|year)|every\\s+(three|six|two|\\d{1,2})\\s+months|(daily|weekly|monthly|quarterly|annually|yearly|biannually|semi-annually)(?=\\s*(?:[,.;)"]|$|(?:and|to|on|basis|reports?|reporting|updates?|meetings?|briefings?|reviews?|summar\\p{L}+)(?!\\p{L})))|on a (regular|weekly|monthly|quarterly|daily|yearly|annual) basis|(periodically)|(?:each|every) (semester|school term))${stop}`, 'gu');

type Reading = { type: DeadlineHit['type']; value: string; yearInferred?: true } | undefined;
type Reader = (match: RegExpExecArray, text: string, fold: string, reference: Reference) => Reading;
const absolute = (value: { value: string; yearInferred?: true } | undefined): Reading => value && { type: 'absolute', ...value };
const integer = (word: string | undefined): number | undefined => (word === undefined ? undefined : Number.parseInt(word, 10));
const monthOf = (word: string | undefined): number => months.findIndex((name) => name.startsWith((word ?? '?').slice(0, 3))) + 1;
const yearOf = (reference: Reference, word: string | undefined): number | undefined => {
  const year = reference.day === undefined ? reference.year : Number(reference.day.slice(0, 4));
  return word === undefined || year === undefined ? undefined : word === 'next' ? year + 1 : year;
};

// "the Programme … until 2030" is a name; "without waiting until 2030" sets nothing; "between 2020 and 2024" is data.
const notDue = (text: string, fold: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 120), at);
  const clause = before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(';')) + 1);
  return /(?:waiting|wait|vision|period)\s*$/u.test(fold.slice(Math.max(0, at - 20), at)) || (/^until|^from/u.test(fold.slice(at)) && /\b(?:Program|Programme|Strategy|Project|Plan|Scheme)\b/u.test(clause));
};

const periods: Readonly<Record<string, string>> = { day: 'R/P1D', week: 'R/P1W', month: 'R/P1M', quarter: 'R/P3M', year: 'R/P1Y', daily: 'R/P1D', weekly: 'R/P1W', monthly: 'R/P1M', quarterly: 'R/P3M', annually: 'R/P1Y', annual: 'R/P1Y', yearly: 'R/P1Y', biannually: 'R/P6M', 'semi-annually': 'R/P6M', regular: 'R/?', periodically: 'R/?', semester: 'R/SEM', 'school term': 'R/SEM' };

const readers: readonly (readonly [RegExp, Reader])[] = [
  [range, (m, _t, _f, reference) => absolute(dayValue(Number(m[2] ?? m[5]), monthOf(m[3] ?? m[4]), integer(m[6]), reference))],
  [dayFirst, (m, _t, _f, reference) => absolute(dayValue(Number(m[1]), monthOf(m[2]), integer(m[3]) ?? yearOf(reference, m[4]), reference))],
  [monthFirst, (m, _t, _f, reference) => absolute(dayValue(Number(m[2]), monthOf(m[1]), integer(m[3]), reference))],
  [andAlso, (m, _t, _f, reference) => absolute(dayValue(Number(m[2]), monthOf(m[1]), integer(m[3]), reference))],
  [iso, (m, _t, _f, reference) => absolute(dayValue(Number(m[3]), Number(m[2]), Number(m[1]), reference))],
  [inMonth, (m, _t, _f, reference) => absolute(monthValue(monthOf(m[1]), integer(m[2]) ?? yearOf(reference, m[3]), reference))],
  [monthOnly, (m, _t, _f, reference) => absolute(monthValue(monthOf(m[1]), undefined, reference))],
  [inQuarter, (m, _t, _f, reference) => absolute(quarterValue(m[2] === 'last' ? 4 : numberOf(m[1] ?? m[2]), integer(m[3]) ?? yearOf(reference, m[4]), reference))],
  [schoolYear, (m) => {
    const first = Number(m[1]);
    const last = (m[2] ?? '').length === 2 ? Math.floor(first / 100) * 100 + Number(m[2]) : Number(m[2]);
    return last - first === 1 ? { type: 'absolute', value: `${first}-${last}` } : undefined;
  }],
  [inYear, (m, text, fold, reference) => (notDue(text, fold, m.index) || reference.year === undefined && reference.day === undefined && Number(m[1]) < 2000 ? undefined : absolute(yearValue(Number(m[1]))))],
  [thisYear, (m, _t, _f, reference) => {
    const year = yearOf(reference, m[0].includes('next') ? 'next' : 'this');
    return year === undefined ? undefined : absolute(yearValue(year));
  }],
  [sessionOf, (m, _t, _f, reference) => {
    const number = numberOf(m[1]);
    return number > 0 ? { type: 'event', value: `NA${m[2] === undefined ? assemblyAt(reference) : numberOf(m[2])}-S${number}` } : undefined;
  }],
  [assemblySession, (m, _t, _f, reference) => {
    const number = numberOf(m[2]);
    return number > 0 ? { type: 'event', value: `NA${m[1] === undefined ? assemblyAt(reference) : Number(m[1])}-S${number}` } : undefined;
  }],
  [afterConference, () => ({ type: 'event', value: 'event:conference' })],
  [withinDays, (m) => ({ type: 'event', value: `event:issue+P${m[1]}${(m[2] ?? 'd').charAt(0).toUpperCase()}` })],
  [yearly, (m) => {
    const [day, of] = [Number(m[1] ?? m[4]), monthOf(m[2] ?? m[3])];
    const real = dayValue(day, of, 2024, {});
    return real && { type: 'recurring', value: `R/P1Y/${real.value.slice(5)}` };
  }],
  [recurring, (m) => {
    if (m[1] !== undefined) return { type: 'recurring', value: `R/P1M/D${m[1].padStart(2, '0')}` };
    if (m[3] !== undefined) return { type: 'recurring', value: `R/P${{ two: 2, three: 3, six: 6 }[m[3]] ?? Number.parseInt(m[3], 10)}M` };
    const value = periods[m[2] ?? m[4] ?? m[5] ?? m[6] ?? m[7] ?? ''];
    return value === undefined ? undefined : { type: 'recurring', value };
  }],
];

/** Deadlines of an English clause. A date that does not exist (31 April) is none. */
export function enDeadlines(text: string, fold: string, reference: Reference): DeadlineHit[] {
  const hits: DeadlineHit[] = [];
  if (!/\d|january|february|march|april|may|june|july|august|september|october|november|december|session|every|each|ly|basis|year|after|following|quarter/u.test(fold)) return hits;
  for (const [pattern, read] of readers) {
    for (const match of fold.matchAll(pattern)) {
      const value = read(match, text, fold, reference);
      // "inspectors who will arrive in early November" dates the inspectors, not the task.
      if (value?.type === 'absolute' && /(?<!\p{L})(?:who|which)\s+(?:will|would|is|are|was|were|had|has|have)\s[^,;]{0,80}$/u.test(fold.slice(Math.max(0, match.index - 110), match.index))) continue;
      if (value !== undefined) hits.push({ start: match.index, end: match.index + match[0].trimEnd().length, ...value });
    }
  }
  // "monthly reports … by the 20th of each month" is one period.
  return withoutOverlap(hits.filter((hit) => hit.type !== 'recurring' || !hits.some((other) => other !== hit && (other.value.startsWith(`${hit.value}/`) || (hit.value === 'R/?' && other.type === 'recurring')))));
}
