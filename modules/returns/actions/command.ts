/** What waits for a batch: a submission or a decision about one return, with who sends it. */
import { createHash, hash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import type { Result, Refusal } from '#kernel/result.ts';
import { contentDigest } from '#platform/log/record.ts';
import { canonicalText, type Content } from '../rules/content.ts';
import { receiptCodeOf } from '../rules/receipt-code.ts';
import { keyText, type DecisionVerdict, type Receipt, type ReturnKey, type RevisionKind, type Step, type Submission, type Verdict } from '../schema.ts';

type Sender = { readonly key: ReturnKey; readonly actor: Actor; readonly now: Now; readonly commandId: string };
export type Submit = Sender & { readonly kind: 'submit'; readonly submission: Submission; readonly source: RevisionKind };
export type Decide = Sender & { readonly kind: 'decide'; readonly rev: number; readonly step: Step; readonly verdict: Verdict; readonly sections: readonly string[] | null; readonly reason: string };
export type Command = Submit | Decide;
export type Answer = { readonly kind: 'submit'; readonly result: Result<Receipt, Refusal>; readonly leaf?: string } | { readonly kind: 'decide'; readonly verdict: DecisionVerdict; readonly leaf?: string };

/** 63 bits that tell two bodies under one command id apart. */
export function digestOf(command: Submit): string {
  const { key, submission } = command;
  const digest = hash('sha256', keyText(key) + JSON.stringify(submission), 'buffer');
  return (digest.readBigUInt64BE(0) >> 1n).toString();
}

/** SHA-256 of the canonical content, as hexadecimal: what an approval signs. @param slots of some sections; left out: everything */
export const contentHashOf = (key: ReturnKey, content: Content, slots?: ReadonlySet<number>): string =>
  createHash('sha256').update(canonicalText(keyText(key), content, slots)).digest('hex');

/** Made from the key and revision with the installation's secret, so the same submission has the same code for ever and nobody makes one up. */
export const receiptCodeFor = (key: ReturnKey, rev: number): string =>
  receiptCodeOf(new Uint8Array(Buffer.from((contentDigest(`receipt ${keyText(key)} ${rev}`) ?? '').slice(0, 10), 'hex')));

const kinds = ['form', 'import', 'demonstration'] as const satisfies readonly RevisionKind[];
/** Source, whether it was merged, and how many violations it left open, in one small number: all a receipt needs to be said again. */
export const revisionKind = (source: RevisionKind, merged: boolean, open: number): number => kinds.indexOf(source) + (merged ? 4 : 0) + Math.min(open, 2000) * 8;
export const sourceOf = (kind: number): RevisionKind => kinds[kind & 3] ?? 'form';
export const wasMerged = (kind: number): boolean => (kind & 4) !== 0;
export const leftOpen = (kind: number): number => kind >> 3;
