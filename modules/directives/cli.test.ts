import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { directivesCommand, extractCommand } from './cli.ts';
import { readFixtures } from '../../tools/directive-fixtures.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sauro-cli-'));
});
after(() => rm(folder, { recursive: true }));

async function run(args: readonly string[], command = extractCommand) {
  let [stdout, stderr] = ['', ''];
  const code = await command(args, { stdout: (text) => { stdout += text; }, stderr: (text) => { stderr += text; } });
  return { code, stdout, stderr };
}

const sample = readFixtures()[0]?.text ?? '';
async function saved(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

describe('sauro directives extract', () => {
  test('prints one JSON object with spans into the file as it is, byte order mark included', async () => {
    for (const text of [sample, `\ufeff${sample}`]) {
      const file = await saved('thong-bao.txt', text);
      const { code, stdout, stderr } = await run([file, '--json']);
      assert.equal(code, 0);
      assert.equal(stderr, '');
      const answer: { id: string; assignments: { span: [number, number]; text: string }[] } = JSON.parse(stdout);
      assert.equal(answer.id, 'thong-bao');
      assert.ok(answer.assignments.length > 5);
      for (const one of answer.assignments) assert.equal(text.slice(...one.span), one.text);
    }
  });

  test('prints the same bytes for the same file', async () => {
    const file = await saved('mot.txt', sample);
    assert.equal((await run([file, '--json'])).stdout, (await run([file, '--json'])).stdout);
  });

  test('without --json a person can read it, in Vietnamese or English', async () => {
    const file = await saved('doc.txt', sample);
    assert.match((await run([file])).stdout, /Chủ trì: .*\n[\s\S]*Chưa rõ:/u);
    assert.match((await run([file, '--lang', 'en'])).stdout, /Lead: .*\n[\s\S]*Unclear:/u);
  });

  test('a file that orders nobody gives no assignment and is no error', async () => {
    const file = await saved('tho.txt', 'Quê hương là chùm khế ngọt');
    const json = await run([file, '--json']);
    assert.equal(json.code, 0);
    assert.deepEqual(JSON.parse(json.stdout), { id: 'tho', assignments: [] });
    assert.match((await run([file])).stdout, /không phải văn bản chỉ đạo/u);
  });

  test('wrong use is 2, a file that is not there 3', async () => {
    for (const args of [[], ['--json'], ['a', 'b'], ['a', '--what'], ['a', '--lang', 'fr']]) assert.equal((await run(args)).code, 2, args.join(' '));
    const { code, stdout, stderr } = await run([join(folder, 'none.txt'), '--json']);
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /none\.txt/u);
    assert.equal((await run(['nonsense'], directivesCommand)).code, 2);
  });

  test('bytes that are no text are refused with 3', async () => {
    const file = await saved('nhi-phan.docx', Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256));
    assert.equal((await run([file, '--json'])).code, 3);
  });
});
