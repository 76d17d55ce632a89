import { useState } from 'react';
import { t } from '../i18n/words.ts';
import { Dialog } from './dialog.tsx';
import { keysNow, useKeys, type ScreenKey } from './keys.ts';

const face: Readonly<Record<string, string>> = { Enter: 'Enter', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑', ' ': 'Space' };
export const keyFace = (key: string): string => face[key] ?? key.toUpperCase();

/** `?` shows every key that works here. Drawn once, by the shell. */
export function KeyHelp() {
  const [shown, setShown] = useState<readonly ScreenKey[]>();
  useKeys([{ key: '?', labelKey: 'kit.keys-help', run: () => setShown(keysNow()) }]);
  return (
    <Dialog open={shown !== undefined} title={t('kit.keys-title')} onClose={() => setShown(undefined)}>
      <dl className="keys-list">
        <dt><kbd>Ctrl</kbd><kbd>K</kbd></dt><dd>{t('shell.search')}</dd>
        {(shown ?? []).map((key) => [<dt key={`${key.key}-t`}><kbd>{keyFace(key.key)}</kbd></dt>, <dd key={`${key.key}-d`}>{t(key.labelKey)}</dd>])}
      </dl>
    </Dialog>
  );
}
