/** Many places at once from a workbook or CSV, each row with its verdict. */
import { contract } from '#kernel/contract.ts';
import { List, Nullable, oneOf, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { PlaceCode } from './words.ts';

/** Facts of a refusal stand beside its code; `column` is the heading the row is wrong at. The words in the file are never given back or kept. */
export const ImportVerdict = shape({
  row: Type.Integer({ description: 'as numbered in the file' }), verdict: oneOf(['new', 'known', 'refused']), problem: Nullable(Type.String({ description: 'code of the problem' })), column: Nullable(Type.String()),
  facts: Type.Record(Type.String(), Type.String()), code: Nullable(PlaceCode),
});
export type ImportVerdict = Static<typeof ImportVerdict>;
export const ImportReport = shape({ applied: Type.Boolean(), rows: List(ImportVerdict, 5000), fresh: Type.Integer(), known: Type.Integer(), refused: Type.Integer() });
export type ImportReport = Static<typeof ImportReport>;
export const importPlaces = contract({
  method: 'POST', path: '/hotspots/import', who: 'hotspots.import', summary: 'Read a workbook or CSV of places; apply=no only tells the verdicts, apply=yes records the rows that are right', query: shape({ apply: oneOf(['yes', 'no']) }),
  upload: { maxBytes: 10 * 1_048_576 }, reply: ImportReport, problems: { 'import-unreadable': 422, 'import-headings-missing': 422, 'import-column-unknown': 422, 'too-many-places': 422, 'file-empty': 422 },
});
export const getImportTemplate = contract({
  method: 'GET', path: '/hotspots/import-template', who: 'hotspots.import', download: true, summary: 'An empty workbook with the headings and the words each column takes', query: someOf({ language: oneOf(['vi', 'en']) }), reply: Type.Unknown(), problems: {},
});
