import type { Context, Route } from '#platform/http/bind.ts';
import { bind } from '#platform/http/bind.ts';
import { briefOf } from './actions/brief.ts';
import { analyses, analysis, commit, drop, judgeFigure, keep } from './actions/decide.ts';
import { explain, recipeText } from './actions/explain.ts';
import { exported, fileOf } from './actions/export.ts';
import { readIndicator, readMap, readOverview, readPivot, readQuality, readerOf, rightsOf } from './actions/read.ts';
import { withFigures } from './actions/answer.ts';
import { marksOf } from './actions/marks.ts';
import { announce, count, draw, samples } from './actions/verification.ts';
import { readCommitments } from './store/people.ts';
import * as contracts from './schema.ts';

const languageOf = (use: Context, asked: 'vi' | 'en' | undefined): 'vi' | 'en' => asked ?? use.language;

export const routes: readonly Route[] = [
  bind(contracts.getOverview, (use, { query }) => readOverview(use, query)),
  bind(contracts.getBrief, async (use, { query: { language, ...asked } }) => {
    const overview = await readOverview(use, asked);
    const brief = await briefOf(overview, languageOf(use, language), use.now.at);
    return !brief.ok ? brief : { bytes: brief.value, fileName: `tong-quan-${overview.unit.code}-${overview.period.id}.pdf`, contentType: 'application/pdf' };
  }),
  bind(contracts.getIndicatorFigures, (use, { params, query }) => readIndicator(use, { ...params, ...query })),
  bind(contracts.getMap, (use, { query }) => readMap(use, query)),
  bind(contracts.askPivot, (use, { body }) => readPivot(use, body)),
  bind(contracts.exportPivot, async (use, { body: { query, form, language } }) => {
    const marks = await marksOf(use.services.db);
    const data = await withFigures(use.services.db, `export ${language} ${rightsOf(use.actor)} ${JSON.stringify(query)}`, (scene) => exported(scene, query, readerOf(use, 0, marks), language), () => false);
    return fileOf(data, query, form, language, use.services.synthetic);
  }),
  bind(contracts.explainFigure, (use, { query }) => explain(use.services.db, use.actor, use.now.at, query)),
  bind(contracts.getRecipe, async (use, { query }) => ({ bytes: new TextEncoder().encode(await recipeText(use.services.db, use.actor, query)), fileName: 'so-lieu.txt', contentType: 'text/plain; charset=utf-8' })),
  bind(contracts.getQuality, (use, { query }) => readQuality(use, query)),
  bind(contracts.listSamples, (use, { query }) => samples(use.services.db, use.actor, query)),
  bind(contracts.announceSample, (use, { body }) => announce(use, body)),
  bind(contracts.drawSample, (use, { params }) => draw(use, params.id)),
  bind(contracts.recordCount, (use, { params, body }) => count(use, params.id, body)),
  bind(contracts.judgeFigure, (use, { body }) => judgeFigure(use, body)),
  bind(contracts.listCommitments, async ({ tx }, { query }) => ({ rows: await readCommitments(tx, query.target ?? null, query.province ?? null) })),
  bind(contracts.recordCommitment, (use, { body }) => commit(use, body)),
  bind(contracts.listAnalyses, (use) => analyses(use)),
  bind(contracts.getAnalysis, (use, { params }) => analysis(use, params.id)),
  bind(contracts.keepAnalysis, (use, { params, body }) => keep(use, params.id, body)),
  bind(contracts.dropAnalysis, (use, { params }) => drop(use, params.id)),
];
