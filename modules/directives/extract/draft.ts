import type { Mention } from './agencies.ts';
import type { AuthorityHit } from './authority.ts';
import type { RoleMarker } from './types.ts';

/** An agency in the normal text of the whole document. */
export type Actor = { readonly text: string; readonly id?: string; readonly kind: Mention['kind']; readonly start: number; readonly end: number };

/** An assignment before its fields are read; offsets into the normal text. */
export type Draft = {
  start: number;
  end: number;
  block: number;
  lead: readonly Actor[];
  inherited: boolean;
  refersBack: boolean;
  coordinating: Actor[];
  assigns: boolean;
  inheritedMarkers: readonly RoleMarker[];
  /** Bodies named in the lead-in line ("Tham mưu Ủy ban nhân dân tỉnh:"), offsets into the normal text. */
  inheritedAuthority: readonly AuthorityHit[];
  /** The cell of a table that names the product. */
  product?: { readonly start: number; readonly end: number };
};

/** What a heading or an earlier sentence hands down to the paragraphs below it. */
export type Context = { lead: readonly Actor[]; coordinating: readonly Actor[]; markers: readonly RoleMarker[]; authority: readonly AuthorityHit[] };
