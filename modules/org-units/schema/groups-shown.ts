import { oneOf, shape, Type, type Static } from '#kernel/shape.ts';

/** P: primary text read. S: press or official digest. U: uncertain. */
export const Certainty = oneOf(['P', 'S', 'U']);
export type Certainty = Static<typeof Certainty>;

export const BothLanguages = shape({ vi: Type.String(), en: Type.String() });

/** The group of one unit in one set, as its page shows it. `from`: the member it counts with, when that is not itself. */
export const UnitGroup = shape({ set: Type.String(), setName: BothLanguages, group: Type.String(), groupName: BothLanguages, from: Type.Optional(Type.String()) });
export type UnitGroup = Static<typeof UnitGroup>;
