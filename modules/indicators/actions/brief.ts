/** The overview as one page to print. */
import { printPdf } from '#platform/documents/print.ts';
import { displayDay } from '#kernel/day.ts';
import type { Instant } from '#kernel/day.ts';
import type { Figure, Overview } from '../schema.ts';
import { hashText } from './explain.ts';
import { printed, say } from './words.ts';

type Language = 'vi' | 'en';
const figureText = (figure: Figure, decimals: number, language: Language): string => ('v' in figure ? printed(figure.v, decimals, language) : 'suppressed' in figure ? '<10' : '–');

/** The sentence of a thing to know, with its names. */
function sentence({ things, bullets }: Overview, at: number, language: Language): string {
  const thing = things[at];
  if (thing === undefined) return '';
  const bullet = bullets.find((one) => one.indicator.id === thing.indicator);
  const number = (value: number): string => printed(value, bullet?.indicator.decimals ?? 1, language);
  const facts = Object.fromEntries(Object.entries(thing.facts).map(([key, value]) => [key, number(key === 'gapPercent' ? Math.abs(value) : value)])); // the words say behind or ahead
  return say(language, `indicators.thing.${thing.rule}`, { ...facts, indicator: bullet?.indicator.name[language] ?? '', units: thing.units.map((unit) => (language === 'en' ? unit.nameEn ?? unit.nameVi : unit.nameVi)).join(', ') });
}

const periodText = (period: string, language: Language): string => { const [year = '', month] = period.split('-'); return /^\d\d$/.test(month ?? '') ? say(language, 'indicators.period.month', { month: Number(month), year }) : period; };

export function briefOf(overview: Overview, language: Language, printedAt: Instant): Promise<Uint8Array> {
  const { source } = overview;
  const unit = language === 'en' ? overview.unit.nameEn ?? overview.unit.nameVi : overview.unit.nameVi;
  const rows = overview.bullets.map((one) => [
    one.indicator.name[language], figureText(one.value, one.indicator.decimals, language), one.judged.shouldBe === null ? '–' : printed(one.judged.shouldBe, one.indicator.decimals, language),
    one.target?.low === null || one.target === null ? '–' : `${printed(one.target.low, one.indicator.decimals, language)}${one.target.year === null ? '' : ` (${one.target.year})`}`,
    one.judged.step === null ? '–' : say(language, `indicators.step.${one.judged.step}`), `${one.coverage.reporting}/${one.coverage.expected}`, one.grade ?? '–',
  ]);
  const beside = (overview.companions?.beside ?? []).map((one) => `${one.indicator.name[language]}: ${figureText(one.value, one.indicator.decimals, language)} ${one.indicator.unit[language]}`);
  const columns = ['indicator', 'value', 'shouldBe', 'target', 'judgement', 'returns', 'grade'].map((key, i) => ({ title: say(language, `indicators.brief.${key}`), align: i === 0 ? 'left' as const : 'center' as const, ...(i === 0 ? {} : { widthMm: [0, 17, 20, 24, 20, 22, 13][i] ?? 15 }) }));
  return printPdf({
    issuer: say(language, 'indicators.brief.issuer'), number: '', placeAndDate: displayDay(overview.asOf.slice(0, 10)), kind: say(language, 'indicators.brief.kind'), language, synthetic: overview.synthetic, printedAt,
    abstract: say(language, 'indicators.brief.abstract', { unit, period: periodText(overview.period.id, language) }),
    body: [
      { kind: 'paragraph', italic: true, text: say(language, `indicators.brief.source.${overview.label}`, { received: source.received, expected: source.expected, approved: source.approved, first: displayDay(overview.period.first), last: displayDay(overview.period.last) }) },
      ...overview.things.map((_, i) => ({ kind: 'item' as const, marker: `${i + 1}.`, text: sentence(overview, i, language) })),
      ...(beside.length === 0 ? [] : [{ kind: 'paragraph' as const, text: `${say(language, 'indicators.brief.beside')} ${beside.join('; ')}.` }]),
    ],
    table: { columns, rows }, signer: { post: say(language, 'indicators.brief.signer') }, recipients: [], hash: hashText(JSON.stringify(overview)).slice(0, 16),
  });
}
