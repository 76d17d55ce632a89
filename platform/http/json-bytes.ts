/**
 * A reply's JSON as the bytes that are sent. The fields of the outermost object are written one by one: one Vietnamese name makes a whole
 * text two bytes wide, and a long list of numbers beside it would cost many times as much to encode.
 */
export function jsonBytes(reply: unknown): Buffer {
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply) || 'toJSON' in reply) return Buffer.from(JSON.stringify(reply) ?? 'null');
  const pieces: string[] = [];
  for (const [key, value] of Object.entries(reply)) {
    const text: string | undefined = JSON.stringify(value);
    if (text === undefined) continue; // as JSON.stringify leaves out what has no text
    pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(key)}:`, text);
  }
  pieces.push(pieces.length === 0 ? '{}' : '}');
  const lengths = pieces.map((piece) => Buffer.byteLength(piece));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  pieces.forEach((piece, i) => { at += bytes.write(piece, at, lengths[i] === piece.length ? 'latin1' : 'utf8'); });
  return bytes;
}
