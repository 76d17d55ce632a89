/** The overview as one page to print. */
import { printPdf } from '#platform/documents/print.ts';
import type { Block, DocumentTable } from '#platform/documents/official-document.ts';
import { displayDay, vietnamDay, type Instant } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { compactOf, type Compact, type Figure, type IndicatorSeen, type Overview, type TargetSeen } from '../schema.ts';
import { hashText } from './explain.ts';
import { printed, say } from './words.ts';

type Language = 'vi' | 'en';
const figureText = (figure: Figure, decimals: number, language: Language): string => compactText(compactOf(figure), decimals, language);
const compactText = (value: Compact, decimals: number, language: Language): string => (value === null ? '–' : value === '<' ? say(language, 'indicators.sheet.suppressed') : printed(value, decimals, language));
const unitText = ({ unit }: IndicatorSeen, language: Language): string => unit[language];
const withUnit = (text: string, indicator: IndicatorSeen, language: Language): string => (unitText(indicator, language) === '%' ? `${text}%` : `${text} ${unitText(indicator, language)}`);
/** A number with its unit; what is hidden or missing has none. */
const measured = (value: Compact, indicator: IndicatorSeen, language: Language): string => (typeof value === 'number' ? withUnit(printed(value, indicator.decimals, language), indicator, language) : compactText(value, 0, language));
const nameText = ({ nameVi, nameEn }: { readonly nameVi: string; readonly nameEn?: string }, language: Language): string => (language === 'en' ? nameEn ?? nameVi : nameVi);

/** The sentence of a thing to know, with its names. */
function sentence({ things, bullets }: Overview, at: number, language: Language): string {
  const thing = things[at];
  if (thing === undefined) return '';
  const bullet = bullets.find((one) => one.indicator.id === thing.indicator);
  const ofIndicator = ['value', 'shouldBe', 'target'];
  const number = (key: string, value: number): string => { const text = printed(key === 'gapPercent' ? Math.abs(value) : value, bullet?.indicator.decimals ?? 1, language); return bullet !== undefined && ofIndicator.includes(key) ? withUnit(text, bullet.indicator, language) : text; }; // the words say behind or ahead
  const facts = Object.fromEntries(Object.entries(thing.facts).map(([key, value]) => [key, number(key, value)]));
  return say(language, `indicators.thing.${thing.rule}`, { ...facts, indicator: bullet?.indicator.shortName[language] ?? '', units: thing.units.map((unit) => nameText(unit, language)).join(', ') });
}

const periodText = (period: string, language: Language): string => { const [year = '', month] = period.split('-'); return /^\d\d$/.test(month ?? '') ? say(language, 'indicators.period.month', { month: Number(month), year }) : period; };

/** With fewer returns than this share a page for a desk would tell of silence, not of the programme. */
export const leastForBrief = 0.6;
const mostWorst = 5;

/** The places to look at first, each with its figure and what it has not sent. */
function worstText({ first, children, bullets, tiles }: Overview, language: Language): string | undefined {
  const indicator = bullets.find((one) => one.indicator.id === tiles.indicator)?.indicator;
  if (first === null || first.rows.length === 0 || indicator === undefined) return undefined;
  const names = new Map(children.map(([code, vi, en]) => [code, language === 'en' ? en : vi]));
  const rows = first.rows.slice(0, mostWorst).map((row) => say(language, row.missing > 0 ? 'indicators.brief.worst-one-missing' : 'indicators.brief.worst-one', { unit: names.get(row.unit) ?? row.unit, value: measured(row.value, indicator, language), missing: row.missing }));
  return `${say(language, `indicators.brief.worst-by.${first.rule}`, { indicator: indicator.shortName[language], of: first.of })} ${rows.join('; ')}.`;
}

function tableOf({ bullets }: Overview, language: Language): DocumentTable {
  const rows = bullets.map(({ indicator, ...one }, i) => [
    String(i + 1), `${indicator.shortName[language]} (${unitText(indicator, language)})${one.target?.status === 'working_goal' ? ' *' : ''}`, compactText(one.trend.at(-2) ?? null, indicator.decimals, language), figureText(one.value, indicator.decimals, language),
    one.judged.shouldBe === null ? '–' : printed(one.judged.shouldBe, indicator.decimals, language),
    one.target === null || goalOf(one.target) === null ? '–' : `${printed(goalOf(one.target) ?? 0, indicator.decimals, language)}${yearOf(one.target) === null ? '' : ` (${yearOf(one.target)})`}`,
    one.judged.step === null ? say(language, 'indicators.brief.not-judged') : say(language, `indicators.step.${one.judged.step}`), one.grade ?? '–',
  ]);
  const widths = [8, undefined, 14, 14, 15, 21, 23, 14];
  const columns = ['no', 'indicator', 'before', 'value', 'shouldBe', 'target', 'judgement', 'grade'].map((key, i) => ({ title: say(language, `indicators.brief.${key}`), align: i === 1 ? 'left' as const : i > 1 && i < 6 ? 'right' as const : 'center' as const, ...(widths[i] === undefined ? {} : { widthMm: widths[i] }) }));
  return { columns, rows };
}
/** The year the value is asked for: the promise’s own where it stands instead of the target's. */
const yearOf = (target: TargetSeen): string | null => target.commitment?.period.slice(0, 4) ?? (target.year === null ? null : String(target.year));
const goalOf = (target: TargetSeen): number | null => target.commitment?.value ?? target.tier?.value ?? target.low;

const dateText = (day: string, language: Language): string => say(language, 'indicators.brief.date', { dd: day.slice(8, 10), mm: day.slice(5, 7), year: day.slice(0, 4) });

/** One page for a desk: what to know, the main indicators against their targets, where to look first, what the share is read with, sources. */
export async function briefOf(overview: Overview, language: Language, printedAt: Instant): Promise<Result<Uint8Array>> {
  const { source } = overview;
  if (source.received < source.expected * leastForBrief) return refuse({ code: 'brief-too-few-returns', received: source.received, expected: source.expected, least: leastForBrief * 100 });
  const beside = (overview.companions?.beside ?? []).map((one) => `${one.indicator.shortName[language].toLocaleLowerCase(language)}: ${measured(compactOf(one.value), one.indicator, language)}`);
  const worst = worstText(overview, language);
  const own = overview.bullets.some((one) => one.target?.status === 'working_goal');
  const heading = (key: string): Block => ({ kind: 'heading', text: say(language, `indicators.brief.${key}`) });
  return ok(await printPdf({
    issuer: say(language, 'indicators.brief.issuer'), number: '', placeAndDate: dateText(vietnamDay(new Date(overview.asOf)), language), kind: say(language, 'indicators.brief.kind'), language, synthetic: overview.synthetic, printedAt,
    abstract: say(language, 'indicators.brief.abstract', { unit: nameText(overview.unit, language), period: periodText(overview.period.id, language) }),
    body: [
      { kind: 'paragraph', italic: true, text: say(language, `indicators.brief.source.${overview.label}`, { received: printed(source.received, 0, language), expected: printed(source.expected, 0, language), approved: printed(source.approved, 0, language), first: displayDay(overview.period.first), last: displayDay(overview.period.last) }) + (own ? ` ${say(language, 'indicators.brief.own')}` : '') },
      ...(overview.things.length === 0 ? [] : [heading('things'), ...overview.things.map((_, i): Block => ({ kind: 'item', marker: '-', text: sentence(overview, i, language) }))]),
      ...(worst === undefined ? [] : [heading('worst'), { kind: 'paragraph', text: worst } as const]),
      ...(beside.length === 0 ? [] : [{ kind: 'paragraph', text: `${say(language, 'indicators.brief.beside')} ${beside.join('; ')}.` } as const]),
      heading('against'),
    ],
    table: tableOf(overview, language), signer: { post: '' }, recipients: [], hash: hashText(JSON.stringify(overview)).slice(0, 16),
  }));
}
