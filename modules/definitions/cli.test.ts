import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { programmeCheckCommand, programmeCommand } from './cli.ts';
import { builtInFolder } from './load/folder.ts';
import { definitions } from './module.ts';

let server: TestServer;
let folder: string;
before(async () => {
  server = await testServer([definitions]);
  folder = await mkdtemp(join(tmpdir(), 'sauro-programme-'));
  await cp(builtInFolder, folder, { recursive: true });
});
after(async () => { await server.close(); await rm(folder, { recursive: true }); });

async function run(...args: string[]): Promise<{ exit: number | undefined; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = { stdout: (text: string) => { out += text; }, stderr: (text: string) => { err += text; } };
  const exit = (await programmeCheckCommand(args, io)) ?? (await programmeCommand(args, io, server.db));
  return { exit, out, err };
}

describe('sauro programme', () => {
  test('checks the delivered folder without a database: no error, no warning', async () => {
    const { exit, out } = await run('check', folder, '--lang', 'en');
    assert.equal(exit, 0);
    assert.match(out, /^\d+ definitions, no error, 0 warnings/u);
  });
  test('tells what a load would do, loads, and then has nothing to do', async () => {
    const dry: unknown = JSON.parse((await run('diff', folder, '--json')).out);
    const wet: unknown = JSON.parse((await run('load', folder, '--note', 'lần đầu', '--json')).out);
    assert.deepEqual({ ...(wet as object), dryRun: true }, dry);
    assert.match((await run('diff', folder, '--lang', 'vi')).out, /Không có gì thay đổi/u);
  });
  test('a load without a note, a verb or option nobody knows: wrong use', async () => {
    for (const args of [['load', folder], ['paint', folder], ['check'], ['check', folder, '--fast']]) assert.equal((await run(...args)).exit, 2, args.join(' '));
  });
  test('a fault in one file names file, item, field and what to do, in both languages, and nothing is loaded', async () => {
    const path = join(folder, 'indicators.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"numerator": "#{da-tiep-can}"', '"numerator": "#{da-tiep-cna} / 0"'));
    await writeFile(join(folder, 'rules.json'), '{ "items": [');
    const broken = await run('load', folder, '--note', 'x');
    assert.equal(broken.exit, 1);
    assert.match(broken.err, /rules\.json: Không phải JSON đúng.* \/ Not valid JSON/u);
    await rm(join(folder, 'rules.json'));
    const wrong = await run('load', folder, '--note', 'x', '--lang', 'en');
    assert.match(wrong.err, /indicators\.json › tiep-can-dieu-tri › numerator: The formula is wrong at line 1, column 1/u);
    assert.match(wrong.err, /\^\^/u);
    assert.match((await run('diff', folder, '--json')).out, /"problem"/u);
  });
});
