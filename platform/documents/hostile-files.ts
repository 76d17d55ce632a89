import { crc32, deflateRawSync } from 'node:zlib';

/**
 * Files for the tests: archives put together byte by byte, so that each lie a stranger may tell can be told.
 * @property declaredSize, crc what the headers claim, when it is not the truth
 */
export type MadeEntry = {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly declaredSize?: number;
  readonly unixMode?: number;
  readonly flags?: number;
  readonly localName?: string;
  /** Take the local header of an earlier entry, so that both share its bytes. */
  readonly sharesBytesOf?: string;
};

const latin = (text: string): Buffer => Buffer.from(text, 'utf8');

/** A zip archive of these entries. */
export function makeZip(entries: readonly MadeEntry[], claims: { readonly count?: number; readonly trailing?: Uint8Array } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  const places = new Map<string, { offset: number; compressed: number; size: number; crc: number }>();
  let offset = 0;
  for (const entry of entries) {
    const content = typeof entry.content === 'string' ? latin(entry.content) : entry.content;
    const data = entry.stored === true ? Buffer.from(content) : deflateRawSync(content);
    const shared = entry.sharesBytesOf === undefined ? undefined : places.get(entry.sharesBytesOf);
    const place = shared ?? { offset, compressed: data.length, size: entry.declaredSize ?? content.length, crc: crc32(content) };
    places.set(entry.name, place);
    const name = latin(entry.name);
    if (shared === undefined) {
      const localName = latin(entry.localName ?? entry.name);
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(entry.stored === true ? 0 : 8, 8);
      local.writeUInt32LE(place.crc, 14);
      local.writeUInt32LE(place.compressed, 18);
      local.writeUInt32LE(place.size, 22);
      local.writeUInt16LE(localName.length, 26);
      locals.push(local, localName, data);
      offset += 30 + localName.length + data.length;
    }
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(entry.unixMode === undefined ? 20 : (3 << 8) | 20, 4);
    central.writeUInt16LE(entry.flags ?? 0x800, 8);
    central.writeUInt16LE(entry.stored === true ? 0 : 8, 10);
    central.writeUInt32LE(place.crc, 16);
    central.writeUInt32LE(place.compressed, 20);
    central.writeUInt32LE(place.size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((entry.unixMode ?? 0) << 16) >>> 0, 38);
    central.writeUInt32LE(place.offset, 42);
    directory.push(central, name);
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE((claims.count ?? entries.length) & 0xffff, 8);
  end.writeUInt16LE((claims.count ?? entries.length) & 0xffff, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end, ...(claims.trailing === undefined ? [] : [claims.trailing])]);
}

const types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** A Word file of these body elements, with further or replacing parts. */
export function makeDocx(body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const all: Record<string, string> = {
    '[Content_Types].xml': types,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ...parts,
  };
  return makeZip(Object.entries(all).map(([name, content]) => ({ name, content })));
}

export const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** A workbook of one sheet whose `sheetData` is given, with further or replacing parts. */
export function makeXlsx(sheetData: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const all: Record<string, string> = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="${main}">${sheetData}</worksheet>`,
    ...parts,
  };
  return makeZip(Object.entries(all).map(([name, content]) => ({ name, content })));
}

/** A PDF from its objects, with a right cross-reference table. */
export function makePdf(objects: readonly string[], trailer = '/Root 1 0 R'): Uint8Array {
  let out = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(out, 'latin1');
}

/** One page drawn by these operators, without or with a picture named `Scan` of 1 × 1 pixel. */
export function makePdfPage(operators: string): Uint8Array {
  return makePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Scan 5 0 R >> /Font << /F1 6 0 R >> >> >>',
    `<< /Length ${operators.length} >>\nstream\n${operators}\nendstream`,
    '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}
