import { language, sayKey, t } from '#web/i18n/words.ts';
import { number } from '#web/i18n/format.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import type { IndicatorSeen, Overview } from '../schema.ts';
import { sayUnit, StepBadge, withUnit } from './figure.tsx';
import { pathOf } from './links.ts';

type Thing = Overview['things'][number];
const ofIndicator = ['value', 'shouldBe', 'target'];

/** Three things to know, each with the rule that chose it and where to act. */
export function Things({ things, indicators }: { readonly things: readonly Thing[]; readonly indicators: readonly IndicatorSeen[] }) {
  if (things.length === 0) return null;
  return (
    <Card title={t('indicators.things')}>
      <ol className="things">
        {things.map((thing) => (
          <li key={`${thing.rule}${thing.indicator ?? ''}`}>
            {thing.step !== null && <StepBadge step={thing.step} />}
            <p className="big">{sayThing(thing, indicators.find((one) => one.id === thing.indicator))}</p>
            <p className="xs muted">{sayKey(`indicators.chosen.${thing.rule}`)}</p>
            <p className="row tight">{thing.links.map((link) => <A key={link.screen} to={pathOf(link)}>{sayKey(`indicators.go.${link.screen}`)}</A>)}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The sentence with its numbers written as numbers are written here. */
function sayThing(thing: Thing, indicator: IndicatorSeen | undefined): string {
  const facts: Record<string, string | number> = { units: thing.units.map(sayUnit).join(', '), indicator: indicator?.name[language()] ?? thing.indicator ?? '' };
  for (const [name, value] of Object.entries(thing.facts)) {
    // The words say "behind" or "ahead", so the distance stands without its sign.
    facts[name] = name === 'year' ? String(value) : ofIndicator.includes(name) && indicator !== undefined ? withUnit(number(value, indicator.decimals), indicator.unit) : number(Math.abs(value));
  }
  return sayKey(`indicators.thing.${thing.rule}`, facts);
}
