/** A formula as a sentence part: names instead of codes, the signs people know. For reading beside the formula, never instead of it. */
export type FormulaNames = {
  /** «People in treatment»; the second argument is a cell or ''. */
  readonly element: (id: string, cell: string) => string;
  readonly other: (kind: 'constant' | 'indicator' | 'attribute' | 'group', id: string) => string;
  readonly rate: (dataSet: string, rate: string) => string;
  readonly yearToDate: string;
  /** `{count}` periods before or after. */
  readonly shifted: (count: number) => string;
};

const item = /(#|C|N|I|A|OUG|R)\{([A-Za-z][\w-]*)(?:\.([A-Za-z][\w*-]*))?(?:\.[^}]*)?\}((?:\.(?:periodOffset\([+-]?\d+\)|yearToDate\(\)|aggregationType\([A-Z_]+\)))*)/gu;
const signs: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '<=': '≤', '>=': '≥', '!=': '≠', '==': '=', '&&': '∧', '||': '∨', '-': '−' };

export function formulaInWords(formula: string, names: FormulaNames): string {
  const said: string[] = [];
  // Names may hold signs of their own, so they wait outside while the signs are exchanged.
  const held = formula.replace(item, (_, kind: string, id: string, cell: string | undefined, modifiers: string) => {
    said.push(`${nameOf(kind, id, cell ?? '', names)}${modified(modifiers, names)}`);
    return `\u0000${said.length - 1}\u0000`;
  });
  return held.replace(/<=|>=|!=|==|&&|\|\||\*|\/|-/gu, (sign) => signs[sign] ?? sign).replace(/\u0000(\d+)\u0000/gu, (_, at: string) => said[Number(at)] ?? '').replace(/\s+/gu, ' ').trim();
}

function nameOf(kind: string, id: string, cell: string, names: FormulaNames): string {
  switch (kind) {
    case '#': return names.element(id, cell === '*' ? '' : cell);
    case 'C': return names.other('constant', id);
    case 'A': return names.other('attribute', id);
    case 'OUG': return names.other('group', id);
    case 'R': return names.rate(id, cell);
    default: return names.other('indicator', id);
  }
}

function modified(modifiers: string, names: FormulaNames): string {
  const offset = /periodOffset\(([+-]?\d+)\)/u.exec(modifiers)?.[1];
  const parts = [...(modifiers.includes('yearToDate') ? [names.yearToDate] : []), ...(offset === undefined || Number(offset) === 0 ? [] : [names.shifted(Number(offset))])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
