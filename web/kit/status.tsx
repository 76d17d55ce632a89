import type { ReactNode } from 'react';
import { t } from '../i18n/words.ts';
import { Icon } from './icon.tsx';

/**
 * Shape, word and colour say the same: disc with tick (good), ring with tick (fair), triangle (attention, to conclude),
 * diamond (overdue, refused), ticked square (accepted), half disc (under way), dashed ring (not begun, neutral).
 */
export type StatusKind = 'ok' | 'fair' | 'warn' | 'bad' | 'done' | 'half' | 'idle';

const toneOf: Record<StatusKind, string> = { ok: 'ok', fair: 'ok', warn: 'warn', bad: 'bad', done: 'done', half: 'done', idle: 'idle' };

/** `bare` inside tables: no frame. */
export const StatusBadge = ({ kind, children, bare = false }: { readonly kind: StatusKind; readonly children: ReactNode; readonly bare?: boolean }) => (
  <span className={`st ${toneOf[kind]}${bare ? ' bare' : ''}`}><Icon name={kind} size={15} />{children}</span>
);

/** One clear of a task: stated, to be read between the lines, or missing. */
export type ClearState = 'clear' | 'implicit' | 'missing';

/** Six dots, in the order person, task, responsibility, authority, timeline, result. */
export const SixDots = ({ states }: { readonly states: readonly ClearState[] }) => {
  const clear = states.filter((state) => state === 'clear').length;
  const implicit = states.filter((state) => state === 'implicit').length;
  const said = t('kit.six-clear', { clear, of: states.length });
  return (
    <span className="six" role="img" aria-label={implicit === 0 ? said : `${said}, ${t('kit.six-implicit', { count: implicit })}`}>
      {states.map((state, index) => <i key={index} className={state === 'missing' ? 'no' : state === 'implicit' ? 'part' : undefined} />)}
    </span>
  );
};

export const Badge = ({ children, hot = false }: { readonly children: ReactNode; readonly hot?: boolean }) => <span className={`badge${hot ? ' hot' : ''}`}>{children}</span>;
