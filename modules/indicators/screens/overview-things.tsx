import { language, sayKey, t } from '#web/i18n/words.ts';
import { number } from '#web/i18n/format.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import type { Overview } from '../schema.ts';
import { sayUnit, StepBadge } from './figure.tsx';
import { pathOf } from './links.ts';

type Thing = Overview['things'][number];

/** Three things to know, each with the rule that chose it and where to act. */
export function Things({ things, names = {} }: { readonly things: readonly Thing[]; readonly names?: Readonly<Record<string, string>> }) {
  if (things.length === 0) return null;
  return (
    <Card title={t('indicators.things')}>
      <ol className="things">
        {things.map((thing) => (
          <li key={`${thing.rule}${thing.indicator ?? ''}`}>
            {thing.step !== null && <StepBadge step={thing.step} />}
            <p className="big">{sayThing(thing, names)}</p>
            <p className="xs muted">{sayKey(`indicators.chosen.${thing.rule}`)}</p>
            <p className="row tight">{thing.links.map((link) => <A key={link.screen} to={pathOf(link)}>{sayKey(`indicators.go.${link.screen}`)}</A>)}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The sentence with its numbers written as numbers are written here. */
function sayThing(thing: Thing, names: Readonly<Record<string, string>>): string {
  const facts: Record<string, string> = { units: thing.units.map(sayUnit).join(', '), indicator: thing.indicator === null ? '' : (names[thing.indicator] ?? thing.indicator), language: language() };
  for (const [name, value] of Object.entries(thing.facts)) facts[name] = number(value);
  return sayKey(`indicators.thing.${thing.rule}`, facts);
}
