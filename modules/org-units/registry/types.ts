/** Where in the state an agency sits. `class` marks a set of agencies named together ("các địa phương"). */
export type AgencyLevel = 'central' | 'province' | 'district' | 'commune' | 'any';

/**
 * What sort of actor it is. `principal` marks those who give directives and receive reports (Prime Minister,
 * Government, National Assembly, Party leadership): they are named in a task as recipient, hardly ever as its holder.
 */
export type AgencyKind =
  | 'principal'
  | 'ministry'
  | 'ministerial-agency'
  | 'government-agency'
  | 'department'
  | 'party'
  | 'assembly'
  | 'court'
  | 'procuracy'
  | 'mass-organisation'
  | 'association'
  | 'committee'
  | 'police'
  | 'military'
  | 'peoples-committee'
  | 'bank'
  | 'enterprise'
  | 'media'
  | 'class';

/**
 * One agency or class of actors, as directives name it.
 *
 * `vi` and `en` list the official name first, then the other spellings met in documents. `abbreviations` are matched in
 * capitals only. `until` is the day the agency ceased to exist (exclusive) and `successors` the ids that took its work over.
 */
export interface Agency {
  readonly id: string;
  readonly level: AgencyLevel;
  readonly kind: AgencyKind;
  readonly vi: readonly string[];
  readonly en?: readonly string[];
  readonly abbreviations?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly successors?: readonly string[];
}
