import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const skipped = new Set(['node_modules', '.git', '.data', 'dist', 'out']);

/** Every source file of the checkout that the checks read, by path from the root with forward slashes. */
export function readSources(endings = /\.(ts|tsx|sql|json|css|md|html)$/): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (endings.test(entry.name) && entry.name !== 'package-lock.json') found.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  };
  walk(root);
  return found;
}
