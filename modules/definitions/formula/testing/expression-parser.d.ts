/** The part of the field's own parser that the differential test uses; the package ships types that its `exports` do not reach. */
declare module '@dhis2/expression-parser' {
  export class ExpressionMode {
    private constructor();
    static readonly INDICATOR_EXPRESSION: ExpressionMode;
    static readonly PREDICTOR_GENERATOR_EXPRESSION: ExpressionMode;
  }
  export class ID { readonly value: string }
  export class DataItemJs { readonly uid0: ID; readonly uid1: ID[] }
  export class ExpressionDataJs {
    constructor(ruleVariables: Map<string, unknown>, programVariables: Map<string, unknown>, supplementary: Map<string, string[]>, items: Map<DataItemJs, unknown>, named: Map<string, unknown>);
  }
  export class ExpressionJs {
    constructor(text: string, mode: ExpressionMode);
    collectDataItems(): DataItemJs[];
    evaluate(unsupported: (name: string) => unknown, data: ExpressionDataJs): unknown;
  }
}
