/**
 * What the public may see of places: counts by province over the programme's year so far. A row in which found, removed or left is 1 to 4 is hidden
 * in all three, because they follow from one another; then rows are hidden, the smallest first, until no hidden count can be told from the nation's
 * total. Recurrences are within what was found, so they follow from nothing shown, and are hidden by themselves (SECURITY 5.1). Nothing is configurable.
 */
export const threshold = 5;
export type Row = { readonly province: string; readonly listed: number; readonly removed: number; readonly left: number; readonly recurred: number };
export type Column = 'listed' | 'removed' | 'left' | 'recurred';
export const flows = ['listed', 'removed', 'left'] as const;

export const isSmall = (count: number): boolean => count > 0 && count < threshold;

/** Provinces hidden in these columns. What is hidden of a column is nothing, or together so much that each part could be at least the threshold. */
export function hiddenProvinces(rows: readonly Row[], columns: readonly Column[] = flows): ReadonlySet<string> {
  const size = (row: Row): number => columns.reduce((sum, column) => sum + row[column], 0);
  const hidden = rows.filter((row) => columns.some((column) => isSmall(row[column])));
  if (hidden.length === 0) return new Set();
  const rest = rows.filter((row) => !hidden.includes(row)).sort((a, b) => size(a) - size(b) || (a.province < b.province ? -1 : 1));
  const enough = (): boolean => hidden.length >= 2 && columns.every((column) => !isSmall(hidden.reduce((sum, row) => sum + row[column], 0)));
  while (!enough() && rest.length > 0) hidden.push(...rest.splice(0, 1));
  return new Set(hidden.map(({ province }) => province));
}

/** A total that is small is hidden too. */
export const totalIsHidden = (rows: readonly Row[], column: Column): boolean => isSmall(rows.reduce((sum, row) => sum + row[column], 0));
