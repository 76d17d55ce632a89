import { createHash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import { formatUuid } from '#kernel/id.ts';
import type { UnitLevel } from '../schema.ts';

const made = new Map<string, string>();

/**
 * The stable identifier of a unit: 122 bits of a digest of its level, its first code and its first day.
 * The day is part of it because codes are used again: ward 26882 before and after July 2025 are two units.
 */
export function unitId(level: UnitLevel, code: string, firstDay: PlainDate): string {
  const name = `sauro unit ${level} ${code} ${firstDay}`;
  const id = made.get(name) ?? formatUuid(createHash('sha256').update(name).digest());
  made.set(name, id);
  return id;
}
