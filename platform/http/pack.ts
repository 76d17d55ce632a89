import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);
/** Below this the stream of fastify-compress does as well. In bytes. */
const large = 262_144;
/** What is kept of answers already compressed: as they were before, together, in bytes. */
const mostKept = 8_388_608;

/**
 * Compresses large answers in one piece, off the main thread, and keeps the last few: an answer that is the same, byte for
 * byte, is not compressed again. Answers are compared whole, so it does not matter who asked or when.
 */
export class Packer {
  readonly #kept: { readonly plain: Buffer; readonly packed: Promise<Buffer> }[] = [];

  /** @returns undefined when the answer is small or the client takes no gzip: it is sent as it is then */
  async pack(plain: Buffer, accepted: string | undefined): Promise<Buffer | undefined> {
    if (plain.length < large || !takesGzip(accepted)) return undefined;
    const known = this.#kept.find((one) => one.plain.equals(plain));
    if (known !== undefined) return known.packed;
    const packed = compress(plain, { level: 1 });
    this.#keep(plain, packed);
    return packed;
  }

  #keep(plain: Buffer, packed: Promise<Buffer>): void {
    if (plain.length > mostKept / 2) return;
    this.#kept.unshift({ plain, packed });
    let [sum, stay] = [0, 0];
    for (const one of this.#kept) {
      sum += one.plain.length;
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
