/** Explain this number: formula, terms, what lies below, the returns with their revisions and approvals, and a hash anyone may compute again. */
import type { Actor } from '#kernel/actor.ts';
import { vietnamDay, type Instant, type PlainDate } from '#kernel/day.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { Database } from '#platform/db/database.ts';
import { hash as digest } from 'node:crypto';
import { headLines, lineForm, type Recipe } from '../rules/recipe.ts';
import { waysOf } from '../rules/ways.ts';
import type { Explanation, Figure } from '../schema.ts';
import { readApprovals, readReturnRows, type ApprovalMark, type ReturnRow } from '../store/trail.ts';
import { withFigures } from './answer.ts';
import { periodInfo, unitName } from './ask.ts';
import { figuresOf, frameOf, plainPeriod, silentUnits, termSeen, type ExplainAsked, type Frame } from './explain-frame.ts';
import { linesOf, opensReturn, readableReturns, returnsOf, termReader, type Behind } from './explain-returns.ts';
import type { Scene } from './scene.ts';

export type { ExplainAsked } from './explain-frame.ts';
const pageSize = 50;
const mostSilent = 200;
export const hashText = (text: string): string => digest('sha256', text);

/** One return as the page lists it, before its row is read; it holds on to no vectors, because answers are kept. */
type Listed = Pick<Behind, 'key' | 'rev' | 'unit' | 'target'> & { readonly values: readonly Figure[]; readonly entitled: boolean };
/** All that is computed; the rows of the trail are put beside it afterwards. */
type Computed = { readonly body: Omit<Explanation, 'returns' | 'asOf'>; readonly listed: readonly Listed[] };

function recipeOf({ measure, unit, span, standing, terms, facts, sources }: Frame): Recipe {
  const defined = measure.kind === 'element' ? measure.element : measure.indicator;
  return {
    kind: measure.kind, id: defined.id, cell: measure.kind === 'element' ? measure.cell : '', edition: span.programme.edition, validFrom: defined.validFrom, unit: unit.code, period: span.period, treeDay: span.treeDay, standing,
    formula: measure.kind === 'indicator' ? [`(${measure.indicator.numerator})`, `/ (${measure.indicator.denominator ?? '1'})`, `* ${measure.indicator.factor}`] : [`over-units ${waysOf(measure.element).units}`, `over-time ${waysOf(measure.element).time}`],
    facts: facts.map(({ ref, value }) => `${ref} ${value ?? '-'}`).sort(), slots: [...new Set(terms.flatMap((term) => term.cells.slots.map((slot) => `${term.cells.dataSet}:${slot}`)))].sort(),
    sources: sources.map(({ dataSet, period }) => `${dataSet}@${period}`).sort(),
  };
}

/** The units above, from the nation down. */
function pathTo({ scene, unit, span }: Frame): Explanation['path'] {
  const { ancestors, byCode } = scene.tree(span.treeDay);
  return [...(ancestors.get(unit.code) ?? [])].reverse().flatMap((code) => { const row = byCode.get(code); return row === undefined ? [] : [unitName(row)]; });
}

function definitionOf({ measure, span }: Frame): Explanation['definition'] {
  const defined = measure.kind === 'element' ? measure.element : measure.indicator;
  const formula = measure.kind === 'indicator' ? measure.indicator : { numerator: null, denominator: null, factor: 1, decimals: 0 };
  return {
    kind: measure.kind, id: defined.id, name: defined.name, edition: span.programme.edition, validFrom: defined.validFrom, validTo: defined.validTo, numerator: formula.numerator, denominator: formula.denominator,
    factor: formula.factor, decimals: formula.decimals, source: defined.source,
  };
}

function compute(scene: Scene, asked: ExplainAsked, { actor, today }: { readonly actor: Actor; readonly today: PlainDate }): Computed {
  const frame = frameOf(scene, asked, actor);
  const returns = returnsOf(frame);
  const silent = silentUnits(frame, today);
  const { values, weight } = termReader(frame);
  const open = readableReturns(frame, returns).map((one) => ({ one, weight: weight(one) })).sort((a, b) => b.weight - a.weight || (a.one.key.orgUnit < b.one.key.orgUnit ? -1 : a.one.key.orgUnit > b.one.key.orgUnit ? 1 : a.one.key.period < b.one.key.period ? 1 : -1));
  const pages = Math.max(1, Math.ceil(open.length / pageSize));
  const page = Math.min(asked.page ?? 1, pages);
  const lines = linesOf(frame, returns);
  const head = headLines(recipeOf(frame));
  return {
    listed: open.slice((page - 1) * pageSize, page * pageSize).map(({ one }) => ({ key: one.key, rev: one.rev, unit: one.unit, target: one.target, values: values(one), entitled: opensReturn(frame, one) })),
    body: {
      unit: unitName(frame.unit), path: pathTo(frame), period: periodInfo(scene, plainPeriod(frame.span.period)), toDate: asked.toDate === 'yes', treeDay: frame.span.treeDay, mapDay: asked.mapDay ?? null, standing: frame.standing, definition: definitionOf(frame), ...figuresOf(frame),
      terms: frame.terms.map((term) => termSeen(frame, term)), facts: [...frame.facts], silent: silent.slice(0, mostSilent).map(({ row, periods }) => ({ unit: unitName(row), periods })), silentTotal: silent.length, page, pages, returnsTotal: returns.length,
      hash: hashText([...head, ...lines].join('\n')), recipe: { form: 'sauro-figure/1', head, lineForm, lines: lines.length, firstLines: lines.slice(0, 5) },
    },
  };
}

const nameOf = (what: string, actor: Actor, asked: ExplainAsked): string => `${what} ${JSON.stringify([actor.account, actor.grants, asked.element, asked.indicator, asked.cell, asked.unit, asked.period, asked.standing, asked.mapDay, asked.toDate, what === 'explain' ? asked.page : null])}`;
const mostRounds = 3;

/** When a return listed was revised between the vectors and its row, all is asked again: what is shown is of one state. */
export async function explain(db: Database, actor: Actor, now: Instant, asked: ExplainAsked): Promise<Explanation> {
  const today = vietnamDay(now);
  for (let round = 1; ; round += 1) {
    const { body, listed } = await withFigures(db, `${nameOf('explain', actor, asked)} ${today}`, (scene) => compute(scene, asked, { actor, today }));
    const keys = listed.map((one) => one.key);
    const [rows, approvals] = keys.length === 0 ? [[], []] : await Promise.all([db.read('system', (tx) => readReturnRows(tx, keys)), db.read(actor, (tx) => readApprovals(tx, [...new Set(keys.map((one) => one.period))], [...new Set(keys.map((one) => one.dataSet))], [...new Set(keys.map((one) => one.orgUnit))]))]);
    const byKey = new Map(rows.map((row) => [keyText(row), row]));
    if (round < mostRounds && listed.some((one) => byKey.get(keyText(one.key))?.rev !== one.rev)) continue;
    return { ...body, asOf: now, returns: listed.map((one) => contribution(one, byKey.get(keyText(one.key)), approvals)) };
  }
}

type Key = Behind['key'];
const keyText = ({ province, orgUnit, period, dataSet, attribute }: Key): string => `${province}/${orgUnit}/${period}/${dataSet}/${attribute}`;
const standingNames = ['returned', 'sent', 'head', 'province', 'ministry'] as const;

/** The hash of a return's content is shown to those who may see all of it: from the rest of the content a small number could be guessed by it. */
function contribution({ key, rev, unit, target, values, entitled }: Listed, row: ReturnRow | undefined, approvals: readonly ApprovalMark[]): Explanation['returns'][number] {
  return {
    key: { ...key }, unit: unitName(unit), countsIn: target.id === unit.id ? null : unitName(target), rev, at: row?.at ?? null, office: officeOf(key.province, unit), standing: standingNames[(row?.standing ?? 0) + 1] ?? 'sent', late: row?.late ?? false, values: [...values],
    approvals: approvals.filter((mark) => mark.orgUnit === key.orgUnit && mark.period === key.period && mark.dataSet === key.dataSet && mark.attribute === key.attribute).slice(-20)
      .map(({ step, verdict, at, office, contentHash }) => ({ step, verdict, at, office, contentHash: entitled ? contentHash : null })),
  };
}

/** The office that answers for a unit's return: its People's Committee. A person is named nowhere. */
const officeOf = (province: string, unit: UnitRow): string | null => (unit.depth === 2 ? `UBND:${province}` : unit.depth === 3 ? `UBND:${province}:${unit.code}` : null);

/** Every line of the recipe, as text: whoever has it computes the same hash with any SHA-256. */
export const recipeText = (db: Database, actor: Actor, asked: ExplainAsked): Promise<string> => withFigures(db, nameOf('recipe', actor, asked), (scene) => {
  const frame = frameOf(scene, asked, actor);
  return [...headLines(recipeOf(frame)), ...linesOf(frame, returnsOf(frame))].join('\n');
}, () => false);
