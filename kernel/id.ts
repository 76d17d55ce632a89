/** A public identifier: a random UUID of 122 bits, never a sequence, so that nothing can be guessed or counted from it. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => uuid.test(text);

/** A new random identifier; works on plain http too, where `crypto.randomUUID`, which takes its bits many at a time, is missing from browsers. */
export function newId<Kind extends string>(): Id<Kind> {
  if (crypto.randomUUID !== undefined) return crypto.randomUUID() as Id<Kind>; // branded here and below, the one place that makes identifiers
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return formatUuid(bytes) as Id<Kind>;
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The UUID whose bits are given (version and variant set), for identifiers derived from a digest. */
export function formatUuid(bytes: Uint8Array): string {
  const b = bytes.slice(0, 16);
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  let hex = '';
  for (const byte of b) hex += pairs[byte] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Brands text that came through a schema of format uuid. @throws RangeError when it is not one */
export function asId<Kind extends string>(text: string): Id<Kind> {
  if (!isId(text)) throw new RangeError('not an identifier');
  return text as Id<Kind>; // checked on the line above
}
