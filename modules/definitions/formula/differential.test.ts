import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ExpressionDataJs, ExpressionJs, ExpressionMode } from '@dhis2/expression-parser';
import { compile, parse } from './index.ts';
import { type DifferenceClass, differenceClasses, type Tally } from './testing/differential.ts';

const cases = 100_000;
/** The field's parser computes with decimals of any length and takes nearly all of the time. */
const workers = Math.min(4, Math.max(2, availableParallelism()));

/** Most cases a class of difference may hold among the 100,000 of these seeds; why each is right stands in decision 0009. */
const allowed: Readonly<Record<DifferenceClass, number>> = {
  'missing-counts-as-zero': 4_300,
  'null-spreads': 1_400,
  'not-computable': 800,
  'text-is-no-number': 170,
  'fraction-is-no-condition': 750,
  'fractional-power': 190,
  'normal-table': 560,
  'last-digits': 620,
  'negative-zero': 300,
};

const tallied = (worker: number): Promise<Tally> => new Promise((resolve, reject) => {
  const firstSeed = Math.floor((cases * worker) / workers);
  const thread = new Worker(new URL('./testing/differential-worker.ts', import.meta.url), { workerData: { firstSeed, cases: Math.floor((cases * (worker + 1)) / workers) - firstSeed } });
  thread.once('message', resolve);
  thread.once('error', reject);
});

describe('against the field’s own parser', () => {
  test('100,000 expressions give the same value, but for the classes decision 0009 justifies', async (t) => {
    const tallies = await Promise.all(Array.from({ length: workers }, (_, worker) => tallied(worker)));
    assert.deepEqual(tallies.flatMap((tally) => tally.unexplained), []);
    const same = tallies.reduce((sum, tally) => sum + tally.same, 0);
    let different = 0;
    for (const name of differenceClasses) {
      const count = tallies.reduce((sum, tally) => sum + tally.classes[name], 0);
      different += count;
      t.diagnostic(`${name}: ${count}`);
      assert.ok(count <= allowed[name], `${name} holds ${count}, more than ${allowed[name]}`);
      assert.ok(count > 0, `${name} is listed, but never happens`);
    }
    t.diagnostic(`same: ${same} of ${cases}`);
    assert.equal(same + different, cases);
  });

  const values = [1, 4, 2, 8, 0.5, 12];
  /** Over sample periods theirs take an array of values, ours read period by period. */
  function aggregates(text: string, theirText = text): readonly [unknown, unknown] {
    const expression = new ExpressionJs(theirText, ExpressionMode.PREDICTOR_GENERATOR_EXPRESSION);
    const data = new Map(expression.collectDataItems().map((item) => [item, new Float64Array(values)]));
    const theirs = expression.evaluate(() => null, new ExpressionDataJs(new Map(), new Map(), new Map(), data, new Map()));
    const parsed = parse(text);
    assert.ok(parsed.ok);
    const ours = compile(parsed.value)({ read: (_reference, shift) => values[-shift - 1] ?? null, samplePeriods: values.map((_, at) => -1 - at) });
    return [ours, theirs];
  }

  for (const name of ['sum', 'avg', 'count', 'min', 'max', 'median', 'stddev', 'stddevPop', 'stddevSamp', 'variance']) {
    test(`${name} over the sample periods is theirs`, () => {
      for (const inside of ['#{abcdefgh000}', '(#{abcdefgh000} * 2)', '(#{abcdefgh000} + #{abcdefgh000})']) {
        const [ours, theirs] = aggregates(`${name}(${inside})`);
        assert.ok(typeof ours === 'number' && typeof theirs === 'number');
        assert.ok(Math.abs(ours - theirs) <= 1e-12 * Math.abs(theirs), `${name}(${inside}): ${ours} against ${theirs}`);
      }
    });
  }

  test('percentileCont takes the share first, as the server does, and their package last', () => {
    for (const share of [0, 0.1, 0.25, 0.5, 0.9, 1]) {
      const [ours, theirs] = aggregates(`percentileCont(${share}, #{abcdefgh000})`, `percentileCont(#{abcdefgh000}, ${share})`);
      assert.ok(typeof ours === 'number' && typeof theirs === 'number' && Math.abs(ours - theirs) < 1e-12);
    }
  });

  test('what it refuses to read, we refuse', () => {
    for (const text of ['', '1 +', '1 2', '(1', '1)', '#{abcdefgh000', '"a', 'foo(1)', '* 2', 'if(1, 2)']) {
      assert.throws(() => new ExpressionJs(text, ExpressionMode.INDICATOR_EXPRESSION), /./);
      assert.equal(parse(text).ok, false, text);
    }
  });
});
