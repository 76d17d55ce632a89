/** Dimensions of units: sets of groups, of which a unit counts in one a set. */
import { contract } from '#kernel/contract.ts';
import { Day, List, shape, Type, type Static } from '#kernel/shape.ts';
import { BothLanguages, Certainty } from './groups-shown.ts';

export const GroupSetPage = shape({
  id: Type.String(), name: BothLanguages,
  inherits: Type.Boolean({ description: 'what lies below a member counts with it, unless it is a member itself' }),
  lone: Type.Boolean({ description: 'the set was made for one group that stands in none' }),
  basis: Type.String(), certainty: Certainty,
  groups: List(shape({ id: Type.String(), name: BothLanguages, units: List(Type.String(), 100_000) }), 2000),
});
export type GroupSetPage = Static<typeof GroupSetPage>;

export const listGroupSets = contract({
  method: 'GET', path: '/units/group-sets', who: 'signed-in', impersonal: true, summary: 'Group sets of units with their members on a day',
  query: shape({ on: Type.Optional(Type.String({ maxLength: 10, description: 'the day asked for, YYYY-MM-DD; today when left out' })) }),
  reply: shape({ on: Day, sets: List(GroupSetPage, 500) }), problems: { 'day-invalid': 422, 'day-before-history': 422 },
});
