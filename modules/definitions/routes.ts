import { isPlainDate } from '#kernel/day.ts';
import { ok, refuse } from '#kernel/result.ts';
import { bind, type Route } from '#platform/http/bind.ts';
import { bookIn, programmeOn } from './actions.ts';
import { usersOf } from './rules/uses.ts';
import { getDefinition, getDictionary, getEdition, listEditions, listPublishedFigures } from './schema.ts';
import { findEdition, listEditions as editions, readVersions } from './store.ts';

const dictionary = bind(getDictionary, async ({ tx, now }, { query }) => {
  const on = query.on ?? now.today;
  if (!isPlainDate(on)) return refuse({ code: 'definitions-day-invalid' });
  const { edition, digest, head, ...maps } = await programmeOn(tx, on);
  return ok({
    edition, digest, on, head, elements: [...maps.elements.values()], disaggregations: [...maps.disaggregations.values()], dataSets: [...maps.dataSets.values()], rules: [...maps.rules.values()],
    indicators: [...maps.indicators.values()], targets: [...maps.targets.values()], constants: [...maps.constants.values()],
  });
});

const item = bind(getDefinition, async ({ tx }, { params: { kind, id } }) => {
  const versions = await readVersions(tx, kind, id);
  if (versions.length === 0) return refuse({ code: 'definition-not-found' });
  return ok({ kind, id, versions: versions.map(({ validFrom, validTo, edition, digest, body }) => ({ validFrom, validTo, edition, digest, body })), usedBy: usersOf((await bookIn(tx)).versions, kind, id) });
});

const list = bind(listEditions, async ({ tx }) => ({ rows: await editions(tx) }));

const one = bind(getEdition, async ({ tx }, { params }) => {
  const found = await findEdition(tx, Number(params.edition));
  return found === undefined ? refuse({ code: 'definition-not-found' }) : ok(found);
});

const figures = bind(listPublishedFigures, async ({ tx, now }, { query }) => {
  const { publishedFigures } = await programmeOn(tx, now.today);
  return { rows: publishedFigures.filter((figure) => query.indicator === undefined || figure.indicator === query.indicator) };
});

export const routes: readonly Route[] = [dictionary, item, list, one, figures];
