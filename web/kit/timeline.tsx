import type { ReactNode } from 'react';
import { moment } from '../i18n/format.ts';

export type TimelineEntry = { readonly key: string; readonly at: string; readonly what: ReactNode; readonly who?: ReactNode; readonly tone?: 'bad' | 'idle' };

/** What happened, the newest first unless the caller orders otherwise. `at`: an instant, or text that is shown as it is. */
export const Timeline = ({ entries }: { readonly entries: readonly TimelineEntry[] }) => (
  <ol className="tl">
    {entries.map((entry) => (
      <li key={entry.key} className={entry.tone}>
        {entry.what}
        <time dateTime={/^\d{4}-/.test(entry.at) ? entry.at : undefined}>{/^\d{4}-\d{2}-\d{2}T/.test(entry.at) ? moment(entry.at) : entry.at}{entry.who !== undefined && <> · {entry.who}</>}</time>
      </li>
    ))}
  </ol>
);
