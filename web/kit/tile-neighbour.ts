type Cell = { readonly row: number; readonly column: number };

/** The neighbour a cell's arrow leads to: nearest in that direction, straight ones before slanted ones. */
export function neighbour<Tile extends Cell>(tiles: readonly Tile[], from: Cell, key: string): Tile | undefined {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  if (step === undefined) return undefined;
  const [down = 0, right = 0] = step;
  const ahead = tiles.filter((tile) => (tile.row - from.row) * down + (tile.column - from.column) * right > 0);
  const cost = (tile: Tile): number => {
    const rows = Math.abs(tile.row - from.row);
    const columns = Math.abs(tile.column - from.column);
    return down !== 0 ? rows + columns * 2.5 : columns + rows * 2.5;
  };
  return ahead.reduce<Tile | undefined>((best, tile) => (best === undefined || cost(tile) < cost(best) ? tile : best), undefined);
}
