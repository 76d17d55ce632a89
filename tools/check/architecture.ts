/**
 * Holds the code to the four rules of the layout (ARCHITECTURE.md): layers, declared needs, SQL ownership, privacy.
 * Reads text only, so a test can plant a breach without touching the disk.
 */
export type Files = ReadonlyMap<string, string>;
export type Breach = { readonly rule: 'layers' | 'needs' | 'sql' | 'privacy' | 'lists' | 'size' | 'tiers'; readonly file: string; readonly says: string };

type Manifest = { readonly name: string; readonly tier: string; readonly needs: readonly string[]; readonly holds: string; readonly tables: ReadonlyMap<string, string> };

const serverKinds = new Set(['store', 'actions', 'routes', 'index', 'module', 'cli', 'load', 'demo', 'jobs']);
const tierOrder = ['foundation', 'register', 'measure', 'output'];
/** What a kind of file may import from its own module. */
const ownImports: Readonly<Record<string, readonly string[]>> = {
  schema: ['schema', 'pure'],
  pure: ['schema', 'pure'],
  store: ['schema', 'pure', 'store'],
  actions: ['schema', 'pure', 'store', 'actions'],
  jobs: ['schema', 'pure', 'store', 'actions', 'jobs'],
  routes: ['schema', 'pure', 'store', 'actions', 'routes'],
  load: ['schema', 'pure', 'store', 'actions', 'load'],
  demo: ['schema', 'pure', 'store', 'actions', 'load', 'demo'],
  index: ['schema', 'pure', 'store', 'actions', 'load', 'demo'],
  cli: ['schema', 'pure', 'store', 'actions', 'load', 'index', 'cli'],
  module: ['schema', 'pure', 'store', 'actions', 'routes', 'jobs', 'index'],
  screens: ['schema', 'pure', 'screens', 'messages'],
};

export function checkArchitecture(files: Files): Breach[] {
  const manifests = manifestsOf(files);
  const breaches: Breach[] = [...checkLists(files, manifests), ...checkNeeds(manifests), ...checkTables(files, manifests)];
  for (const [file, text] of files) {
    if (!/\.tsx?$/.test(file)) continue;
    breaches.push(...checkSize(file, text), ...checkSql(file, text, manifests));
    for (const target of importsOf(file, text)) {
      const breach = checkImport(file, target, manifests);
      if (breach) breaches.push(breach);
    }
  }
  return breaches;
}

/** Specifiers of a file's imports, with aliases and relative paths resolved to paths from the root; packages as they are. */
export function importsOf(file: string, text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    if (specifier !== undefined) found.push(resolveSpecifier(file, specifier));
  }
  return found;
}

function resolveSpecifier(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return specifier;
  const parts = file.split('/').slice(0, -1);
  for (const step of specifier.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}

type Spot = { readonly tier: string; readonly module: string; readonly kind: string };

function spotOf(path: string): Spot {
  const [tier = '', module = '', third = ''] = path.split('/');
  if (tier !== 'modules') return { tier, module: '', kind: tier };
  const name = third.replace(/\.(test\.)?tsx?$|\.json$|\.css$/, '');
  if (/\.test\.tsx?$/.test(path) || third === 'testing' || path.includes('/testing/')) return { tier, module, kind: 'test' };
  if (name === 'screens') return { tier, module, kind: 'screens' };
  if (name.startsWith('messages')) return { tier, module, kind: 'messages' };
  if (name === 'schema' || serverKinds.has(name)) return { tier, module, kind: name };
  if (name === 'registry' || name === 'formula') return { tier, module, kind: 'schema' }; // pure folders other modules may enter, like a schema
  return { tier, module, kind: 'pure' };
}

const isPackage = (target: string): boolean => !/^(kernel|platform|web|modules|app|tools|bench|journeys)\//.test(target);
const browserSafePackages = /^(typebox(\/value)?|wouter|react(\/.*)?|preact(\/.*)?|@simplewebauthn\/browser|qrcode|react-dom(\/.*)?)$/;

function checkImport(file: string, target: string, manifests: ReadonlyMap<string, Manifest>): Breach | undefined {
  const from = spotOf(file);
  if (from.kind === 'test' || /\.test\.tsx?$/.test(file) || file.startsWith('platform/testing/')) return undefined;
  const layers = (says: string): Breach => ({ rule: 'layers', file, says });
  if (isPackage(target)) return checkPackage(file, from, target);
  const to = spotOf(target);
  switch (from.tier) {
    case 'kernel':
      return to.tier === 'kernel' ? undefined : layers(`the kernel imports nothing, but names ${target}`);
    case 'platform':
      return to.tier === 'kernel' || to.tier === 'platform' ? undefined : layers(`the platform knows nothing of the programme, but imports ${target}`);
    case 'web':
      return to.tier === 'kernel' || to.tier === 'web' ? undefined : layers(`the shell knows nothing of the programme, but imports ${target}`);
    case 'modules':
      return checkModuleImport(file, from, target, to, manifests);
    default:
      return undefined;
  }
}

function checkPackage(file: string, from: Spot, target: string): Breach | undefined {
  const pureSpot = from.tier === 'kernel' || (from.tier === 'modules' && ['schema', 'pure'].includes(from.kind));
  if (pureSpot && !/^typebox/.test(target)) return { rule: 'layers', file, says: `a rule is pure and runs in the browser too, but imports ${target}` };
  const screen = from.tier === 'web' || from.kind === 'screens';
  if (screen && !browserSafePackages.test(target) && !target.endsWith('.css')) return { rule: 'layers', file, says: `a screen imports ${target}, which no screen may` };
  return undefined;
}

function checkModuleImport(file: string, from: Spot, target: string, to: Spot, manifests: ReadonlyMap<string, Manifest>): Breach | undefined {
  const layers = (says: string): Breach => ({ rule: 'layers', file, says });
  if (to.tier === 'kernel') return undefined;
  if (to.tier === 'platform') return serverKinds.has(from.kind) ? undefined : layers(`${from.kind} may not reach the platform (${target})`);
  if (to.tier === 'web') return from.kind === 'screens' ? undefined : layers(`only screens draw with the kit (${target})`);
  if (to.tier !== 'modules') return layers(`a module does not import ${target}`);
  if (to.module === from.module) {
    const allowed = ownImports[from.kind] ?? [];
    return allowed.includes(to.kind) ? undefined : layers(`${from.kind} may not import ${to.kind} (${target})`);
  }
  const manifest = manifests.get(from.module);
  const otherHolds = manifests.get(to.module)?.holds;
  if (otherHolds === 'people' && manifest?.holds !== 'people') return { rule: 'privacy', file, says: `${from.module} may not import ${to.module}, which holds people` };
  if (!manifest?.needs.includes(to.module)) return { rule: 'needs', file, says: `${from.module} imports ${to.module} without naming it in its needs` };
  const door = to.kind === 'schema' || (to.kind === 'index' && serverKinds.has(from.kind));
  return door ? undefined : { rule: 'needs', file, says: `${to.module} is entered by its index or schema, not by ${target}` };
}

function manifestsOf(files: Files): Map<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  for (const [file, text] of files) {
    const module = /^modules\/([^/]+)\/module\.ts$/.exec(file)?.[1];
    if (module === undefined) continue;
    const list = (key: string): string[] => [...(new RegExp(`\\b${key}:\\s*\\[([^\\]]*)\\]`).exec(text)?.[1] ?? '').matchAll(/'([^']+)'/g)].map((m) => m[1] ?? '');
    const word = (key: string): string => new RegExp(`\\b${key}:\\s*'([^']+)'`).exec(text)?.[1] ?? '';
    const tables = new Map([...(/\btables:\s*\{([^}]*)\}/.exec(text)?.[1] ?? '').matchAll(/['"]?([a-z_.]+)['"]?:\s*'(distributed|reference|local)'/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
    manifests.set(module, { name: module, tier: word('tier'), needs: list('needs'), holds: word('holds'), tables });
  }
  return manifests;
}

function checkNeeds(manifests: ReadonlyMap<string, Manifest>): Breach[] {
  const breaches: Breach[] = [];
  for (const manifest of manifests.values()) {
    const file = `modules/${manifest.name}/module.ts`;
    if (!tierOrder.includes(manifest.tier)) breaches.push({ rule: 'tiers', file, says: 'the manifest names no tier' });
    for (const need of manifest.needs) {
      const other = manifests.get(need);
      if (!other) breaches.push({ rule: 'needs', file, says: `needs ${need}, which does not exist` });
      else if (tierOrder.indexOf(other.tier) > tierOrder.indexOf(manifest.tier)) breaches.push({ rule: 'tiers', file, says: `${manifest.tier} may not need ${need}, a ${other.tier}` });
      if (other?.holds === 'people' && manifest.holds !== 'people') breaches.push({ rule: 'privacy', file, says: `may not need ${need}, which holds people` });
    }
    if (reaches(manifest.name, manifest.name, manifests, new Set())) breaches.push({ rule: 'needs', file, says: 'needs itself in a circle' });
  }
  return breaches;
}

function reaches(from: string, goal: string, manifests: ReadonlyMap<string, Manifest>, seen: Set<string>): boolean {
  for (const need of manifests.get(from)?.needs ?? []) {
    if (need === goal) return true;
    if (seen.has(need)) continue;
    seen.add(need);
    if (reaches(need, goal, manifests, seen)) return true;
  }
  return false;
}

const sqlText = /\bsql`((?:[^`\\]|\\.)*)`/g;
const tableName = /\b(?:from|join|into|update|table|truncate)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)/gi;

function checkSql(file: string, text: string, manifests: ReadonlyMap<string, Manifest>): Breach[] {
  const spot = spotOf(file);
  if (spot.tier !== 'modules' || spot.kind === 'test') return [];
  const breaches: Breach[] = [];
  const own = spot.module.replaceAll('-', '_');
  const known = new Set(['platform', 'log', 'graphile_worker', 'public', ...[...manifests.keys()].map((name) => name.replaceAll('-', '_'))]);
  const needed = (manifests.get(spot.module)?.needs ?? []).map((need) => `${need.replaceAll('-', '_')}_pub`);
  for (const [, statement = ''] of text.matchAll(sqlText)) {
    if (!['store', 'load', 'demo'].includes(spot.kind)) breaches.push({ rule: 'sql', file, says: 'SQL stands in the store only' });
    for (const [, schema = '', table = ''] of statement.matchAll(tableName)) {
      if (!known.has(schema.replace(/_pub$/, ''))) continue; // an alias: `extract(day from s.due_on)`
      const allowed = schema === own || schema === `${own}_pub` || needed.includes(schema) || schema === 'pg_catalog' || schema === 'information_schema';
      if (!allowed) breaches.push({ rule: 'sql', file, says: `names ${schema}.${table}, which is not its own and not a published view of a needed module` });
    }
  }
  return breaches;
}

/** A distributed table's primary key and unique keys begin with or contain `province`. */
function checkTables(files: Files, manifests: ReadonlyMap<string, Manifest>): Breach[] {
  const breaches: Breach[] = [];
  for (const [file, text] of files) {
    const module = /^modules\/([^/]+)\/migrations\/[^/]+\.sql$/.exec(file)?.[1];
    if (module === undefined) continue;
    const own = module.replaceAll('-', '_');
    for (const [, schema = '', table = '', columns = ''] of text.matchAll(/create table (?:if not exists )?([a-z_]+)\.([a-z_]+)\s*\(([\s\S]*?)\n\);/g)) {
      if (schema !== own) breaches.push({ rule: 'sql', file, says: `creates ${schema}.${table} outside its own schema` });
      const kind = manifests.get(module)?.tables.get(table) ?? manifests.get(module)?.tables.get(`${schema}.${table}`);
      if (kind === undefined) breaches.push({ rule: 'sql', file, says: `${table} is not in the manifest's tables, so nobody knows how it distributes` });
      if (kind !== 'distributed') continue;
      const keys = [...columns.matchAll(/(?:primary key|unique)\s*\(([^)]*)\)/g)].map((m) => m[1] ?? '');
      if (keys.length === 0 || !keys.every((key) => /\bprovince\b/.test(key))) breaches.push({ rule: 'sql', file, says: `${table} is distributed, so each of its keys must contain province` });
    }
  }
  return breaches;
}

function checkLists(files: Files, manifests: ReadonlyMap<string, Manifest>): Breach[] {
  const server = files.get('app/server-modules.ts') ?? '';
  const web = files.get('app/web-modules.ts') ?? '';
  const breaches: Breach[] = [];
  for (const name of manifests.keys()) {
    if (!server.includes(`modules/${name}/module.ts`)) breaches.push({ rule: 'lists', file: 'app/server-modules.ts', says: `lacks the line for ${name}` });
    const drawn = [...files.keys()].some((file) => file.startsWith(`modules/${name}/screens/`));
    if (drawn && !web.includes(`modules/${name}/screens/`)) breaches.push({ rule: 'lists', file: 'app/web-modules.ts', says: `lacks the screens of ${name}` });
  }
  return breaches;
}

function checkSize(file: string, text: string): Breach[] {
  const lines = text.split('\n').length - 1;
  const limit = file.endsWith('.tsx') ? 250 : 400;
  return lines > limit ? [{ rule: 'size', file, says: `${lines} lines; at most ${limit}` }] : [];
}
