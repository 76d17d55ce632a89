import { hash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import type { UnitLevel } from '../schema.ts';

const made = new Map<string, string>();

/**
 * The stable identifier of a unit: a UUID of 122 bits of a digest of its level, its first code and its first day.
 * The day is part of it because codes are used again: ward 26882 before and after July 2025 are two units.
 */
export const unitId = (level: UnitLevel, code: string, firstDay: PlainDate): string => idOf(`sauro unit ${level} ${code} ${firstDay}`);

/** The stable identifier of a unit of an imported tree, by the id it came with: other systems do not use theirs again. */
export const foreignUnitId = (id: string): string => idOf(`sauro imported unit ${id}`);

function idOf(name: string): string {
  const known = made.get(name);
  if (known !== undefined) return known;
  const hex = hash('sha256', name);
  const variant = (8 | (Number.parseInt(hex.charAt(16), 16) & 3)).toString(16);
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  made.set(name, id);
  return id;
}
