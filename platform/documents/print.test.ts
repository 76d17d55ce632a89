import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printDocx, printPdf } from './print.ts';
import { readDocument } from './read.ts';
import { sampleDocument } from './sample-document.ts';

test('a long annex is printed apart while the process goes on with other work', async () => {
  let turns = 0;
  const clock = setInterval(() => {
    turns += 1;
  }, 5);
  const [pdf, docx] = await Promise.all([printPdf(sampleDocument(300)), printDocx(sampleDocument(300))]);
  clearInterval(clock);
  assert.ok(turns > 10, 'the event loop kept turning');
  for (const [bytes, kind] of [[pdf, 'pdf'], [docx, 'docx']] as const) {
    const read = await readDocument(bytes, 'phu-luc');
    assert.ok(read.ok);
    assert.equal(read.value.kind, kind);
    assert.match(read.value.text, /Nhiệm vụ số 300: rà soát/);
  }
});

test('a short document is printed the same way', async () => {
  const read = await readDocument(await printPdf(sampleDocument(1)), 'a');
  assert.ok(read.ok && read.value.text.includes('Nguyễn Văn Mẫu'));
});
