import { ok, refuse, type Result } from '#kernel/result.ts';

type KindRefusal = { readonly code: 'document-unsupported' } | { readonly code: 'document-encrypted' } | { readonly code: 'document-binary' };

const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean => signature.every((byte, i) => bytes[i] === byte);

/** First bytes of pictures, sound, archives and programs: none of them holds text for us. */
const binarySignatures: readonly number[][] = [
  [0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x42, 0x4d, 0x36], [0x49, 0x49, 0x2a, 0x00], [0x4d, 0x4d, 0x00, 0x2a],
  [0x1f, 0x8b], [0x52, 0x61, 0x72, 0x21], [0x37, 0x7a, 0xbc, 0xaf], [0x4d, 0x5a, 0x90], [0x7f, 0x45, 0x4c, 0x46], [0x49, 0x44, 0x33], [0x52, 0x49, 0x46, 0x46],
];

const ascii = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** A compound file (OLE): a Word file with a password is kept inside one, under a stream of this name; otherwise it is an old .doc or .xls. */
function isEncryptedPackage(bytes: Uint8Array): boolean {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name);
}

/** What kind of document the bytes are, judged by content alone: a renamed file is read as what it is. */
export function detectKind(bytes: Uint8Array): Result<'txt' | 'docx' | 'pdf', KindRefusal> {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return refuse({ code: isEncryptedPackage(bytes) ? 'document-encrypted' : 'document-unsupported' });
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) return ok('docx');
  const head = ascii(bytes, 0, 1024);
  // readers accept a PDF whose header comes a little late
  if (head.includes('%PDF-')) return ok('pdf');
  if (head.startsWith('{\\rtf') || /^\s{0,40}<(?:!doctype html|html)/i.test(head)) return refuse({ code: 'document-unsupported' });
  if (binarySignatures.some((signature) => startsWith(bytes, ...signature))) return refuse({ code: 'document-binary' });
  return ok('txt');
}
