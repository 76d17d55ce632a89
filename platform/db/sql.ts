/** A statement as it is sent: text with $1, $2 … and its values. Values are always parameters, never pasted. */
export type Sql = { readonly text: string; readonly values: readonly unknown[]; readonly name?: string };

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'text' in value && 'values' in value && fragments.has(value);
const fragments = new WeakSet<object>();

/** SQL written as SQL. A nested `sql` fragment is spliced in; anything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const known = texts.get(strings);
  if (known !== undefined && !parts.some(isSql)) {
    const statement = { text: known, values: parts };
    fragments.add(statement);
    return statement;
  }
  let text = strings[0] ?? '';
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    if (isSql(part)) {
      const shift = values.length;
      text += part.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + shift}`);
      values.push(...part.values);
    } else {
      values.push(part);
      text += `$${values.length}`;
    }
    text += strings[index + 1] ?? '';
  });
  const statement = { text, values };
  fragments.add(statement);
  if (!parts.some(isSql)) texts.set(strings, text);
  return statement;
}
/** The text of a statement without fragments is the same each time it is written. */
const texts = new WeakMap<TemplateStringsArray, string>();

/**
 * A statement that each connection prepares once under this name: for the few that every request runs and whose plan, through views and
 * row security, costs far more than their execution. One name, one text.
 */
export const prepared = (name: string, statement: Sql): Sql => ({ ...statement, name });
