/** The decisions delivered with the programme: one file each, in the folder of the programme's definitions. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { builtInFolder } from '#modules/definitions/index.ts';
import { Decree } from '../schema.ts';

const folder = join(builtInFolder, 'classification');
const form = Compile(Decree);

/** @throws when a file is not a decree: a fault of the release */
export function builtInDecrees(): readonly Decree[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => {
    const read: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (!form.Check(read)) throw new Error(`the built-in decision ${name} is not in the form of a decision`);
    return read;
  });
}
