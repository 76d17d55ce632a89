/** Why an XML part is not read. A DOCTYPE has no place in an office document and is how XXE and entity bombs begin (SECURITY R43). */
export type XmlFault = 'doctype' | 'encoding' | 'malformed' | 'too-deep';

export type XmlListener = {
  /** @param name with its prefix, as written: `w:p` @param attribute the decoded value of an attribute of this element */
  readonly open: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
};

const maxDepth = 512;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of a part that is UTF-8, or why not. UTF-16 and UTF-7 parts are refused: no office program writes them. */
export function decodeXml(bytes: Uint8Array): { readonly xml: string } | { readonly fault: XmlFault } {
  let xml: string;
  try {
    xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { fault: 'encoding' };
  }
  const declaration = xml.startsWith('<?xml') ? xml.slice(0, xml.indexOf('?>')) : '';
  const encoding = /encoding\s{0,9}=\s{0,9}["']([^"']{1,40})["']/.exec(declaration.slice(0, 200))?.[1];
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) return { fault: 'encoding' };
  return xml.includes('\0') ? { fault: 'encoding' } : { xml };
}

/** Resolves the five named references and numeric ones; any other entity is undeclared and therefore a fault. */
function decodeReferences(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let out = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at);
    if (end < 0 || end - at > 12) return undefined;
    const body = text.slice(at + 1, end);
    const decoded = body.startsWith('#') ? numericReference(body) : named[body];
    if (decoded === undefined) return undefined;
    out += text.slice(from, at) + decoded;
    from = end + 1;
  }
  return out + text.slice(from);
}

function numericReference(body: string): string | undefined {
  const hex = /^#x([0-9a-f]{1,6})$/i.exec(body)?.[1];
  const decimal = /^#([0-9]{1,7})$/.exec(body)?.[1];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : -1;
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
}

/** Index of the `>` that ends the tag opened at `at`, skipping those inside quoted values. */
function endOfTag(xml: string, at: number): number {
  let quote = '';
  for (let i = at + 1; i < xml.length; i += 1) {
    const c = xml[i];
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '>') return i;
    else if (c === '<') return -1;
  }
  return -1;
}

const isSpace = (c: string | undefined): boolean => c === ' ' || c === '\t' || c === '\n' || c === '\r';

function attributeOf(tag: string, wanted: string): string | undefined {
  for (let at = tag.indexOf(wanted); at > 0; at = tag.indexOf(wanted, at + 1)) {
    let i = at + wanted.length;
    while (isSpace(tag[i])) i += 1;
    if (!isSpace(tag[at - 1]) || tag[i] !== '=') continue;
    i += 1;
    while (isSpace(tag[i])) i += 1;
    const quote = tag[i];
    const end = quote === '"' || quote === "'" ? tag.indexOf(quote, i + 1) : -1;
    return end < 0 ? undefined : decodeReferences(tag.slice(i + 1, end));
  }
  return undefined;
}

const nameOf = (tag: string): string => {
  let i = 0;
  while (i < tag.length && !isSpace(tag[i])) i += 1;
  return tag.slice(0, i);
};

/** Comments, CDATA and processing instructions: where they end, and the text they carry. */
function skipMarkup(xml: string, at: number): { next: number; text?: string } | XmlFault {
  const [closing, start] = xml.startsWith('<!--', at) ? ['-->', 4] : xml.startsWith('<![CDATA[', at) ? [']]>', 9] : xml.startsWith('<?', at) ? ['?>', 2] : ['', 0];
  if (closing === '') return 'doctype';
  const end = xml.indexOf(closing, at + start);
  if (end < 0) return 'malformed';
  return start === 9 ? { next: end + 3, text: xml.slice(at + 9, end) } : { next: end + closing.length };
}

/**
 * Walks an XML part once, from front to back, in time linear in its length; tells the listener what it meets.
 *
 * Not a validating parser: namespaces are not resolved and nothing outside the part is ever opened.
 * @returns the first fault, or `undefined` when the part was well formed to its end
 */
export function scanXml(xml: string, listener: XmlListener): XmlFault | undefined {
  const stack: string[] = [];
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
  let sawElement = false;
  while (at < xml.length) {
    const lt = xml.indexOf('<', at);
    const raw = xml.slice(at, lt < 0 ? xml.length : lt);
    if (stack.length > 0 && raw !== '') {
      const text = decodeReferences(raw);
      if (text === undefined) return 'malformed';
      listener.text(text);
    } else if (raw.trim() !== '') return 'malformed';
    if (lt < 0) break;
    const next = xml[lt + 1];
    if (next === '!' || next === '?') {
      const skipped = skipMarkup(xml, lt);
      if (typeof skipped === 'string') return skipped;
      if (skipped.text !== undefined && stack.length > 0) listener.text(skipped.text);
      at = skipped.next;
      continue;
    }
    const gt = endOfTag(xml, lt);
    if (gt < 0) return 'malformed';
    if (next === '/') {
      const name = xml.slice(lt + 2, gt).trimEnd();
      if (stack.pop() !== name) return 'malformed';
      listener.close(name);
    } else {
      const selfClosing = xml[gt - 1] === '/';
      const tag = xml.slice(lt + 1, selfClosing ? gt - 1 : gt);
      const name = nameOf(tag);
      if (name === '' || (sawElement && stack.length === 0)) return 'malformed';
      sawElement = true;
      listener.open(name, (attribute) => attributeOf(tag, attribute));
      if (selfClosing) listener.close(name);
      else if (stack.push(name) > maxDepth) return 'too-deep';
    }
    at = gt + 1;
  }
  return sawElement && stack.length === 0 ? undefined : 'malformed';
}
