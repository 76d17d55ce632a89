import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { stripPhotograph } from './strip.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const bytesOf = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const u32 = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const u32le = (n: number): number[] => u32(n).reverse();
const marked = 'CANARY-21.0285-105.8542-NguyenVanA';
const secret = ascii(marked);

function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}
const drawFrom = (seed: number) => { const next = numbers(seed); return (most: number): number => ((next.next().value ?? 0) >>> 8) % most; };

// JPEG: a grey 8 × 8 image, its scan of zeros, with any segments between.
const segment = (marker: number, body: Uint8Array | readonly number[]): Uint8Array => bytesOf([0xff, marker, ((body.length + 2) >> 8) & 255, (body.length + 2) & 255], body);
const dqt = segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]);
const sof = segment(0xc0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
const dht = (kind: number): Uint8Array => segment(0xc4, [kind, 1, ...Array.from({ length: 15 }, () => 0), 0]);
const scan = bytesOf(segment(0xda, [1, 1, 0, 0, 63, 0]), [0x3f, 0xff, 0x00, 0xd2, 0xff, 0xd0, 0x12]);
const jpegOf = (between: readonly Uint8Array[], behind: Uint8Array = new Uint8Array()): Uint8Array => bytesOf([0xff, 0xd8], ...between.slice(0, 2), dqt, ...between.slice(2, 4), sof, dht(0), dht(0x10), ...between.slice(4), scan, [0xff, 0xd9], behind);
const plainJpeg = jpegOf([]);
const jpegMetadata = (): Uint8Array[] => [
  segment(0xe0, bytesOf(ascii('JFIF\0'), [1, 2, 0, 0, 1, 0, 1, 0, 0], secret)), segment(0xe1, bytesOf(ascii('Exif\0\0MM'), secret)), segment(0xe1, bytesOf(ascii('http://ns.adobe.com/xap/1.0/\0'), secret)), segment(0xe2, bytesOf(ascii('ICC_PROFILE\0'), secret)),
  segment(0xed, bytesOf(ascii('Photoshop 3.0\x008BIM'), secret)), segment(0xfe, secret), segment(0xef, secret), segment(0xe2, bytesOf(ascii('MPF\0'), secret)), segment(0xf3, secret),
];

// PNG: 8 × 8, grey.
const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const crc = (bytes: Uint8Array): number => (bytes.reduce((c, byte) => (table[(c ^ byte) & 255] ?? 0) ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const chunk = (type: string, body: Uint8Array | readonly number[]): Uint8Array => bytesOf(u32(body.length), ascii(type), body, u32(crc(bytesOf(ascii(type), body))));
const pixels = Uint8Array.from({ length: 72 }, (_, i) => (i % 9 === 0 ? 0 : i * 3));
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const pngOf = (before: readonly Uint8Array[], after: readonly Uint8Array[] = [], behind: Uint8Array = new Uint8Array()): Uint8Array =>
  bytesOf(signature, chunk('IHDR', [...u32(8), ...u32(8), 8, 0, 0, 0, 0]), ...before, chunk('IDAT', deflateSync(pixels)), ...after, chunk('IEND', []), behind);
const pngMetadata = (): Uint8Array[] => [
  chunk('tEXt', bytesOf(ascii('Author\0'), secret)), chunk('iTXt', bytesOf(ascii('XML:com.adobe.xmp\0\0\0\0\0'), secret)), chunk('zTXt', bytesOf(ascii('Comment\0\0'), deflateSync(secret))), chunk('eXIf', bytesOf(ascii('MM'), secret)),
  chunk('iCCP', bytesOf(ascii('p\0\0'), deflateSync(secret))), chunk('tIME', [7, 234, 11, 22, 1, 0, 0]), chunk('pHYs', [...u32(1), ...u32(1), 1]), chunk('prVt', secret), chunk('gAMA', u32(45455)),
];

// WebP: a lossless image of 8 × 8 (the header is what is read; the data are copied).
const riff = (...chunks: readonly Uint8Array[]): Uint8Array => { const body = bytesOf(ascii('WEBP'), ...chunks); return bytesOf(ascii('RIFF'), u32le(body.length), body); };
const webpChunk = (type: string, body: Uint8Array | readonly number[]): Uint8Array => bytesOf(ascii(type), u32le(body.length), body, body.length % 2 === 1 ? [0] : []);
const lossless = webpChunk('VP8L', [0x2f, 0x07, 0xc0, 0x01, 0x00, 0x88, 0x88, 0x08, 0x07]);
const vp8x = (flags: number): Uint8Array => webpChunk('VP8X', [flags, 1, 2, 3, 7, 0, 0, 7, 0, 0]);
const webpMetadata = (): Uint8Array[] => [webpChunk('EXIF', bytesOf(ascii('MM'), secret)), webpChunk('XMP ', secret), webpChunk('ICCP', secret), webpChunk('ABCD', secret)];

const holds = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(Buffer.from(text, 'latin1'));
function strippedOf(bytes: Uint8Array): Uint8Array {
  const stripped = stripPhotograph(bytes);
  assert.ok(stripped.ok, stripped.ok ? '' : stripped.problem.code);
  assert.deepEqual([stripped.value.width, stripped.value.height], [8, 8]);
  for (const word of [marked, 'CANARY', 'Exif', 'ICC_PROFILE', 'adobe.com', 'Photoshop', 'JFIF', 'MPF', 'tEXt', 'iTXt', 'zTXt', 'eXIf', 'iCCP', 'tIME', 'EXIF', 'XMP ', 'ICCP']) assert.equal(holds(stripped.value.bytes, word), false, `still holds ${word}`);
  return stripped.value.bytes;
}
/** Some of a list, in another order. */
function some<T>(list: readonly T[], draw: (most: number) => number): T[] {
  return list.filter(() => draw(2) === 0).map((one) => [draw(1000), one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
}

describe('E1: photographs without anything but the image', () => {
  test('E1: JPEG: of any mix of segments nothing stays, and the image is that of the plain file, byte for byte', () => {
    const draw = drawFrom(1);
    for (let round = 0; round < 400; round += 1) assert.deepEqual(strippedOf(jpegOf(some(jpegMetadata(), draw), draw(2) === 0 ? secret : plainJpeg)), plainJpeg);
  });
  test('E1: PNG: the four critical chunks stay, and the pixels are the same', () => {
    const draw = drawFrom(2);
    for (let round = 0; round < 400; round += 1) {
      const clean = strippedOf(pngOf(some(pngMetadata(), draw), some(pngMetadata(), draw), secret));
      assert.deepEqual(clean, pngOf([]));
      const at = Buffer.from(clean).indexOf('IDAT');
      assert.deepEqual(new Uint8Array(inflateSync(clean.subarray(at + 4, at + 4 + Buffer.from(clean).readUInt32BE(at - 4)))), pixels);
    }
  });
  test('E1: WebP: profile, Exif, XMP and unknown chunks go, with their marks in the header', () => {
    const draw = drawFrom(3);
    for (let round = 0; round < 400; round += 1) {
      assert.deepEqual(strippedOf(riff(vp8x(0x10 | draw(256) & 0x2c), ...some(webpMetadata(), draw), lossless, ...some(webpMetadata(), draw))), riff(webpChunk('VP8X', [0x10, 0, 0, 0, 7, 0, 0, 7, 0, 0]), lossless));
    }
    assert.deepEqual(strippedOf(bytesOf(riff(lossless), secret)), riff(lossless));
  });
  test('E1: what is stripped is stripped: a second time changes nothing', () => {
    for (const image of [jpegOf(jpegMetadata()), pngOf(pngMetadata()), riff(vp8x(0x3c & ~2), ...webpMetadata(), lossless)]) { const once = strippedOf(image); assert.deepEqual(strippedOf(once), once); }
  });
  test('Adobe keeps its way of storing colours and nothing else', () => {
    const stripped = stripPhotograph(jpegOf([segment(0xee, bytesOf(ascii('Adobe'), [0, 100, 0x41, 0x42, 0x43, 0x44, 1]))]));
    assert.ok(stripped.ok);
    const at = Buffer.from(stripped.value.bytes).indexOf('Adobe');
    assert.deepEqual([...stripped.value.bytes.subarray(at + 5, at + 12)], [0, 100, 0, 0, 0, 0, 1]);
  });
  test('R48: other kinds, moving images and damaged files are refused, and no cut or flipped byte brings it down', () => {
    for (const [bytes, code] of [[ascii('GIF89a...........'), 'photograph-kind'], [ascii('%PDF-1.7'), 'photograph-kind'], [new Uint8Array(), 'photograph-kind'], [pngOf([chunk('acTL', [...u32(2), ...u32(0)])]), 'photograph-kind'], [riff(vp8x(2), webpChunk('ANIM', [0, 0, 0, 0, 0, 0]), lossless), 'photograph-kind'], [plainJpeg.subarray(0, 90), 'photograph-broken'], [pngOf([]).subarray(0, 50), 'photograph-broken'], [riff(lossless).subarray(0, 24), 'photograph-broken']] as const) {
      const answer = stripPhotograph(bytes);
      assert.equal(answer.ok ? 'taken' : answer.problem.code, code);
    }
    const draw = drawFrom(4);
    for (let round = 0; round < 3000; round += 1) {
      const image = [jpegOf(some(jpegMetadata(), draw)), pngOf(some(pngMetadata(), draw)), riff(vp8x(0x1c), lossless)][draw(3)] ?? plainJpeg;
      const hurt = image.slice(0, image.length - draw(image.length));
      for (let flips = draw(4); flips > 0; flips -= 1) hurt[draw(hurt.length)] = draw(256);
      const answer = stripPhotograph(hurt);
      if (answer.ok) assert.equal(holds(answer.value.bytes, 'Exif'), false);
    }
  });
});
