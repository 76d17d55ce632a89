import type { ReplyOf } from '#kernel/contract.ts';
import type { signInWithPassword } from '../schema.ts';

/** Where a sign-in stands, as the server says after each part of it. */
export type Step = ReplyOf<typeof signInWithPassword>;
