/** What names a return, and how one number of it looks from outside. */
import { DefinitionId } from '#modules/definitions/schema.ts';
import { List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';

export const Shard = Type.String({ pattern: '^[0-9A-Za-z]{2}$', description: "the province's code, or two characters of an imported tree; '00' is the nation" });
export const UnitCode = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,20}$' });
export const Period = Type.String({ pattern: '^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12]|-N9)?$', description: '2026-03, 2026-Q1, 2026-H1, 2026-N9 or 2026' });
export const Attribute = Type.String({ pattern: '^[A-Za-z0-9_.-]{0,63}$', description: 'option of the further dimension of the whole return; empty when the data set has none' });

/** Path parts of one return; the attribute is a query part because it is mostly empty. */
export const returnParams = shape({ province: Shard, unit: UnitCode, period: Period, dataSet: DefinitionId });
export const attributeQuery = shape({ attribute: Type.Optional(Attribute) });
export const ReturnKey = shape({ province: Shard, unit: UnitCode, period: Period, dataSet: DefinitionId, attribute: Attribute });
export type ReturnKey = Static<typeof ReturnKey>;

/** One text of a key, in the order in which rows are locked. */
export const keyText = ({ province, unit, period, dataSet, attribute }: ReturnKey): string => `${province}/${unit}/${period}/${dataSet}/${attribute}`;

/** Blank is `null` and is not zero; "no data" is an answer of its own. */
export type CellValue = number | null | 'no-data';
export const CellValue = Type.Unsafe<CellValue>(Type.Union([Type.Number(), Type.Null(), Type.Literal('no-data')]));
/** As a reader sees it: a small protected count below a province is hidden from those who neither enter nor approve it (SECURITY E4). */
export const Hidden = shape({ suppressed: Type.Literal(true) });
export type ShownValue = CellValue | { readonly suppressed: true };
export const ShownValue = Type.Unsafe<ShownValue>(Type.Union([Type.Number(), Type.Null(), Type.Literal('no-data'), Hidden]));

/** Slot and value as typed. What is no number passes the edge, so that the verdict can name its slot; see rules/values.ts. */
export const SlotValue = Type.Tuple([
  Type.Integer({ minimum: 1, maximum: 5000 }), Type.Unsafe<CellValue>(Type.Unknown({ description: "a finite number, null (blank) or 'no-data'; anything else is refused by slot" })),
]);
export type SlotValue = Static<typeof SlotValue>;
export const SlotText = shape({ slot: Type.Integer({ minimum: 0, maximum: 5000 }), text: Type.String({ minLength: 1, maxLength: 1000 }) });
export type SlotText = Static<typeof SlotText>;

export const standings = { returned: -1, sent: 0, head: 1, province: 2, ministry: 3 } as const;
/** `none`: nothing has come yet. `returned`: given back with reasons. The others name the last step that approved. */
export const returnStates = ['none', 'sent', 'returned', 'head-approved', 'province-approved', 'ministry-accepted'] as const;
export type ReturnState = (typeof returnStates)[number];
export const ReturnStateShape = oneOf(returnStates);
/** @param standing null when there is no return */
export function stateOfStanding(standing: number | null): ReturnState {
  switch (standing) {
    case null: return 'none';
    case -1: return 'returned';
    case 1: return 'head-approved';
    case 2: return 'province-approved';
    case 3: return 'ministry-accepted';
    default: return 'sent';
  }
}

export const WordsShape = shape({ vi: Type.String(), en: Type.String() });
export const UnitShown = shape({ code: Type.String(), nameVi: Type.String(), nameEn: Type.String(), kind: Type.String(), level: Type.String(), province: Type.String() });
export type UnitShown = Static<typeof UnitShown>;
/** Who did something, as an office and an account id; names of persons are not kept with returns. */
export const ByWhom = shape({ account: Type.String(), mine: Type.Boolean() });
export const SlotValues = List(SlotValue, 5000);
export { Nullable };
