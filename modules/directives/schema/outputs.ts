/** Paper and spreadsheets: what leaves the system and what comes back. */
import { contract } from '#kernel/contract.ts';
import { List, Nothing, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { Clear, DirectiveKey } from './words.ts';

const file = (path: `/${string}`, summary: string) => contract({ method: 'GET', path, who: 'directives.read', summary, params: DirectiveKey, reply: Nothing, download: true, problems: {} });
export const getAnnexPdf = file('/directives/:province/:directive/annex.pdf', 'Annex of assignments, A4, form of Decree 30/2020');
export const getAnnexDocx = file('/directives/:province/:directive/annex.docx', 'The same annex as a text document');
export const getMatrixXlsx = file('/directives/:province/:directive/matrix.xlsx', 'Six-clear matrix and tasks as a workbook; may be edited and sent back');

/** What became of one row: `applied` (with how many cells changed), `unchanged`, or `refused` with a problem code and the column. */
export const RowVerdict = shape({
  row: Type.Integer({ description: 'row of the sheet, 1 = first' }), ordinal: Type.String(), outcome: Type.Union([Type.Literal('applied'), Type.Literal('unchanged'), Type.Literal('refused')]),
  changed: List(Clear, 6), code: Nullable(Type.String()), column: Nullable(Type.String()),
});
export type RowVerdict = Static<typeof RowVerdict>;
export const importMatrix = contract({
  method: 'POST', path: '/directives/:province/:directive/matrix', who: 'directives.draft', summary: 'Take back an edited workbook: good rows are applied, each row gets its verdict', params: DirectiveKey,
  upload: { maxBytes: 20 * 1_048_576 }, reply: shape({ applied: Type.Integer(), refused: Type.Integer(), rows: List(RowVerdict, 5000) }),
  problems: { 'already-issued': 409, 'workbook-unreadable': 422, 'workbook-of-other-directive': 422, 'document-unsafe': 422, 'document-zip-bomb': 422, 'document-empty': 422, 'document-too-large': 413 },
});
