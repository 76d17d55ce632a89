import { ok, refuse, type Result } from '#kernel/result.ts';

// Marks that reorder or hide text; a name must not hold them (SECURITY R46).
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

type SchemaNode = { readonly keepRaw?: boolean; readonly properties?: Readonly<Record<string, SchemaNode>>; readonly items?: SchemaNode };

/**
 * Text that people typed, made canonical at the edge: NFC, trimmed; NUL, bidi controls and lone surrogates refused.
 * A field whose schema says `keepRaw` (a pasted document) passes as it is: its characters are evidence.
 */
export function cleanText(value: unknown, schema: SchemaNode | undefined, path = ''): Result<unknown, { code: 'input-invalid'; field: string; reason: string }> {
  if (typeof value === 'string') {
    if (schema?.keepRaw === true) return ok(value);
    if (!value.isWellFormed()) return refuse({ code: 'input-invalid', field: path, reason: 'text-malformed' });
    if (hidden.test(value)) return refuse({ code: 'input-invalid', field: path, reason: 'text-hidden-characters' });
    return ok(value.normalize('NFC').trim());
  }
  if (Array.isArray(value)) {
    const cleaned: unknown[] = [];
    for (const [index, element] of value.entries()) {
      const result = cleanText(element, schema?.items, `${path}/${index}`);
      if (!result.ok) return result;
      cleaned.push(result.value);
    }
    return ok(cleaned);
  }
  if (typeof value === 'object' && value !== null) {
    const cleaned: Record<string, unknown> = {};
    for (const [key, element] of Object.entries(value)) {
      const result = cleanText(element, schema?.properties?.[key], `${path}/${key}`);
      if (!result.ok) return result;
      cleaned[key] = result.value;
    }
    return ok(cleaned);
  }
  return ok(value);
}
