// Kills node and PostgreSQL with -9 at seeded random points and looks for lost writes (SECURITY R54.6).
// Usage: node tools/crash-campaign.ts [--points 200] [--seed 1]
import { parseArgs } from 'node:util';
import { runCampaign } from '#platform/postgres/crash-campaign.ts';

const { values } = parseArgs({ options: { points: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } } });
const report = await runCampaign(Number(values.points), Number(values.seed), (line) => console.error(line));
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.lost.length + report.halfApplied.length === 0 && report.acknowledged > 0 ? 0 : 1;
