import { parentPort, workerData } from 'node:worker_threads';
import { tallyOf } from './differential.ts';

const given: unknown = workerData;
if (typeof given === 'object' && given !== null && 'firstSeed' in given && 'cases' in given) {
  parentPort?.postMessage(tallyOf(Number(given.firstSeed), Number(given.cases)));
}
