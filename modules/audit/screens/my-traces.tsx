import { t } from '#web/i18n/words.ts';
import { PageHead } from '#web/kit/card.tsx';
import { listMyEntries } from '../schema.ts';
import { useNames } from './names.ts';
import { TimelineView } from './timeline-tab.tsx';
import { useTimeline } from './use-timeline.ts';

const everything = {};

/** What the log holds of the signed-in account: open to everyone about themselves. */
export default function MyTraces() {
  const names = useNames();
  const timeline = useTimeline(listMyEntries, everything);
  return (
    <>
      <PageHead title={t('audit.tab.mine')} say={t('audit.mine-lead')} />
      <TimelineView timeline={timeline} names={names} />
    </>
  );
}
