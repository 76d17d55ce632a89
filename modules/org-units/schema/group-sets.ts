/** Dimensions of units: sets of groups, of which a unit counts in one a set. */
import { contract } from '#kernel/contract.ts';
import { Day, List, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { Certainty } from './units.ts';

const Text = shape({ vi: Type.String(), en: Type.String() });

export const GroupSetPage = shape({
  id: Type.String(), name: Text,
  inherits: Type.Boolean({ description: 'what lies below a member counts with it, unless it is a member itself' }),
  lone: Type.Boolean({ description: 'the set was made for one group that stands in none' }),
  basis: Type.String(), certainty: Certainty,
  groups: List(shape({ id: Type.String(), name: Text, units: List(Type.String(), 100_000) }), 2000),
});
export type GroupSetPage = Static<typeof GroupSetPage>;

/** The group of one unit in one set, as its page shows it. `from`: the member it counts with, when that is not itself. */
export const UnitGroup = shape({ set: Type.String(), setName: Text, group: Type.String(), groupName: Text, from: Type.Optional(Type.String()) });
export type UnitGroup = Static<typeof UnitGroup>;

export const listGroupSets = contract({
  method: 'GET', path: '/units/group-sets', who: 'signed-in', impersonal: true, summary: 'Group sets of units with their members on a day',
  query: shape({ on: Type.Optional(Type.String({ maxLength: 10, description: 'the day asked for, YYYY-MM-DD; today when left out' })) }),
  reply: shape({ on: Day, sets: List(GroupSetPage, 500) }), problems: { 'day-invalid': 422, 'day-before-history': 422 },
});

export const GroupSetOwner = oneOf(['built-in', 'imported']);
