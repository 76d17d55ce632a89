import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { CopyText } from '#web/kit/copy-link.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { endFeedLink, getFeedLink, makeFeedLink } from '../schema.ts';

/** The private calendar address of the reader's deadlines: made, copied once, ended. */
export function CalendarFeed() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="calendar" onClick={() => setOpen(true)}>{t('directives.calendar')}</Button>
      <Dialog open={open} title={t('directives.calendar-title')} onClose={() => setOpen(false)}><Feed /></Dialog>
    </>
  );
}

function Feed() {
  const link = useQuery(getFeedLink, {});
  const make = useCommand(makeFeedLink);
  const end = useCommand(endFeedLink);
  const [url, setUrl] = useState<string>();
  const create = async (): Promise<void> => {
    const answer = await make.run({ body: {} });
    if (!answer.ok) return;
    setUrl(answer.value.url ?? undefined);
    link.reload();
  };
  const stop = async (): Promise<void> => {
    if (!(await end.run({})).ok) return;
    setUrl(undefined);
    link.reload();
  };
  return (
    <RemoteView of={link}>
      {(value) => (
        <div className="stack">
          <p>{t('directives.calendar-say')}</p>
          {url !== undefined && <><p className="doc"><code>{url}</code></p><CopyText text={url} /></>}
          {make.problem && <ProblemNotice problem={make.problem} />}
          <div className="row">
            <Button look="primary" busy={make.busy} onClick={() => void create()}>{t(value.exists ? 'directives.calendar-again' : 'directives.calendar-make')}</Button>
            {value.exists && <Button busy={end.busy} onClick={() => void stop()}>{t('directives.calendar-end')}</Button>}
          </div>
        </div>
      )}
    </RemoteView>
  );
}
