/**
 * The tile map: one cell a province, equal in size so that no large province drowns a small one, placed roughly north to
 * south and west to east. Hoàng Sa (Đà Nẵng) and Trường Sa (Khánh Hòa) have tiles of their own, two columns wide.
 */
export type Tile = { readonly code: string; readonly label: string; readonly row: number; readonly column: number; readonly span: number };
export type IslandTile = Tile & { readonly nameVi: string; readonly nameEn: string; readonly province: string };

/** `row province code:label:column …`; rows and columns from 0. */
const rows = [
  '0 12:LCh:0 15:LCa:1 08:TQu:2 04:CBa:3', '1 11:ĐBi:0 14:SLa:1 25:PTh:2 19:TNg:3 20:LSo:4', '2 01:HNo:2 24:BNi:3 22:QNi:4', '3 37:NBi:2 33:HYe:3 31:HPh:4',
  '4 38:ThH:2', '5 40:NAn:2', '6 42:HTi:2', '7 44:QTr:2 46:Huế:3', '8 48:ĐNa:3', '9 51:QNg:3', '10 52:GLa:3', '11 66:ĐLa:3',
  '12 80:TNi:1 75:ĐgN:2 68:LĐo:3 56:KHo:4', '13 91:AGi:0 82:ĐTh:1 79:HCM:2', '14 92:CTh:0 86:VLo:1', '15 96:CMa:0',
];

/** The 34 provinces of 1 July 2025 and after. */
export const tiles: readonly Tile[] = rows.flatMap((line) => {
  const [row = '0', ...cells] = line.split(' ');
  return cells.map((cell) => {
    const [code = '', label = '', column = '0'] = cell.split(':');
    return { code, label, row: Number(row), column: Number(column), span: 1 };
  });
});

/** Units of commune level that a map of Việt Nam never leaves out. */
export const islandTiles: readonly IslandTile[] = [
  { code: '20333', label: 'Q.đ. Hoàng Sa', nameVi: 'Đặc khu Hoàng Sa', nameEn: 'Hoàng Sa Special Zone', province: '48', row: 7, column: 4, span: 2 },
  { code: '22736', label: 'Q.đ. Trường Sa', nameVi: 'Đặc khu Trường Sa', nameEn: 'Trường Sa Special Zone', province: '56', row: 13, column: 4, span: 2 },
];
/** Middle of each archipelago (longitude, latitude), so that its name stands on every map whatever the imported file holds. */
export const archipelagos = [{ key: 'org-units.hoang-sa', at: [112, 16.5] }, { key: 'org-units.truong-sa', at: [114.2, 9.6] }] as const;
export const tileGrid = { rows: 16, columns: 6 } as const;
