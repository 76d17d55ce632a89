/** Files in and out over HTTP: a sheet to fill without the screen, files brought back by hand, figures as a table. */
import { contract } from '#kernel/contract.ts';
import { List, Nothing, Nullable, oneOf, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { DefinitionId } from '#modules/definitions/schema.ts';
import { attributeQuery, Period, ReturnKey, returnParams, UnitCode } from './key.ts';

export const getReturnTemplate = contract({
  method: 'GET', path: '/returns/template/:province/:unit/:period/:dataSet/form.xlsx', who: 'returns.read', summary: 'The form of one return as a workbook: locked codes, the previous period, boxes to fill', params: returnParams,
  query: attributeQuery, reply: Nothing, download: true, impersonal: true, problems: { 'unit-not-on-date': 422, 'not-assigned': 422, 'data-set-unknown': 404, 'period-type-wrong': 422 },
});

/** What became of one row of a file. `code` is '' when there is nothing to say; the words are in both languages. */
export const ImportRow = shape({
  place: Type.String({ description: 'sheet or file' }), row: Type.Integer(), outcome: oneOf(['taken', 'same', 'refused']), code: Type.String(), vi: Type.String(), en: Type.String(),
});
export type ImportRow = Static<typeof ImportRow>;
/** What became of one return: `would-take` in a dry run. Its rows are in `rows`. */
export const ImportedReturn = shape({
  key: ReturnKey, outcome: oneOf(['received', 'same', 'refused', 'would-take']), changes: Type.Integer(), rev: Type.Integer(), receiptCode: Type.String(), problem: Nullable(Type.String({ description: 'message key problem.<code>' })),
});
export type ImportedReturn = Static<typeof ImportedReturn>;
export const ImportAnswer = shape({
  dryRun: Type.Boolean(), kind: oneOf(['workbook', 'csv', 'json', 'outbox']), read: Type.Integer(), taken: Type.Integer(), same: Type.Integer(), refused: Type.Integer(),
  returns: List(ImportedReturn, 20_000), rows: List(ImportRow, 60_000),
});
export type ImportAnswer = Static<typeof ImportAnswer>;
export const importReturns = contract({
  method: 'POST', path: '/returns/import', who: 'returns.submit', ownTransactions: true, upload: { maxBytes: 20 * 1_048_576 },
  summary: 'Take in a filled workbook of one or many units, a CSV, dataValueSets, or a file saved by the offline form: good rows are taken, each row gets its verdict',
  query: someOf({ dryRun: Type.Boolean(), unit: UnitCode, period: Period }), reply: ImportAnswer,
  problems: {
    'command-id-missing': 422, 'import-kind-unknown': 422, 'import-columns-missing': 422, 'import-too-many-rows': 422, 'import-file-cut': 422, 'outbox-file-not-read': 422, 'outbox-file-newer': 422, 'outbox-file-damaged': 422,
    'workbook-columns-missing': 422, 'workbook-too-large': 422, 'document-unsafe': 422, 'document-zip-bomb': 422, 'document-empty': 422, 'document-too-large': 413, 'document-corrupt': 422, 'document-unsupported': 422,
    'document-encrypted': 422, 'document-binary': 422, 'document-timeout': 422,
  },
});

export const exportFormats = ['csv', 'xlsx', 'dhis2'] as const;
export const exportReturns = contract({
  method: 'GET', path: '/returns/export', who: 'returns.read', download: true, impersonal: true, reply: Nothing,
  summary: 'Figures below a unit as CSV, workbook or dataValueSets; protected elements of communes are left out for those who do not approve them; a period that cannot be told has a line that says why',
  query: shape({ format: oneOf(exportFormats), dataSet: DefinitionId, periods: Type.String({ minLength: 4, maxLength: 600, description: 'separated by commas' }), node: UnitCode, sums: Type.Optional(Type.Boolean({ description: 'sums of the units below instead of each return' })) }),
  problems: { 'periods-too-many': 422, 'data-set-unknown': 404, 'period-type-wrong': 422, 'unit-not-on-date': 422 },
});
