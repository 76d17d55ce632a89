const plain = /^[\p{L}\p{N}:._@/+=-]+$/u;

/**
 * The text of an array of codes, ids, days and numbers, as PostgreSQL reads it. The driver escapes each element on its own, which
 * for the thousands of codes of a cascade costs more than making the rows; what needs no escape goes out as it is.
 *
 * @returns undefined when an element needs escaping (a blank, a quote, an empty text): the driver does it then
 */
export function arrayLiteral(values: readonly unknown[]): string | undefined {
  let text = '{';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (i > 0) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else if (typeof value === 'number') text += value;
    else if (typeof value === 'string' && plain.test(value) && value.toLowerCase() !== 'null') text += value;
    else return undefined;
  }
  return `${text}}`;
}
