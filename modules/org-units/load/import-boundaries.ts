import { createHash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { openBook } from '../actions.ts';
import { versionsOn } from '../book.ts';
import { readBoundaries, readForeignBoundaries, type BoundaryRefusal, type ReadBoundaries } from '../boundaries.ts';
import { saveBoundary } from '../store.ts';

/**
 * Joins a file's text to the units of a day and stores the topology of its level in place of the former one; the import is logged. A file of
 * an imported country may hold several levels.
 */
export async function importBoundaries(tx: Tx, text: string, day: PlainDate): Promise<Result<readonly ReadBoundaries[], BoundaryRefusal>> {
  const book = await openBook(tx);
  const units = versionsOn(book, day);
  const codes = (level: 'province' | 'commune'): Set<string> => new Set(units.filter((unit) => unit.level === level).map((unit) => unit.code));
  const official = new Map(units.map((unit) => [unit.unitId, unit.code]));
  const aliases = new Map(book.aliases.flatMap((alias) => { const code = official.get(alias.unitId); return alias.kind === 'code' && code !== undefined ? [[alias.text, code] as const] : []; }));
  const known = { province: codes('province'), commune: codes('commune'), aliases };
  const read = book.source === 'imported' ? readForeignBoundaries(text, known) : oneOf(readBoundaries(text, known));
  if (read.ok) for (const one of read.value) await keep(tx, one);
  return read;
}

const oneOf = (read: Result<ReadBoundaries, BoundaryRefusal>): Result<readonly ReadBoundaries[], BoundaryRefusal> => (read.ok ? ok([read.value]) : read);

async function keep(tx: Tx, { topology, report }: ReadBoundaries): Promise<void> {
  const digest = createHash('sha256').update(topology).digest('hex');
  const at = new Date().toISOString();
  await saveBoundary(tx, { level: report.level, topology, digest, units: report.joined, at });
  await record(tx, { province: '00', at, actor: 'system', action: 'org-units.boundaries-imported', target: { type: 'boundary', id: report.level }, facts: { units: report.joined, digest } });
}
