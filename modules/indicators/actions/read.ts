/** Answers to questions about figures: what the database adds is read under the reader's rights, then everything is computed from one scene. */
import { createHash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import type { Context } from '#platform/http/bind.ts';
import { verificationFactor } from '../rules/draw.ts';
import type { CommuneMap, IndicatorPage, Overview, PivotQuery, PivotReply, Quality } from '../schema.ts';
import { countIncidents, readCommitments, readJudgements } from '../store/people.ts';
import { readBroken, readSentDays } from '../store/samples.ts';
import { readCounted } from '../store/trail.ts';
import { lastEnded, unitAsked } from './ask.ts';
import { indicatorPage, mapOf, type MapAsked, type PageAsked } from './indicator-page.ts';
import { spanOf } from './measure.ts';
import { overviewOf, type OverviewAsked, type Reader } from './overview.ts';
import { pivotOf } from './pivot.ts';
import { dataSetAsked, qualityOf, type QualityAsked } from './quality.ts';
import { answer, withFigures } from './answer.ts';
import type { Verified } from './signs.ts';
import type { Added } from './targets.ts';

type Use = Pick<Context, 'actor' | 'now' | 'services'>;
/** Two actors with this text in common may see the same. Account and names are left out on purpose: figures hang on grants alone. */
export const rightsOf = (actor: Actor): string => JSON.stringify(actor.grants.map(({ role, reach, opensNoContent }) => [role, reach, opensNoContent === true]));
export const readerOf = (use: Use, incidents: number): Reader => ({ actor: use.actor, today: use.now.today, now: use.now.at, synthetic: use.services.synthetic, incidents });
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

/** Judgements and commitments the reader may see. */
const addedFor = async (use: Use, indicators: readonly string[], periods: readonly string[]): Promise<{ added: Added; incidents: number }> => use.services.db.read(use.actor, async (tx) => ({
  added: { judgements: await readJudgements(tx, indicators, periods), commitments: await readCommitments(tx, null, null) }, incidents: await countIncidents(tx),
}));

/** The indicators an overview judges, and the periods it may judge them in. */
const overviewNeeds = (use: Use, asked: OverviewAsked): Promise<{ indicators: string[]; periods: string[] }> => withFigures(use.services.db, 'overview-needs', (scene) => {
  const month = asked.period ?? lastEnded(scene, use.now.today);
  const [year = '', part = '01'] = month.split('-');
  return { indicators: [...scene.latest.indicators.keys()], periods: [month, year, `${year}-H1`, `${year}-H2`, ...[1, 2, 3, 4].map((n) => `${year}-Q${n}`), `${Number(year) - 1}`, `${Number(year) - 1}-Q4`, part] };
}, () => false);

export async function readOverview(use: Use, asked: OverviewAsked): Promise<Overview> {
  const { indicators, periods } = await overviewNeeds(use, asked);
  const { added, incidents } = await addedFor(use, indicators, periods);
  const question = `overview ${rightsOf(use.actor)} ${JSON.stringify([asked.unit, asked.period, asked.standing, asked.tile])} ${use.now.today} ${incidents} ${digest(added)}`;
  const overview = await withFigures(use.services.db, question, (scene) => overviewOf(scene, asked, readerOf(use, incidents), added));
  return { ...overview, asOf: use.now.at };
}

export async function readIndicator(use: Use, asked: PageAsked): Promise<IndicatorPage> {
  const { periods } = await overviewNeeds(use, { period: asked.to });
  const { added } = await addedFor(use, [asked.id], periods);
  const verified = await verifiedIn(use, periods[0] ?? '', null);
  return withFigures(use.services.db, `indicator ${rightsOf(use.actor)} ${JSON.stringify(asked)} ${use.now.today} ${digest([added, [...verified]])}`, (scene) => indicatorPage(scene, asked, readerOf(use, 0), added, verified));
}

/** Verification factors by province, as far as the reader sees them. */
async function verifiedIn(use: Use, period: string, dataSet: string | null): Promise<Verified> {
  const rows = await use.services.db.read(use.actor, (tx) => readCounted(tx, dataSet, period));
  return new Map(rows.flatMap((row) => { const factor = verificationFactor([row]); return factor === null ? [] : [[row.province, factor] as const]; }));
}

const mostKeptCells = 60_000;
export const readPivot = (use: Use, query: PivotQuery): Promise<PivotReply> =>
  answer(use.services.db, {
    name: `pivot ${rightsOf(use.actor)} ${JSON.stringify(query)}`, like: `pivot ${JSON.stringify([query.periods, query.units, query.groups, query.mapDay])}`,
    compute: (scene) => pivotOf(scene, query, readerOf(use, 0)), keep: (reply) => reply.values.length <= mostKeptCells,
  });
export const readMap = (use: Use, asked: MapAsked): Promise<CommuneMap> => answer(use.services.db, {
  name: `map ${rightsOf(use.actor)} ${JSON.stringify(asked)}`, like: `map ${asked.period} ${asked.unit ?? ''} ${asked.level ?? ''}`, compute: (scene) => mapOf(scene, asked, readerOf(use, 0)),
});

export async function readQuality(use: Use, asked: QualityAsked): Promise<Quality> {
  const found = await withFigures(use.services.db, `quality-set ${rightsOf(use.actor)} ${JSON.stringify(asked)} ${use.now.today}`, (scene) => {
    const period = asked.period ?? lastEnded(scene, use.now.today);
    const span = spanOf(scene, period);
    const unit = unitAsked(scene.tree(span.treeDay), use.actor, asked.unit);
    return { period, dataSet: dataSetAsked(scene, span, unit, asked.dataSet).id };
  });
  const verified = await verifiedIn(use, found.period, found.dataSet);
  const sentOn = new Map((await use.services.db.read('system', (tx) => readSentDays(tx, found.period, found.dataSet))).map((row) => [row.orgUnit, row.sentOn]));
  const broken = await use.services.db.read(use.actor, (tx) => readBroken(tx, found.period, found.dataSet));
  return withFigures(use.services.db, `quality ${rightsOf(use.actor)} ${JSON.stringify(found)} ${asked.unit ?? ''}`, (scene) => qualityOf(scene, { ...asked, ...found }, readerOf(use, 0), { sentOn, verified, broken }), () => false);
}
