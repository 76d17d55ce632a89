import type { Id } from './id.ts';

/** How far down the tree a grant reaches: the nation, one province with its communes, or one commune. */
export type Reach =
  | { readonly level: 'nation' }
  | { readonly level: 'province'; readonly province: string }
  | { readonly level: 'commune'; readonly province: string; readonly commune: string };

/** A role held at an office, by post; `until` ends a delegation. */
export type Grant = {
  readonly role: string;
  readonly office: string;
  readonly post: string;
  readonly reach: Reach;
  readonly delegatedFrom?: string;
  /** Administration and oversight: the grant opens no row of content, so row security leaves its reach and office out. */
  readonly opensNoContent?: true;
};

/** Who acts: the account behind a session and what it holds right now. */
export type Actor = {
  readonly account: Id<'Account'>;
  readonly session: Id<'Session'>;
  readonly name: string;
  readonly language: 'vi' | 'en';
  readonly grants: readonly Grant[];
  /** When the second factor was last shown, for step-up (SECURITY R6). */
  readonly freshUntil?: string;
};

export const holdsRole = (actor: Actor, role: string): boolean => actor.grants.some((grant) => grant.role === role);

/** True when a grant's reach contains the place (a province code, '00' for the nation, and a commune code or none). */
export function reaches(reach: Reach, province: string, commune?: string | null): boolean {
  switch (reach.level) {
    case 'nation':
      return true;
    case 'province':
      return reach.province === province;
    case 'commune':
      return reach.province === province && reach.commune === commune;
  }
}
