/** One entry of Vite's manifest, as far as sizes need it. */
export type Chunk = { readonly file: string; readonly isEntry?: boolean; readonly imports?: readonly string[]; readonly dynamicImports?: readonly string[]; readonly css?: readonly string[]; readonly assets?: readonly string[] };
export type Weighed = { readonly file: string; readonly size: number };
export type Verdict = { readonly within: boolean; readonly lines: readonly string[] };

/** What a commune officer's first page fetches besides the entry: the words, and the first of these screens that exists. */
export const firstLoad = ['web/messages.vi.json', 'modules/identity/screens/messages.vi.json', 'modules/directives/screens/messages.vi.json', 'modules/directives/messages.vi.json', 'modules/org-units/messages.vi.json'];
export const firstScreens = ['modules/directives/screens/my-work.tsx', 'modules/org-units/screens/unit.tsx', 'modules/identity/screens/sign-in.tsx'];

/** gz bytes of scripts and styles, plain bytes of fonts, and the number of requests (page, about and session included). */
export const budget = { script: 120_000, style: 20_000, font: 75_000, requests: 12 } as const;
const fixedRequests = 3;

/** Weighs the commune role's first load against the budget. @param weigh size of a built file, gzipped unless it is a font */
export function withinBudget(manifest: Readonly<Record<string, Chunk>>, weigh: (file: string) => Weighed): Verdict {
  const screen = firstScreens.find((name) => manifest[name] !== undefined);
  const roots = [...Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true), ...firstLoad, ...(screen === undefined ? [] : [screen])];
  const chunks = closure(manifest, roots);
  const files = [...new Set(chunks.flatMap((chunk) => [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]))];
  const kinds = { script: /\.js$/, style: /\.css$/, font: /\.woff2$/ } as const;
  const lines: string[] = [];
  let within = true;
  for (const kind of ['script', 'style', 'font'] as const) {
    const weighed = files.filter((file) => kinds[kind].test(file)).map(weigh);
    const total = weighed.reduce((sum, one) => sum + one.size, 0);
    if (total > budget[kind]) within = false;
    lines.push(`${kind.padEnd(9)} ${String(total).padStart(7)} of ${budget[kind]} bytes${kind === 'font' ? '' : ' gz'}  (${weighed.map((one) => `${one.file.replace(/^assets\//, '')} ${one.size}`).join(', ')})`);
  }
  const requests = files.filter((file) => /\.(js|css|woff2)$/.test(file)).length + fixedRequests;
  if (requests > budget.requests) within = false;
  lines.push(`requests  ${String(requests).padStart(7)} of ${budget.requests}  (${fixedRequests} of them: page, about, session)`, within ? 'within budget' : 'OVER BUDGET');
  return { within, lines };
}

function closure(manifest: Readonly<Record<string, Chunk>>, roots: readonly string[]): Chunk[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || manifest[name] === undefined) return;
    seen.add(name);
    manifest[name].imports?.forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].flatMap((name) => manifest[name] ?? []);
}
