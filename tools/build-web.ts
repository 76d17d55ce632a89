/** `npm run build`: the screens into dist/web, with their sizes held to the budget of DESIGN section 9, goal 7. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { landingOf, withinBudget } from './web-budget.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist', 'web');
const stamp = join(out, '.stamp');

const sources = ['index.html', 'vite.config.ts', 'package-lock.json', 'tools/build-web.ts', 'web/**/*', 'app/web*', 'app/about.ts', 'kernel/*.ts',
  'modules/*/schema.ts', 'modules/*/schema/**/*.ts', 'modules/*/rules.ts', 'modules/*/rules/**/*', 'modules/*/entry/**/*', 'modules/*/formula/**/*', 'modules/*/messages.*.json', 'modules/*/screens/**/*'];

/** A digest of everything the screens are built from. */
export function digestOfSources(): string {
  const hash = createHash('sha256');
  const files = [...new Set(sources.flatMap((pattern) => globSync(pattern, { cwd: root })))].filter((file) => /\.\w+$/.test(file) && !file.includes('.test.')).sort();
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

/** Builds when the screens are missing or older than their sources. @returns the folder to serve, undefined when only a release's copy could be served and there is none */
export async function ensureWebBuilt(log: (line: string) => void): Promise<string | undefined> {
  if (!existsSync(join(root, 'index.html'))) return existsSync(join(out, 'index.html')) ? out : undefined;
  const digest = digestOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return out;
  const begun = performance.now();
  await buildWeb(digest);
  log(`dist/web: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return out;
}

/** @param digest of the sources; the service worker keeps its shell by it */
export async function buildWeb(digest: string): Promise<void> {
  const { build } = await import('vite'); // only a build needs it
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  writeServiceWorker(digest);
  writeFileSync(stamp, digest);
}

/** The worker is written by hand in one file; only the build's name and its files are filled in. */
function writeServiceWorker(digest: string): void {
  const shell = ['/', ...globSync(['assets/*', 'manifest.webmanifest', 'icon.svg'], { cwd: out }).filter((file) => !/(browser|esm)-[\w-]{8}\.js$/.test(file)).map((file) => `/${file.replaceAll('\\', '/')}`)].sort();
  const text = readFileSync(join(root, 'web', 'service-worker', 'worker.js'), 'utf8');
  writeFileSync(join(out, 'service-worker.js'), text.replace("'BUILD'", JSON.stringify(digest.slice(0, 16))).replace('[/* SHELL */]', JSON.stringify(shell)));
}

function report(): boolean {
  const asset = (name: string): Buffer => readFileSync(join(out, 'assets', name));
  const landing = landingOf(readFileSync(join(root, 'app', 'web-modules.ts'), 'utf8'), ['/viec', '/xa/:code', '/dang-nhap']);
  const verdict = withinBudget({
    page: readFileSync(join(out, 'index.html'), 'utf8'),
    names: readdirSync(join(out, 'assets')),
    read: (name) => asset(name).toString('utf8'),
    weigh: (name) => (name.endsWith('.woff2') ? asset(name).length : gzipSync(asset(name), { level: 9 }).length),
  }, landing);
  for (const line of verdict.lines) console.log(line);
  return verdict.within;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildWeb(digestOfSources());
  if (!report()) process.exitCode = 1;
}
