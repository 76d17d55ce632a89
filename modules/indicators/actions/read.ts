/** Answers to questions about figures: what the database adds is read under the reader's rights, then everything is computed from one scene. */
import { createHash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { periodRange } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import type { CommuneMap, IndicatorPage, Overview, PivotQuery, PivotReply, Quality } from '../schema.ts';
import { countIncidents, readCommitments, readJudgements } from '../store/people.ts';
import { readBroken, readSentDays } from '../store/samples.ts';
import { checkedPeriod, lastEnded, unitAsked } from './ask.ts';
import { indicatorPage, mapOf, type MapAsked, type PageAsked } from './indicator-page.ts';
import { spanOf } from './measure.ts';
import { overviewOf, type OverviewAsked, type Reader } from './overview.ts';
import { pivotOf } from './pivot.ts';
import { dataSetAsked, qualityOf, type QualityAsked } from './quality.ts';
import { answer, withFigures } from './answer.ts';
import { marksOf, noMarks, type Marks } from './marks.ts';
import type { Added } from './targets.ts';

type Use = Pick<Context, 'actor' | 'now' | 'services'>;
/** Two actors with this text in common may see the same. Account and names are left out on purpose: figures hang on grants alone. */
export const rightsOf = (actor: Actor): string => JSON.stringify(actor.grants.map(({ role, reach, opensNoContent }) => [role, reach, opensNoContent === true]));
export const readerOf = (use: Use, incidents: number, marks: Marks): Reader => ({ actor: use.actor, today: use.now.today, now: use.now.at, synthetic: use.services.synthetic, incidents, marks });
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

/** Judgements and commitments the reader may see. */
const addedFor = async (use: Use, indicators: readonly string[], periods: readonly string[]): Promise<{ added: Added; incidents: number }> => use.services.db.read(use.actor, async (tx) => ({
  added: { judgements: await readJudgements(tx, indicators, periods), commitments: await readCommitments(tx, null, null) }, incidents: await countIncidents(tx),
}));

/** Every indicator, and every period whose signed judgement may stand over a figure of the overview: all periods of the year asked about and of the one before. */
const judgedIn = (use: Use, period: string | undefined): Promise<{ indicators: string[]; periods: string[] }> => withFigures(use.services.db, 'overview-needs', (scene) => {
  const year = Number(checkedPeriod(period ?? lastEnded(scene, use.now.today)).slice(0, 4));
  return { indicators: [...scene.latest.indicators.keys()], periods: [year - 1, year].flatMap((one) => [`${one}`, `${one}-N9`, ...[1, 2].map((n) => `${one}-H${n}`), ...[1, 2, 3, 4].map((n) => `${one}-Q${n}`), ...periodRange(`${one}-01`, `${one}-12`)]) };
}, () => false);

export async function readOverview(use: Use, asked: OverviewAsked): Promise<Overview> {
  const { indicators, periods } = await judgedIn(use, asked.period);
  const { added, incidents } = await addedFor(use, indicators, periods);
  const marks = await marksOf(use.services.db);
  const question = `overview ${rightsOf(use.actor)} ${JSON.stringify([asked.unit, asked.period, asked.standing, asked.tile])} ${use.now.today} ${incidents} ${digest(added)} ${marks.stamp}`;
  const overview = await withFigures(use.services.db, question, (scene) => overviewOf(scene, asked, readerOf(use, incidents, marks), added));
  return { ...overview, asOf: use.now.at };
}

export async function readIndicator(use: Use, asked: PageAsked): Promise<IndicatorPage> {
  const { periods } = await judgedIn(use, asked.to);
  const { added } = await addedFor(use, [asked.id], periods);
  const marks = await marksOf(use.services.db);
  return withFigures(use.services.db, `indicator ${rightsOf(use.actor)} ${JSON.stringify(asked)} ${use.now.today} ${digest(added)} ${marks.stamp}`, (scene) => indicatorPage(scene, asked, readerOf(use, 0, marks), added));
}

const mostKeptCells = 60_000;
export async function readPivot(use: Use, query: PivotQuery): Promise<PivotReply> {
  const marks = await marksOf(use.services.db);
  return answer(use.services.db, {
    name: `pivot ${rightsOf(use.actor)} ${marks.stamp} ${JSON.stringify(query)}`, like: `pivot ${JSON.stringify([query.periods, query.units, query.groups, query.mapDay])}`,
    compute: (scene) => pivotOf(scene, query, readerOf(use, 0, marks)), keep: (reply) => reply.values.length <= mostKeptCells,
  });
}
export const readMap = (use: Use, asked: MapAsked): Promise<CommuneMap> => answer(use.services.db, {
  name: `map ${rightsOf(use.actor)} ${JSON.stringify(asked)}`, like: `map ${asked.period} ${asked.unit ?? ''} ${asked.level ?? ''}`, compute: (scene) => mapOf(scene, asked, readerOf(use, 0, noMarks)),
});

export async function readQuality(use: Use, asked: QualityAsked): Promise<Quality> {
  const found = await withFigures(use.services.db, `quality-set ${rightsOf(use.actor)} ${JSON.stringify(asked)} ${use.now.today}`, (scene) => {
    const period = checkedPeriod(asked.period ?? lastEnded(scene, use.now.today));
    const span = spanOf(scene, period);
    const unit = unitAsked(scene.tree(span.treeDay), use.actor, asked.unit);
    return { period, dataSet: dataSetAsked(scene, span, unit, asked.dataSet).id };
  });
  const marks = await marksOf(use.services.db);
  const sentOn = new Map((await use.services.db.read('system', (tx) => readSentDays(tx, found.period, found.dataSet))).map((row) => [row.orgUnit, row.sentOn]));
  const broken = await use.services.db.read(use.actor, (tx) => readBroken(tx, found.period, found.dataSet));
  return withFigures(use.services.db, `quality ${rightsOf(use.actor)} ${JSON.stringify(found)} ${asked.unit ?? ''}`, (scene) => qualityOf(scene, { ...asked, ...found }, readerOf(use, 0, marks), { sentOn, broken }), () => false);
}
