import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { schemaFolder, schemaTexts } from './programme-schema.ts';

test('the published JSON Schema of a programme is the one the server checks with', () => {
  const texts = schemaTexts();
  assert.deepEqual(readdirSync(schemaFolder).sort(), [...texts.keys()].sort());
  for (const [file, text] of texts) assert.equal(readFileSync(`${schemaFolder}${file}`, 'utf8'), text, `${file}: run node tools/programme-schema.ts`);
});
