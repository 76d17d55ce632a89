import { createHash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import type { Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { openBook } from '../actions.ts';
import { versionsOn } from '../book.ts';
import { readBoundaries, type BoundaryRefusal, type ReadBoundaries } from '../boundaries.ts';
import { saveBoundary } from '../store.ts';

/** Joins a file's text to the units of a day and stores the topology of its level in place of the former one; the import is logged. */
export async function importBoundaries(tx: Tx, text: string, day: PlainDate): Promise<Result<ReadBoundaries, BoundaryRefusal>> {
  const book = await openBook(tx);
  const units = versionsOn(book, day);
  const codes = (level: 'province' | 'commune'): Set<string> => new Set(units.filter((unit) => unit.level === level).map((unit) => unit.code));
  const official = new Map(units.map((unit) => [unit.unitId, unit.code]));
  const aliases = new Map(book.aliases.flatMap((alias) => { const code = official.get(alias.unitId); return alias.kind === 'code' && code !== undefined ? [[alias.text, code] as const] : []; }));
  const read = readBoundaries(text, { province: codes('province'), commune: codes('commune'), aliases });
  if (!read.ok) return read;
  const { topology, report } = read.value;
  const digest = createHash('sha256').update(topology).digest('hex');
  const at = new Date().toISOString();
  await saveBoundary(tx, { level: report.level, topology, digest, units: report.joined, at });
  await record(tx, { province: '00', at, actor: 'system', action: 'org-units.boundaries-imported', target: { type: 'boundary', id: report.level }, facts: { units: report.joined, digest } });
  return read;
}
