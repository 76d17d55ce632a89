/** `npm run bench -- directives`: runs one measurement by name and prints ratios, which hold across machines; times do not. */
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !['run.ts', 'dhis2-shape.ts'].includes(name) && !name.startsWith('lib')).map((name) => name.slice(0, -3)).sort();
const [wanted = 'all'] = process.argv.slice(2);
const chosen = wanted === 'all' ? names : names.filter((name) => name === wanted);
if (chosen.length === 0) {
  console.error(`Không có phép đo "${wanted}". / There is no measurement "${wanted}".\n${names.map((name) => `  npm run bench -- ${name}`).join('\n')}`);
  process.exit(2);
}
let missed = 0;
for (const name of chosen) {
  const measurement: { readonly measure: () => Promise<number> } = await import(`./${name}.ts`);
  missed += await measurement.measure();
}
process.exitCode = missed === 0 ? 0 : 1;
