/**
 * Cuts everything off a photograph but the image: place, time, device, owner, colour profile, thumbnails, comments, further images behind the first
 * (SECURITY E1, A9). By a list of what stays, not of what goes: an unknown part is dropped. The image data themselves are copied byte for byte.
 */
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

export type ContentType = 'image/jpeg' | 'image/png' | 'image/webp';
export type Stripped = { readonly bytes: Uint8Array; readonly contentType: ContentType; readonly width: number; readonly height: number };

const broken = refuse({ code: 'photograph-broken' });
const mostPixelsASide = 16_384;

/** JPEG, PNG or WebP; a moving image and every other kind are refused. */
export function stripPhotograph(bytes: Uint8Array): Result<Stripped, Refusal> {
  const stripped = bytes[0] === 0xff && bytes[1] === 0xd8 ? stripJpeg(bytes) : begins(bytes, pngSignature) ? stripPng(bytes) : textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP' ? stripWebp(bytes) : refuse({ code: 'photograph-kind' });
  if (!stripped.ok) return stripped;
  const { width, height } = stripped.value;
  return width < 1 || height < 1 || width > mostPixelsASide || height > mostPixelsASide ? broken : stripped;
}

const begins = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);
const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
const at8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const at16 = (bytes: Uint8Array, at: number): number => at8(bytes, at) * 256 + at8(bytes, at + 1);
const at32 = (bytes: Uint8Array, at: number): number => at16(bytes, at) * 65_536 + at16(bytes, at + 2);
const at24Little = (bytes: Uint8Array, at: number): number => at8(bytes, at) + at8(bytes, at + 1) * 256 + at8(bytes, at + 2) * 65_536;
const at32Little = (bytes: Uint8Array, at: number): number => at24Little(bytes, at) + at8(bytes, at + 3) * 16_777_216;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// JPEG (ITU-T T.81): segments that decoding needs. DHT, DAC, DQT, DNL, DRI and the frames; of the application segments only Adobe's transform.
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const tables = new Set([0xc4, 0xcc, 0xdb, 0xdc, 0xdd]);

function stripJpeg(bytes: Uint8Array): Result<Stripped, Refusal> {
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)];
  let size: { width: number; height: number } | undefined;
  let scans = 0;
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return broken;
    const marker = at8(bytes, at + 1);
    if (marker === 0xff) { at += 1; continue; } // fill
    if (marker === 0xd9) return size === undefined || scans === 0 ? broken : ok({ bytes: joined([...parts, Uint8Array.of(0xff, 0xd9)]), contentType: 'image/jpeg', ...size });
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) return broken;
    const length = at16(bytes, at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return broken;
    if (frames.has(marker)) {
      if (size !== undefined || length < 8) return broken;
      size = { height: at16(bytes, at + 5), width: at16(bytes, at + 7) };
    }
    if (frames.has(marker) || tables.has(marker)) parts.push(bytes.subarray(at, end));
    else if (marker === 0xee && length === 14 && textAt(bytes, at + 4) === 'Adob') parts.push(adobe(at8(bytes, end - 1)));
    else if (marker === 0xda) {
      if (size === undefined) return broken;
      scans += 1;
      const scanEnd = endOfScan(bytes, end);
      parts.push(bytes.subarray(at, scanEnd));
      at = scanEnd;
      continue;
    }
    at = end;
  }
  return broken;
}

/** Adobe's segment written anew: only the byte that says how colours are stored. */
const adobe = (transform: number): Uint8Array => Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform);

/** Where the compressed data end: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = at8(bytes, at + 1);
    if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else if (next === 0xff) at += 1;
    else return at;
  }
  return bytes.length;
}

// PNG (ISO/IEC 15948): the four critical chunks and transparency.
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const pngKept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function stripPng(bytes: Uint8Array): Result<Stripped, Refusal> {
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  let size: { width: number; height: number } | undefined;
  let images = 0;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = at32(bytes, at);
    const type = textAt(bytes, at + 4);
    const end = at + 12 + length;
    if (end > bytes.length || crc(bytes.subarray(at + 4, end - 4)) !== at32(bytes, end - 4)) return broken;
    if (type === 'acTL') return refuse({ code: 'photograph-kind' });
    if (type === 'IHDR') {
      if (at !== 8 || length !== 13) return broken;
      size = { width: at32(bytes, at + 8), height: at32(bytes, at + 12) };
    }
    if (type === 'IDAT') images += 1;
    if (pngKept.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND') return size === undefined || images === 0 || length !== 0 ? broken : ok({ bytes: joined(parts), contentType: 'image/png', ...size });
    at = end;
  }
  return broken;
}

// WebP (RFC 9649): the image and its transparency. The extended header stays without its marks of profile, Exif, XMP and animation.
function stripWebp(bytes: Uint8Array): Result<Stripped, Refusal> {
  const stated = at32Little(bytes, 4) + 8;
  if (stated > bytes.length || stated < 20) return broken;
  const parts: Uint8Array[] = [];
  let size: { width: number; height: number } | undefined;
  let extended: { width: number; height: number } | undefined;
  for (let at = 12; at + 8 <= stated;) {
    const type = textAt(bytes, at);
    const length = at32Little(bytes, at + 4);
    const end = at + 8 + length;
    if (end > stated) return broken;
    const chunk = bytes.subarray(at, end);
    if (type === 'ANIM' || type === 'ANMF') return refuse({ code: 'photograph-kind' });
    if (type === 'VP8X') {
      if (at !== 12 || length < 10) return broken;
      const header = chunk.slice(0, 18);
      header.set([10, 0, 0, 0, at8(header, 8) & 0x10, 0, 0, 0], 4);
      extended = { width: at24Little(chunk, 12) + 1, height: at24Little(chunk, 15) + 1 };
      parts.push(header);
    } else if (type === 'VP8 ' || type === 'VP8L') {
      if (size !== undefined) return broken;
      size = type === 'VP8 ' ? lossySize(chunk) : losslessSize(chunk);
      parts.push(chunk, padding(length));
    } else if (type === 'ALPH') parts.push(chunk, padding(length));
    at = end + (length % 2);
  }
  if (size === undefined) return broken;
  const body = joined(parts);
  const head = new Uint8Array(12);
  head.set(bytes.subarray(0, 4));
  new DataView(head.buffer).setUint32(4, body.length + 4, true);
  head.set(bytes.subarray(8, 12), 8);
  return ok({ bytes: joined([head, body]), contentType: 'image/webp', ...(extended ?? size) });
}
const padding = (length: number): Uint8Array => new Uint8Array(length % 2);
const lossySize = (chunk: Uint8Array): { width: number; height: number } | undefined =>
  chunk.length >= 18 && at24Little(chunk, 11) === 0x2a019d ? { width: (at8(chunk, 14) + at8(chunk, 15) * 256) & 0x3fff, height: (at8(chunk, 16) + at8(chunk, 17) * 256) & 0x3fff } : undefined;
function losslessSize(chunk: Uint8Array): { width: number; height: number } | undefined {
  if (chunk.length < 13 || chunk[8] !== 0x2f) return undefined;
  const bits = at32Little(chunk, 9);
  return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 16_384) & 0x3fff) + 1 };
}
