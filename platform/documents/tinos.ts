import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

/**
 * Tinos (metrics of Times New Roman, SIL Open Font License) as whole TrueType fonts. Its npm package brings each style cut into subsets
 * for the web: "Đ", "ư" and "₫" lie in one file, "a" in another. A word must be set from one font, so the subsets are put together here.
 */
export type TinosStyle = '400-normal' | '700-normal' | '400-italic' | '700-italic';

/** The first subset that has a character gives its glyph. */
const subsets = ['latin', 'vietnamese', 'latin-ext'] as const;

type Tables = ReadonlyMap<string, Buffer>;

/** Tables of a WOFF 1.0 file, each inflated (W3C WOFF File Format 1.0, sections 3 to 5). */
function tablesOf(woff: Buffer): Tables {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF 1.0 font');
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < woff.readUInt16BE(12); i += 1) {
    const at = 44 + i * 20;
    const [offset, stored, size] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)];
    const data = woff.subarray(offset, offset + stored);
    tables.set(woff.toString('latin1', at, at + 4), stored < size ? inflateSync(data) : Buffer.from(data));
  }
  return tables;
}

function table(tables: Tables, tag: string): Buffer {
  const found = tables.get(tag);
  if (found === undefined) throw new Error(`font has no table ${tag}`);
  return found;
}

/** Character to glyph, from the cmap subtables of formats 4 and 12. */
function charactersOf(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 12) readFormat12(cmap, at, glyphs);
    if (format === 4) readFormat4(cmap, at, glyphs);
  }
  return glyphs;
}

function readFormat12(cmap: Buffer, at: number, glyphs: Map<number, number>): void {
  for (let g = 0; g < cmap.readUInt32BE(at + 12); g += 1) {
    const [first, last, glyph] = [0, 4, 8].map((part) => cmap.readUInt32BE(at + 16 + g * 12 + part));
    for (let code = first ?? 0; code <= (last ?? -1); code += 1) glyphs.set(code, (glyph ?? 0) + code - (first ?? 0));
  }
}

function readFormat4(cmap: Buffer, at: number, glyphs: Map<number, number>): void {
  const double = cmap.readUInt16BE(at + 6);
  for (let s = 0; s < double; s += 2) {
    const last = cmap.readUInt16BE(at + 14 + s);
    const first = cmap.readUInt16BE(at + 16 + double + s);
    const delta = cmap.readUInt16BE(at + 16 + double * 2 + s);
    const rangeAt = at + 16 + double * 3 + s;
    const range = cmap.readUInt16BE(rangeAt);
    for (let code = first; code <= last && code !== 0xffff; code += 1) {
      const raw = range === 0 ? code : cmap.readUInt16BE(rangeAt + range + (code - first) * 2);
      const glyph = range !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

/** Outlines of each glyph; parts of composite glyphs are renumbered by `shift`, their place in the joined font. */
function outlinesOf(tables: Tables, count: number, shift: number): Buffer[] {
  const [glyf, loca] = [table(tables, 'glyf'), table(tables, 'loca')];
  const long = table(tables, 'head').readInt16BE(50) === 1;
  const place = (i: number): number => (long ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2);
  return Array.from({ length: count }, (_, i) => {
    const outline = Buffer.from(glyf.subarray(place(i), place(i + 1)));
    if (outline.length > 10 && outline.readInt16BE(0) < 0) renumberParts(outline, shift);
    return outline;
  });
}

function renumberParts(outline: Buffer, shift: number): void {
  let at = 10;
  let more = true;
  while (more) {
    const flags = outline.readUInt16BE(at);
    outline.writeUInt16BE(outline.readUInt16BE(at + 2) + shift, at + 2);
    const scale = (flags & 0x08) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0;
    at += 4 + ((flags & 1) !== 0 ? 4 : 2) + scale;
    more = (flags & 0x20) !== 0;
  }
}

function metricsOf(tables: Tables, count: number): Buffer {
  const [hmtx, long] = [table(tables, 'hmtx'), table(tables, 'hhea').readUInt16BE(34)];
  const out = Buffer.alloc(count * 4);
  for (let i = 0; i < count; i += 1) {
    out.writeUInt16BE(hmtx.readUInt16BE(Math.min(i, long - 1) * 4), i * 4);
    out.writeInt16BE(i < long ? hmtx.readInt16BE(i * 4 + 2) : hmtx.readInt16BE(long * 4 + (i - long) * 2), i * 4 + 2);
  }
  return out;
}

function cmapOf(glyphs: ReadonlyMap<number, number>): Buffer {
  const codes = [...glyphs].sort(([a], [b]) => a - b);
  const out = Buffer.alloc(12 + 16 + codes.length * 12);
  out.writeUInt16BE(1, 2);
  out.writeUInt16BE(3, 4);
  out.writeUInt16BE(10, 6);
  out.writeUInt32BE(12, 8);
  out.writeUInt16BE(12, 12);
  out.writeUInt32BE(16 + codes.length * 12, 16);
  out.writeUInt32BE(codes.length, 24);
  for (const [i, [code, glyph]] of codes.entries()) {
    out.writeUInt32BE(code, 28 + i * 12);
    out.writeUInt32BE(code, 32 + i * 12);
    out.writeUInt32BE(glyph, 36 + i * 12);
  }
  return out;
}

function locaOf(outlines: readonly Buffer[]): Buffer {
  const loca = Buffer.alloc((outlines.length + 1) * 4);
  outlines.reduce((at, outline, i) => {
    loca.writeUInt32BE(at + outline.length, (i + 1) * 4);
    return at + outline.length;
  }, 0);
  return loca;
}

/** A TrueType file from its tables (checksums of tables are left 0; nothing that reads the file asks for them). */
function fontFile(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = Buffer.alloc(12 + sorted.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(sorted.length, 4);
  const parts: Buffer[] = [header];
  let at = header.length;
  sorted.forEach(([tag, data], i) => {
    header.write(tag, 12 + i * 16, 'latin1');
    header.writeUInt32BE(at, 12 + i * 16 + 8);
    header.writeUInt32BE(data.length, 12 + i * 16 + 12);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    parts.push(padded);
    at += padded.length;
  });
  return Buffer.concat(parts);
}

function joinFonts(fonts: readonly Tables[]): Buffer {
  const [first] = fonts;
  if (first === undefined) throw new Error('no font to join');
  const outlines: Buffer[] = [];
  const metrics: Buffer[] = [];
  const glyphs = new Map<number, number>();
  const maxp = Buffer.from(table(first, 'maxp'));
  for (const font of fonts) {
    const shift = outlines.length;
    const own = table(font, 'maxp');
    const count = own.readUInt16BE(4);
    outlines.push(...outlinesOf(font, count, shift).map((outline) => Buffer.concat([outline, Buffer.alloc((4 - (outline.length % 4)) % 4)])));
    metrics.push(metricsOf(font, count));
    for (const [code, glyph] of charactersOf(table(font, 'cmap'))) if (!glyphs.has(code) && code !== 0xffff) glyphs.set(code, glyph + shift);
    for (let at = 6; at + 2 <= Math.min(own.length, maxp.length); at += 2) maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(at), own.readUInt16BE(at)), at);
  }
  maxp.writeUInt16BE(outlines.length, 4);
  const head = Buffer.from(table(first, 'head'));
  head.writeInt16BE(1, 50);
  const hhea = Buffer.from(table(first, 'hhea'));
  hhea.writeUInt16BE(outlines.length, 34);
  const post = Buffer.from(table(first, 'post').subarray(0, 32));
  post.writeUInt32BE(0x00030000, 0);
  return fontFile([
    ['head', head], ['hhea', hhea], ['maxp', maxp], ['post', post], ['hmtx', Buffer.concat(metrics)], ['glyf', Buffer.concat(outlines)],
    ['loca', locaOf(outlines)], ['cmap', cmapOf(glyphs)], ['name', table(first, 'name')], ['OS/2', table(first, 'OS/2')],
  ]);
}

const made = new Map<TinosStyle, Buffer>();

/** One style as a TrueType file with Latin, Vietnamese and extended Latin letters; made once a process, in a few milliseconds. */
export function tinosFont(style: TinosStyle): Buffer {
  const ready = made.get(style);
  if (ready !== undefined) return ready;
  const { resolve } = createRequire(import.meta.url);
  const font = joinFonts(subsets.map((subset) => tablesOf(readFileSync(resolve(`@fontsource/tinos/files/tinos-${subset}-${style}.woff`)))));
  made.set(style, font);
  return font;
}
