/**
 * Publishes the JSON Schema of a programme's files in `programme/schema/`, from the shapes the server checks with.
 * `node tools/programme-schema.ts` writes them; a test holds them current.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publishedSchemas } from '#modules/definitions/schema.ts';

export const schemaFolder = fileURLToPath(new URL('../programme/schema/', import.meta.url));
export const schemaTexts = (): Map<string, string> => new Map(Object.entries(publishedSchemas()).map(([name, schema]) => [`${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(schemaFolder, { recursive: true });
  for (const [file, text] of schemaTexts()) writeFileSync(`${schemaFolder}${file}`, text);
}
