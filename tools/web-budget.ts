/** The built site as the check reads it: text of a file in `assets/` by its name, and its weight (gzipped, plain for fonts). */
export type Built = { readonly page: string; readonly names: readonly string[]; read(name: string): string; weigh(name: string): number };
export type Verdict = { readonly within: boolean; readonly lines: readonly string[] };

/** gz bytes of scripts and styles, plain bytes of fonts, and the number of requests (DESIGN section 9, goal 7). */
export const budget = { script: 120_000, style: 20_000, font: 75_000, requests: 12 } as const;
type Kind = keyof Omit<typeof budget, 'requests'>;
const endings: Readonly<Record<Kind, RegExp>> = { script: /\.js$/, style: /\.css$/, font: /\.woff2$/ };
/** The page itself, `/api/about`, `/api/session`. */
const fixedRequests = 3;

const assetsIn = (text: string): string[] => [...text.matchAll(/[\w./-]*?([\w-]+-[\w-]{8}\.(?:js|css|woff2))/g)].map((found) => found[1] ?? '');
const staticImports = (text: string): string[] => [...text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map((found) => found[1] ?? '');

/**
 * Weighs what a commune officer's first page fetches: what the page names, what those files import, the Vietnamese words
 * and the screen the officer lands on.
 * @param landing name of the landing screen's file without ending; @throws when a part is not in the build, so that nothing passes unweighed
 */
export function withinBudget(built: Built, landing: string): Verdict {
  const roots = assetsIn(built.page);
  if (!roots.some((name) => endings.script.test(name))) throw new Error('the page names no script');
  const files = closure(built, [...roots, only(built, 'words-vi'), only(built, landing)]);
  const fonts = files.filter((name) => endings.style.test(name)).flatMap((name) => assetsIn(built.read(name))).filter((name) => endings.font.test(name));
  const all = [...new Set([...files, ...fonts])];
  const lines: string[] = [];
  let within = true;
  for (const kind of ['script', 'style', 'font'] as const) {
    const names = all.filter((name) => endings[kind].test(name));
    const total = names.reduce((sum, name) => sum + built.weigh(name), 0);
    if (total > budget[kind] || total === 0) within = false;
    lines.push(`${kind.padEnd(9)} ${String(total).padStart(7)} of ${budget[kind]} bytes${kind === 'font' ? '' : ' gz'}  (${names.map((name) => `${name} ${built.weigh(name)}`).join(', ')})`);
  }
  const requests = all.length + fixedRequests;
  if (requests > budget.requests) within = false;
  lines.push(`requests  ${String(requests).padStart(7)} of ${budget.requests}  (page, about and session among them)`, within ? 'within budget' : 'OVER BUDGET');
  return { within, lines };
}

function only(built: Built, name: string): string {
  const found = built.names.find((file) => file.startsWith(`${name}-`) && file.endsWith('.js') && file.length === name.length + '-xxxxxxxx.js'.length);
  if (found === undefined) throw new Error(`the build has no file ${name}`);
  return found;
}

function closure(built: Built, roots: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    if (endings.script.test(name)) staticImports(built.read(name)).forEach(visit);
  };
  roots.forEach(visit);
  return [...seen];
}

/** The file behind the first of these addresses that the list of screens has. */
export function landingOf(webModules: string, paths: readonly string[]): string {
  for (const path of paths) {
    const found = new RegExp(`path: '${path}',[^}]*?screens/([\\w-]+)\\.tsx`).exec(webModules);
    if (found?.[1] !== undefined) return found[1];
  }
  throw new Error(`no screen for ${paths.join(', ')}`);
}
