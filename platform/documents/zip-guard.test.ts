import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeZip } from './hostile-files.ts';
import { openArchive } from './zip-guard.ts';

const zeros = (mb: number): Uint8Array => new Uint8Array(mb * 1024 * 1024);
const refusal = (bytes: Uint8Array): unknown => {
  const opened = openArchive(bytes);
  return opened.ok ? 'opened' : opened.problem;
};

describe('R42: an archive from a stranger', () => {
  test('R42: an honest archive gives each part back', () => {
    const opened = openArchive(makeZip([{ name: 'a.xml', content: '<a>Việt</a>' }, { name: 'b/c.txt', content: 'x', stored: true }]));
    assert.ok(opened.ok);
    assert.deepEqual(opened.value.names, ['a.xml', 'b/c.txt']);
    const part = opened.value.read('a.xml');
    assert.ok(part.ok && part.value !== undefined);
    assert.equal(new TextDecoder().decode(part.value), '<a>Việt</a>');
    assert.deepEqual(opened.value.read('none'), { ok: true, value: undefined });
  });

  test('R42: a flat bomb of zeros is refused by its ratio before anything is inflated', () => {
    assert.deepEqual(refusal(makeZip([{ name: 'a', content: zeros(8) }])), { code: 'document-zip-bomb', reason: 'ratio' });
  });

  test('R42: many parts that together pass 64 MB are refused by the sum', () => {
    const noise = new Uint8Array(11 * 1024 * 1024).map((_, i) => (i * i * 31 + (i >> 7)) & 255);
    const parts = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, content: noise, stored: true }));
    assert.deepEqual(refusal(makeZip(parts)), { code: 'document-zip-bomb', reason: 'size' });
  });

  test('R42: a part that says it is small and is not stops at the size it said', () => {
    const opened = openArchive(makeZip([{ name: 'a', content: zeros(40), declaredSize: 1000 }]));
    assert.ok(opened.ok);
    const before = process.memoryUsage().arrayBuffers;
    assert.deepEqual(opened.value.read('a'), { ok: false, problem: { code: 'document-zip-bomb', reason: 'size-lies' } });
    assert.ok(process.memoryUsage().arrayBuffers - before < 8 * 1024 * 1024, 'memory stays far below what the part would inflate to');
  });

  test('R42: a part that says it is larger than it is, is damaged', () => {
    const opened = openArchive(makeZip([{ name: 'a', content: 'short', declaredSize: 400 }]));
    assert.ok(opened.ok);
    assert.deepEqual(opened.value.read('a'), { ok: false, problem: { code: 'document-corrupt', reason: 'size' } });
  });

  test('R42: overlapping parts are refused', () => {
    const shared = makeZip([{ name: 'a', content: 'x'.repeat(900) }, { name: 'A2', content: '', sharesBytesOf: 'a', localName: 'a' }]);
    assert.notEqual(refusal(shared), 'opened');
    // two directory entries of one name size over the same bytes: the local name agrees with both only when names are equal
    const same = makeZip([{ name: 'a', content: 'x'.repeat(900) }, { name: 'a', content: '', sharesBytesOf: 'a' }]);
    assert.deepEqual(refusal(same), { code: 'document-zip-bomb', reason: 'duplicate-name' });
  });

  test('R42: a header inside the bytes of another part (quoted overlap) is refused', () => {
    const inner = makeZip([{ name: 'b', content: 'y'.repeat(50), stored: true }]).subarray(0, 30 + 1 + 50);
    const bytes = Buffer.from(makeZip([{ name: 'a', content: inner, stored: true }, { name: 'b', content: 'y'.repeat(50), stored: true }]));
    const directoryAt = bytes.readUInt32LE(bytes.length - 6);
    const second = directoryAt + 46 + 1;
    bytes.writeUInt32LE(31, second + 42);
    assert.deepEqual(refusal(bytes), { code: 'document-zip-bomb', reason: 'overlap' });
  });

  test('R42: 65,536 entries, and more entries than are counted, are refused', () => {
    const many = Array.from({ length: 65_536 }, (_, i) => ({ name: `e${i}`, content: '', stored: true }));
    assert.notEqual(refusal(makeZip(many)), 'opened');
    assert.deepEqual(refusal(makeZip(many.slice(0, 1_001))), { code: 'document-zip-bomb', reason: 'entries' });
    assert.deepEqual(refusal(makeZip(many.slice(0, 3), { count: 2 })), { code: 'document-zip-bomb', reason: 'directory-size' });
  });

  for (const name of ['../../etc/passwd', '/etc/passwd', 'C:\\x', 'word\\document.xml', 'a/../b', 'a\0b']) {
    test(`R42: the name ${JSON.stringify(name)} is refused`, () => {
      assert.deepEqual(refusal(makeZip([{ name, content: 'x' }])), { code: 'document-zip-bomb', reason: 'unsafe-name' });
    });
  }

  test('R42: names that differ only by case are duplicates, as office programs see them', () => {
    assert.deepEqual(refusal(makeZip([{ name: 'word/a.xml', content: '1' }, { name: 'WORD/A.xml', content: '2' }])), { code: 'document-zip-bomb', reason: 'duplicate-name' });
  });

  test('R42: a symbolic link is refused', () => {
    assert.deepEqual(refusal(makeZip([{ name: 'link', content: '/etc/passwd', unixMode: 0o120777 }])), { code: 'document-zip-bomb', reason: 'symlink' });
  });

  test('R42: a name that the part itself contradicts is refused', () => {
    assert.deepEqual(refusal(makeZip([{ name: 'a', content: 'x', localName: 'b' }])), { code: 'document-corrupt', reason: 'entry' });
  });

  test('R42: zip64 claims and a zip encrypted part by part have their own answers', () => {
    assert.deepEqual(refusal(makeZip([{ name: 'a', content: 'x', declaredSize: 0xffffffff }])), { code: 'document-zip-bomb', reason: 'zip64' });
    assert.deepEqual(refusal(makeZip([{ name: 'a', content: 'x', flags: 1 }])), { code: 'document-encrypted' });
  });

  test('R42: cut and altered archives are refused, never thrown', () => {
    const good = makeZip([{ name: 'a', content: 'một hai ba '.repeat(40) }, { name: 'b', content: 'x' }]);
    for (let length = 0; length < good.length; length += 1) assert.notEqual(refusal(good.subarray(0, length)), 'opened');
    let refusedOrRead = 0;
    for (let at = 0; at < good.length; at += 1) {
      const altered = Uint8Array.from(good);
      altered[at] = (altered[at] ?? 0) ^ 0xff;
      const opened = openArchive(altered);
      if (opened.ok) for (const name of opened.value.names) opened.value.read(name);
      refusedOrRead += 1;
    }
    assert.equal(refusedOrRead, good.length);
  });
});
