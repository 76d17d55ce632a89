import type { Node } from './ast.ts';
import { conditionReader, fail, finite, isSkipped, numberReader, readerOf, same, textReader, type Context, type Reading, type Run } from './compiler.ts';
import { aggregations } from './functions.ts';
import { aggregateOf, normalDensity, normalShare } from './numbers.ts';

type Call = Extract<Node, { kind: 'call' }>;

/** The closures of functions. Names and numbers of arguments were checked by the parser. */
export function callReader(node: Call, context: Context): Reading {
  const [first, second, third] = node.args;
  if (!first) return () => null;
  if (aggregations.has(node.name)) return aggregation(node, context);
  switch (node.name) {
    case 'if': return second && third ? choice([first, second, third], context) : () => null;
    case 'is': return membership(node.args, context);
    case 'isNull': return missing(first, true, context);
    case 'isNotNull': return missing(first, false, context);
    case 'firstNonNull': return firstThere(node.args, context);
    case 'removeZeros': return withoutZero(first, context);
    case 'subExpression': return perUnit(first, context);
    case 'greatest': return extreme(node.args, (a, b) => (b > a ? b : a), context);
    case 'least': return extreme(node.args, (a, b) => (b < a ? b : a), context);
    case 'log': case 'log10': return logarithm(node, context);
    case 'contains': return containing(node.args, (whole, part) => whole.includes(part), context);
    case 'containsItems': return containing(node.args, (whole, part) => whole.split(',').includes(part), context);
    default: return distribution(node, context);
  }
}

/** Only the branch that is taken is read; without a yes or no there is no answer. */
function choice([condition, yes, no]: readonly [Node, Node, Node], context: Context): Reading {
  const [test, then, otherwise] = [conditionReader(condition, context), readerOf(yes, context), readerOf(no, context)];
  return (run) => {
    const answer = test(run);
    return typeof answer !== 'boolean' ? answer : answer ? then(run) : otherwise(run);
  };
}

function membership(nodes: readonly Node[], context: Context): Reading {
  const [first, ...list] = nodes.map((node) => readerOf(node, context));
  return (run) => {
    const value = first?.(run);
    if (value === null || value === undefined) return value;
    let unknown: null | undefined | false = false;
    for (const reading of list) {
      const other = reading(run);
      if (other === null || other === undefined) unknown = other;
      else if (same(value, other)) return true;
    }
    return unknown === undefined ? undefined : false;
  };
}

function missing(node: Node, wanted: boolean, context: Context): Reading {
  const reading = readerOf(node, { ...context, nulls: true });
  return (run) => {
    const value = reading(run);
    return value === undefined ? undefined : (value === null) === wanted;
  };
}

function firstThere(nodes: readonly Node[], context: Context): Reading {
  const readings = nodes.map((node) => readerOf(node, { ...context, nulls: true }));
  return (run) => {
    for (const reading of readings) {
      const value = reading(run);
      if (value !== null) return value;
    }
    return null;
  };
}

function withoutZero(node: Node, context: Context): Reading {
  const reading = readerOf(node, context);
  return (run) => {
    const value = reading(run);
    return value === 0 ? null : value;
  };
}

/** What is asked under isNull and its like does not count for the strategies of missing values. */
function count(run: Run, isThere: boolean, context: Context): void {
  if (context.nulls) return;
  run.asked += 1;
  if (isThere) run.present += 1;
}

function perUnit(node: Node, context: Context): Reading {
  const reading = readerOf(node, context);
  return (run) => {
    const { perUnit: each } = run.source;
    if (!each) return reading(run);
    const value = each((source) => {
      const inner: Run = { source, shift: run.shift, asked: 0, present: 0, fault: null };
      const result = reading(inner);
      if (result === undefined) run.fault ??= inner.fault;
      return result === undefined || isSkipped(context.missing, inner.asked, inner.present) ? null : result;
    });
    count(run, value !== null, context);
    return value ?? (context.nulls ? null : 0);
  };
}

function extreme(nodes: readonly Node[], better: (a: number, b: number) => number, context: Context): Reading {
  const readings = nodes.map((node) => numberReader(node, context));
  return (run) => {
    let best: number | null = null;
    for (const reading of readings) {
      const value = reading(run);
      if (value === undefined) return undefined;
      if (value !== null) best = best === null ? value : better(best, value);
    }
    return best;
  };
}

function logarithm(node: Call, context: Context): Reading {
  const readings = node.args.map((arg) => numberReader(arg, context));
  return (run) => {
    const [value, base] = readings.map((reading) => reading(run));
    if (value === undefined || (readings.length > 1 && base === undefined)) return undefined;
    if (value === null || base === null) return null;
    if (value <= 0 || (base !== undefined && (base <= 0 || base === 1))) return fail(run, node.at, 'outside-domain');
    if (node.name === 'log10') return Math.log10(value);
    return base === undefined ? Math.log(value) : Math.log(value) / Math.log(base);
  };
}

function containing(nodes: readonly Node[], holds: (whole: string, part: string) => boolean, context: Context): Reading {
  const [whole, ...parts] = nodes.map((node) => textReader(node, context));
  return (run) => {
    const text = whole?.(run);
    if (text === null || text === undefined) return text;
    for (const reading of parts) {
      const part = reading(run);
      if (part === null || part === undefined) return part;
      if (!holds(text, part)) return false;
    }
    return true;
  };
}

/** Mean and deviation not given are those of the first argument over the sample periods. */
function distribution(node: Call, context: Context): Reading {
  const [x, mean, deviation] = node.args;
  if (!x) return () => null;
  const sampled = (name: string): Reading<number> => numberReader({ kind: 'call', name, args: [x], at: node.at }, context);
  const readings = [numberReader(x, context), mean ? numberReader(mean, context) : sampled('avg'), deviation ? numberReader(deviation, context) : sampled('stddevSamp')];
  const compute = node.name === 'normDistCum' ? normalShare : normalDensity;
  return (run) => {
    const [value, middle, spread] = readings.map((reading) => reading(run));
    if (value === undefined || middle === undefined || spread === undefined) return undefined;
    if (value === null || middle === null || spread === null) return null;
    return spread > 0 ? finite(run, node.at, compute(value, middle, spread)) : fail(run, node.at, 'outside-domain');
  };
}

/**
 * Over the sample periods, or over the arguments when there are several. Each is one sample: where its values are missing (by the
 * strategy of the formula) the sample is left out. Counts as one item, missing when no sample is left.
 */
function aggregation(node: Call, context: Context): Reading {
  const withFraction = node.name === 'percentileCont';
  const [fractionNode, ...others] = node.args;
  const fraction = withFraction && fractionNode ? numberReader(fractionNode, context) : (): number => 0;
  const samples = (withFraction ? others : node.args).map((arg) => numberReader(arg, { ...context, nulls: false }));
  return (run) => {
    const share = fraction(run);
    const values = samplesOf(run, samples, context);
    if (share === undefined || values === undefined) return undefined;
    count(run, values.length > 0, context);
    if (node.name === 'count') return values.length;
    if (values.length === 0) return context.nulls ? null : 0;
    return share === null ? null : finite(run, node.at, aggregateOf(node.name, values, share));
  };
}

function samplesOf(run: Run, readings: readonly Reading<number>[], context: Context): number[] | undefined {
  const values: number[] = [];
  const { shift, asked, present } = run;
  const [only] = readings;
  const sample = (reading: Reading<number>): boolean => {
    [run.asked, run.present] = [0, 0];
    const value = reading(run);
    if (typeof value === 'number' && !isSkipped(context.missing, run.asked, run.present)) values.push(value);
    return value !== undefined;
  };
  let computable = true;
  if (readings.length === 1 && only) {
    for (const offset of run.source.samplePeriods ?? []) {
      run.shift = shift + offset;
      computable = sample(only) && computable;
    }
  } else for (const reading of readings) computable = sample(reading) && computable;
  [run.shift, run.asked, run.present] = [shift, asked, present];
  return computable ? values : undefined;
}
