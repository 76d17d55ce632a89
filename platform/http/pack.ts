import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);
/** Below this the stream of fastify-compress does as well. In characters. */
const large = 262_144;
/** What is kept of answers already compressed: their texts together, in characters. */
const mostKept = 8_388_608;

/**
 * Compresses large answers in one piece, off the main thread, and keeps the last few: an answer that is the same text, letter for
 * letter, goes out as the same bytes. Texts are compared whole, so it does not matter who asked or when.
 */
export class Packer {
  readonly #kept: { readonly text: string; readonly bytes: Promise<Buffer> }[] = [];

  /** @returns undefined when the answer is small or the client takes no gzip: it is sent as text then */
  async pack(text: string, accepted: string | undefined): Promise<Buffer | undefined> {
    if (text.length < large || !takesGzip(accepted)) return undefined;
    const known = this.#kept.find((one) => one.text === text);
    if (known !== undefined) return known.bytes;
    const bytes = compress(text, { level: 1 });
    this.#keep(text, bytes);
    return bytes;
  }

  #keep(text: string, bytes: Promise<Buffer>): void {
    if (text.length > mostKept / 2) return;
    this.#kept.unshift({ text, bytes });
    let [sum, stay] = [0, 0];
    for (const one of this.#kept) {
      sum += one.text.length;
      if (sum > mostKept) break;
      stay += 1;
    }
    this.#kept.length = stay;
  }
}

/** Reads Accept-Encoding (RFC 9110, section 12.5.3): gzip by name with a weight above 0, or `*` when gzip is not named. */
export function takesGzip(accepted: string | undefined): boolean {
  const weights = new Map((accepted ?? '').split(',').map((part) => {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='));
    return [name.trim(), weight === undefined ? 1 : Number(weight.slice(2))] as const;
  }));
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}
