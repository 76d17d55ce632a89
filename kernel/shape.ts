/**
 * Shapes are JSON Schema written with TypeBox: one text that the server checks, the browser types and OpenAPI prints.
 * Every object is closed: a field the contract does not name is refused on the way in and cut on the way out.
 */
import { Type, type TProperties, type TSchema, type Static } from 'typebox';

export { Type, type Static, type TSchema };

export const shape = <P extends TProperties>(properties: P, options: { description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

/** A closed shape of which any field may be left out: the query of a search. */
export const someOf = <P extends TProperties>(properties: P) => Type.Partial(shape(properties), { additionalProperties: false });

export const oneOf = <const V extends readonly string[]>(values: V, options: { description?: string } = {}) =>
  Type.Union(values.map((value) => Type.Literal(value)), options) as unknown as Type.TUnsafe<V[number]>; // same JSON Schema, narrower type

export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
export const Day = Type.String({ format: 'date', description: 'a calendar day, YYYY-MM-DD' });
export const Moment = Type.String({ format: 'date-time', description: 'a moment in UTC' });
/** What a unit's rows are kept under: in Việt Nam the code of the province, elsewhere two characters given at the import of the tree. */
export const ProvinceCode = Type.String({ pattern: '^[0-9A-Z]{2}$', description: "two digits (or capitals, in an imported tree); '00' is the nation" });
/** Five digits in Việt Nam; in an imported tree the id the unit came with. */
export const CommuneCode = Type.String({ pattern: '^[0-9A-Za-z_.-]{3,20}$' });
/** One line a person types. Trimmed and NFC by the server before it reaches an action. */
export const Line = (maxLength = 300) => Type.String({ minLength: 1, maxLength });
/** Free text a person types; may be empty. */
export const Prose = (maxLength = 5000) => Type.String({ maxLength });
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const List = <T extends TSchema>(schema: T, maxItems = 10_000) => Type.Array(schema, { maxItems });
export const Nothing = shape({});
