import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkArchitecture, importsOf, type Files } from './architecture.ts';
import { readSources } from './sources.ts';

const sources = readSources();
const breachesOf = (extra: Record<string, string>) => checkArchitecture(new Map([...sources, ...Object.entries(extra)]));
const append = (file: string, line: string): Record<string, string> => ({ [file]: `${sources.get(file) ?? ''}\n${line}\n` });

test('the tree as it stands has no breach', () => {
  assert.deepEqual(checkArchitecture(sources), []);
});

/** Ten breaches of the layout, each planted alone in the real tree; the check must name the file. */
const planted: readonly { name: string; rule: string; file: string; files: Record<string, string> }[] = [
  { name: 'a rule reads the disk', rule: 'layers', file: 'modules/directives/rules/planted.ts', files: { 'modules/directives/rules/planted.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n" } },
  { name: 'a rule reaches into the store', rule: 'layers', file: 'modules/directives/rules/planted.ts', files: { 'modules/directives/rules/planted.ts': "import { x } from '../store/tasks.ts';\nexport const y = x;\n" } },
  { name: 'a store calls an action', rule: 'layers', file: 'modules/identity/store/planted.ts', files: { 'modules/identity/store/planted.ts': "import { signIn } from '../actions/sign-in.ts';\nexport const y = signIn;\n" } },
  { name: 'a screen opens the database', rule: 'layers', file: 'modules/audit/screens/planted.tsx', files: { 'modules/audit/screens/planted.tsx': "import { sql } from '#platform/db/sql.ts';\nexport const y = sql;\n" } },
  { name: 'the platform learns of the programme', rule: 'layers', file: 'platform/planted.ts', files: { 'platform/planted.ts': "import { y } from '#modules/directives/schema.ts';\nexport const z = y;\n" } },
  { name: 'the kernel imports a library of the server', rule: 'layers', file: 'kernel/planted.ts', files: { 'kernel/planted.ts': "import pg from 'pg';\nexport const z = pg;\n" } },
  { name: 'a module is used that is not in the needs', rule: 'needs', file: 'modules/org-units/actions.ts', files: append('modules/org-units/actions.ts', "import { z } from '#modules/directives/index.ts';") },
  { name: 'a module is entered by a side door', rule: 'needs', file: 'modules/directives/actions/planted.ts', files: { 'modules/directives/actions/planted.ts': "import { x } from '#modules/identity/store/accounts.ts';\nexport const y = x;\n" } },
  { name: 'a store reads the tables of another module', rule: 'sql', file: 'modules/directives/store/planted.ts', files: { 'modules/directives/store/planted.ts': "import { sql } from '#platform/db/sql.ts';\nexport const q = sql`select 1 from identity.account`;\n" } },
  { name: 'an output needs a module that holds people', rule: 'privacy', file: 'modules/portal/module.ts', files: {
    'modules/care/module.ts': "export const care = defineModule({ name: 'care', tier: 'register', needs: [], holds: 'people', tables: {}, permissions: {}, routes: [] });",
    'modules/portal/module.ts': "export const portal = defineModule({ name: 'portal', tier: 'output', needs: ['care'], holds: 'places', tables: {}, permissions: {}, routes: [] });",
  } },
  { name: 'a foundation needs a register', rule: 'tiers', file: 'modules/org-units/module.ts', files: { 'modules/org-units/module.ts': (sources.get('modules/org-units/module.ts') ?? '').replace(/needs: \[[^\]]*\]/, "needs: ['directives']") } },
  { name: 'a distributed table has a key without province', rule: 'sql', file: 'modules/directives/migrations/999-planted.sql', files: { 'modules/directives/migrations/999-planted.sql': 'create table directives.task (\n  id uuid,\n  primary key (id)\n);\n' } },
  { name: 'a module is missing from the list of the app', rule: 'lists', file: 'app/server-modules.ts', files: { 'app/server-modules.ts': '' } },
];

for (const breach of planted) {
  test(`a planted breach is found: ${breach.name}`, () => {
    const found = breachesOf(breach.files);
    assert.ok(found.some((b) => b.rule === breach.rule && b.file === breach.file), `not found among ${JSON.stringify(found)}`);
  });
}

test('imports are read from every form a module uses', () => {
  const text = "import a, { b } from './x.ts';\nimport type { C } from '#kernel/id.ts';\nexport { d } from '../y.ts';\nconst e = import('./z.ts');\nimport './side.css';\nimport {\n  f,\n} from './many.ts';\n";
  assert.deepEqual(importsOf('modules/a/rules/r.ts', text), ['modules/a/rules/x.ts', 'kernel/id.ts', 'modules/a/y.ts', 'modules/a/rules/z.ts', 'modules/a/rules/side.css', 'modules/a/rules/many.ts']);
});

const unused: Files = new Map();
test('an empty tree has nothing to say', () => assert.deepEqual(checkArchitecture(unused), []));
