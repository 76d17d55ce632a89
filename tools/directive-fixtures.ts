import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GoldDocument } from '#modules/directives/extract/testing/score.ts';

const folder = fileURLToPath(new URL('../modules/directives/extract/fixtures/', import.meta.url));

/** Documents composed for this repository, with what they assign. For tests and scoring only. */
export function readFixtures(): { readonly text: string; readonly gold: GoldDocument }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => {
      const gold: GoldDocument = JSON.parse(readFileSync(`${folder}${file.replace(/\.txt$/u, '.json')}`, 'utf8'));
      return { text: readFileSync(`${folder}${file}`, 'utf8'), gold };
    });
}
