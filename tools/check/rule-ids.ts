import type { Files } from './architecture.ts';

/**
 * Every security rule the product claims today has a test that carries its id (docs/security-rules.md says which rules
 * wait for the part of the product they are about, and why).
 */
export function checkRuleIds(files: Files): string[] {
  const register = files.get('docs/security-rules.md');
  if (register === undefined) return ['docs/security-rules.md is missing'];
  const claimed = [...register.matchAll(/^\| ([ER]\d+) \| (held|waits) \|/gm)].map((m) => ({ id: m[1] ?? '', state: m[2] ?? '' }));
  const missing = [...Array(16).keys()].map((i) => `E${i + 1}`).concat([...Array(60).keys()].map((i) => `R${i + 1}`)).filter((id) => !claimed.some((c) => c.id === id));
  const tested = testedIds(files);
  return [
    ...missing.map((id) => `${id} stands in no row of docs/security-rules.md`),
    ...claimed.filter((c) => c.state === 'held' && !tested.has(c.id)).map((c) => `${c.id} is said to hold, but no test carries its id`),
  ];
}

function testedIds(files: Files): Set<string> {
  const found = new Set<string>();
  for (const [file, text] of files) {
    if (!/\.test\.ts$/.test(file)) continue;
    for (const [, name = ''] of text.matchAll(/\b(?:test|it|describe)\(\s*[`'"]((?:[^`'"\\]|\\.)*)/g)) {
      for (const [id] of name.matchAll(/\b[ER]\d+\b/g)) found.add(id);
    }
  }
  return found;
}
