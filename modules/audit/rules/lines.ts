/**
 * The export of the log as lines of JSON: everything a foreign verifier needs, in the order it needs it.
 * One header, all checkpoints, then log by log a line of up to 256 leaf hashes followed by their entries, and an end line.
 */
import { entryKinds, type Entry, type Fact } from '#kernel/entry.ts';

export type ExportLine =
  | { readonly type: 'export'; readonly version: 1; readonly origin: string; readonly at: string; readonly keys: { readonly log: string; readonly witness: string }; readonly logs: readonly { readonly log: string; readonly size: number }[] }
  | { readonly type: 'checkpoint'; readonly log: string; readonly note: string }
  /** `hashes`: leaf hashes of entries 256·index …, as base64. */
  | { readonly type: 'tile'; readonly log: string; readonly index: number; readonly hashes: string }
  /** `hash`: leaf hash as hexadecimal. */
  | { readonly type: 'entry'; readonly position: number; readonly hash: string; readonly entry: Entry }
  | { readonly type: 'end'; readonly entries: number };

export const writeLine = (line: ExportLine): string => `${JSON.stringify(line)}\n`;

type Parts = Readonly<Record<string, unknown>>;
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isLog = (value: unknown): value is string => isText(value) && /^\d{2}$/.test(value);
const isFact = (value: unknown): value is Fact => isTextOrNull(value) || typeof value === 'number' || typeof value === 'boolean';

const entryKeys = ['log', 'id', 'at', 'kind', 'action', 'actor', 'role', 'unit', 'targetType', 'target', 'before', 'after', 'facts'];

/** Exactly the parts an entry has: one more would not be covered by its hash. */
function readEntry(value: unknown): Entry | null {
  if (!isParts(value) || Object.keys(value).length !== entryKeys.length || !entryKeys.every((key) => key in value)) return null;
  const { log, id, at, kind, action, actor, role, unit, targetType, target, before, after, facts } = value;
  const known = entryKinds.find((each) => each === kind);
  if (!isLog(log) || !isText(id) || !isText(at) || known === undefined || !isText(action) || !isText(targetType) || !isText(target)) return null;
  if (!isTextOrNull(actor) || !isTextOrNull(role) || !isTextOrNull(unit) || !isTextOrNull(before) || !isTextOrNull(after) || !isParts(facts)) return null;
  const readFacts: Record<string, Fact> = {};
  for (const [key, fact] of Object.entries(facts)) {
    if (!isFact(fact)) return null;
    readFacts[key] = fact;
  }
  return { log, id, at, kind: known, action, actor, role, unit, targetType, target, before, after, facts: readFacts };
}

function readHeader({ origin, at, keys, logs, version }: Parts): ExportLine | null {
  if (version !== 1 || !isText(origin) || !isText(at) || !isParts(keys) || !isText(keys['log']) || !isText(keys['witness']) || !Array.isArray(logs)) return null;
  const listed = logs.flatMap((each: unknown) => (isParts(each) && isLog(each['log']) && isCount(each['size']) ? [{ log: each['log'], size: each['size'] }] : []));
  return listed.length === logs.length ? { type: 'export', version: 1, origin, at, keys: { log: keys['log'], witness: keys['witness'] }, logs: listed } : null;
}

/** One line read, or null when it is not a line of an export. */
export function readLine(text: string): ExportLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isParts(value)) return null;
  switch (value['type']) {
    case 'export':
      return readHeader(value);
    case 'checkpoint':
      return isLog(value['log']) && isText(value['note']) ? { type: 'checkpoint', log: value['log'], note: value['note'] } : null;
    case 'tile':
      return isLog(value['log']) && isCount(value['index']) && isText(value['hashes']) ? { type: 'tile', log: value['log'], index: value['index'], hashes: value['hashes'] } : null;
    case 'entry': {
      const entry = readEntry(value['entry']);
      return entry !== null && isCount(value['position']) && isText(value['hash']) ? { type: 'entry', position: value['position'], hash: value['hash'], entry } : null;
    }
    case 'end':
      return isCount(value['entries']) ? { type: 'end', entries: value['entries'] } : null;
    default:
      return null;
  }
}
