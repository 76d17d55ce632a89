/** The few globals that every JavaScript engine we run on has, named here because the kernel compiles without Node and DOM types. */
declare const crypto: {
  getRandomValues<T extends Uint8Array>(array: T): T;
  /** Missing from browsers on plain http. */
  readonly randomUUID?: () => string;
  readonly subtle: { digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer> };
};
declare class TextEncoder {
  encode(input?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string);
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}
