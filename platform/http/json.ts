import { ok, refuse, type Result } from '#kernel/result.ts';

/**
 * Parses a request's JSON strictly (SECURITY R44): depth at most 32, no key twice in one object, no `__proto__` or
 * `constructor` key, no lone surrogate. One pass before `JSON.parse`, because that keeps the last of two equal keys in silence.
 */
export function parseJson(text: string): Result<unknown, { code: 'input-invalid'; reason: string }> {
  const fault = structureFault(text);
  if (fault !== undefined) return refuse({ code: 'input-invalid', reason: fault });
  try {
    return ok(JSON.parse(text));
  } catch {
    return refuse({ code: 'input-invalid', reason: 'json-syntax' });
  }
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

function structureFault(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  let position = 0;
  while (position < text.length) {
    const c = text[position];
    if (c === '{' || c === '[') {
      open.push(c === '{' ? new Set() : null);
      if (open.length > 32) return 'json-too-deep';
    } else if (c === '}' || c === ']') {
      open.pop();
    } else if (c === '"') {
      const end = endOfString(text, position);
      if (end === undefined) return 'json-syntax';
      const fault = keyFault(text, position, end, open.at(-1));
      if (fault !== undefined) return fault;
      position = end;
    }
    position += 1;
  }
  return undefined;
}

function endOfString(text: string, start: number): number | undefined {
  for (let i = start + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i;
  }
  return undefined;
}

function keyFault(text: string, start: number, end: number, keys: Set<string> | null | undefined): string | undefined {
  let after = end + 1;
  while (text[after] === ' ' || text[after] === '\n' || text[after] === '\t' || text[after] === '\r') after += 1;
  if (text[after] !== ':' || !keys) return undefined;
  let key: unknown;
  try {
    key = JSON.parse(text.slice(start, end + 1));
  } catch {
    return 'json-syntax';
  }
  if (typeof key !== 'string') return 'json-syntax';
  if (forbiddenKeys.has(key)) return 'json-forbidden-key';
  if (keys.has(key)) return 'json-key-twice';
  keys.add(key);
  return undefined;
}
