import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldText, normalise, sourceSpan } from './normalise.ts';

const signs = fc.constantFrom(
  'a', 'ế', 'Ủy ban', ' ', '\n', '\r\n', '\r', '\u00a0', '\t', 'e\u0302\u0301', 'u\u031b\u0323', 'đ', 'Đ', '–', '—', '•', '\uf0b7', '“', '”', '\u200f', '\u202a', '\u200b', '\u00ad', '\ufeff',
  '.', '- ', '2025', '😀', '\u0301', 'ỷ', 'hoà', 'vớiBộ', '\u2028', '\u0000', '\ud800', 'İ',
);
const pasted = fc.array(signs, { maxLength: 60 }).map((parts) => parts.join(''));

/** The words of a text without spaces, marks of layout and signs nobody sees: what must survive normalising. */
const bare = (text: string): string => normalise(text).text.replace(/\s/gu, '');

test('R46: every stretch of the read text leads back to the same characters of the source', () => {
  fc.assert(fc.property(pasted, fc.nat(), fc.nat(), (source, a, b) => {
    const normal = normalise(source);
    const [from, to] = [Math.min(a, b) % (normal.text.length + 1), Math.max(a, b) % (normal.text.length + 1)];
    if (from >= to) return;
    const [start, end] = sourceSpan(normal, from, to);
    const slice = source.slice(start, end);
    // A composed sign comes from its whole cluster, so at the edges the slice may hold no less than what was asked for.
    assert.ok(bare(slice).includes(normal.text.slice(from, to).replace(/\s/gu, '')), JSON.stringify({ source, from, to, slice }));
  }), { numRuns: 400 });
});

test('the map never runs backwards and never leaves the source', () => {
  fc.assert(fc.property(pasted, (source) => {
    const normal = normalise(source);
    assert.equal(normal.fold.length, normal.text.length);
    let last = 0;
    for (let i = 0; i < normal.text.length; i++) {
      const [start, end] = [normal.starts[i] ?? -1, normal.ends[i] ?? -1];
      assert.ok(start >= last && end >= start && end <= source.length);
      last = start;
    }
  }), { numRuns: 400 });
});

test('composed and decomposed text read the same', () => {
  fc.assert(fc.property(pasted.filter((text) => !/[\u0300-\u036f]/u.test(text.normalize('NFC'))), (source) => {
    assert.equal(normalise(source.normalize('NFD')).text, normalise(source.normalize('NFC')).text);
  }));
});

test('line ends of every system, no-break spaces and bidi controls leave the words as they are', () => {
  const plain = 'Giao Bộ Công an báo cáo trước ngày 31/12/2025.\nGiao Bộ Y tế thực hiện.';
  for (const source of [plain.replace(/\n/gu, '\r\n'), plain.replace(/\n/gu, '\r'), plain.replace(/ (?=\d)/gu, '\u00a0'), `\ufeff${plain.replace('Giao', '\u202aGiao\u202c')}`, plain.normalize('NFD')]) {
    assert.equal(normalise(source).text, plain);
  }
});

test('both places of the tone mark fold alike, and only at the end of a syllable', () => {
  assert.equal(foldText('UỶ BAN hoà thuỷ khoẻ'), foldText('ủy ban hòa thủy khỏe'));
  assert.equal(foldText('Hoàn thành quỹ'), 'hoàn thành quỹ');
});

test('words run together by a paste are parted, and the span still points at the source', () => {
  const source = 'phối hợp vớiBộ Công an';
  const normal = normalise(source);
  const at = normal.text.indexOf('Bộ Công an');
  assert.ok(at > 0);
  const [start, end] = sourceSpan(normal, at, at + 'Bộ Công an'.length);
  assert.equal(source.slice(start, end), 'Bộ Công an');
});
