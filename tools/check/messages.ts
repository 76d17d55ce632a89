import type { Files } from './architecture.ts';

export type MessageFault = { readonly file: string; readonly says: string };

/** Words of both languages: the same keys, the same placeholders, no key twice across files, every key that a screen names is there. */
export function checkMessages(files: Files): MessageFault[] {
  const faults: MessageFault[] = [];
  const all = new Map<string, string>();
  for (const [file, text] of files) {
    if (!/messages\.vi\.json$/.test(file)) continue;
    const english = file.replace('.vi.json', '.en.json');
    const vi = flat(text);
    const en = flat(files.get(english) ?? '{}');
    if (typeof vi === 'string' || typeof en === 'string') {
      faults.push({ file, says: `is not a flat object of texts: ${String(typeof vi === 'string' ? vi : en)}` });
      continue;
    }
    faults.push(...compare(file, english, vi, en));
    for (const key of vi.keys()) {
      const earlier = all.get(key);
      if (earlier !== undefined) faults.push({ file, says: `${key} stands in ${earlier} too` });
      all.set(key, file);
    }
  }
  faults.push(...missingKeys(files, all));
  return faults;
}

function flat(text: string): Map<string, string> | string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return 'no object';
    const entries = Object.entries(parsed);
    const wrong = entries.find(([, value]) => typeof value !== 'string');
    return wrong ? wrong[0] : new Map(entries.map(([key, value]) => [key, String(value)]));
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}

const placeholders = (text: string): string => [...text.matchAll(/\{(\w+)/g)].map((m) => m[1] ?? '').sort().filter((name, i, all) => all.indexOf(name) === i).join(',');

function compare(file: string, english: string, vi: ReadonlyMap<string, string>, en: ReadonlyMap<string, string>): MessageFault[] {
  const faults: MessageFault[] = [];
  for (const [key, text] of vi) {
    const other = en.get(key);
    if (other === undefined) faults.push({ file: english, says: `lacks ${key}` });
    else if (placeholders(text) !== placeholders(other)) faults.push({ file: english, says: `${key} has other placeholders than the Vietnamese` });
    if (text.trim() === '' || other?.trim() === '') faults.push({ file, says: `${key} is empty` });
    if (text !== text.normalize('NFC')) faults.push({ file, says: `${key} is not NFC` });
  }
  for (const key of en.keys()) if (!vi.has(key)) faults.push({ file, says: `lacks ${key}` });
  return faults;
}

/** A literal key in `t('...')` must exist; keys built from codes are proven by the tests of their module. */
function missingKeys(files: Files, known: ReadonlyMap<string, string>): MessageFault[] {
  const faults: MessageFault[] = [];
  for (const [file, text] of files) {
    if (!file.endsWith('.tsx') && !file.startsWith('web/')) continue;
    if (/\.test\.tsx?$/.test(file) || file.includes('gallery')) continue;
    for (const [, key = ''] of text.matchAll(/\bt\(\s*'([a-zA-Z][\w-]*\.[\w.-]+)'/g)) {
      if (!known.has(key)) faults.push({ file, says: `names the text ${key}, which no messages file has` });
    }
  }
  return faults;
}
