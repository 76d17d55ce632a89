import { t } from '#web/i18n/words.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useQueryState } from '#web/place.ts';
import { CheckpointsTab } from './checkpoints-tab.tsx';
import { useNames } from './names.ts';
import { TimelineTab } from './timeline-tab.tsx';

/** The audit: one timeline of changes and readings, and the proof that it is whole. */
export default function Audit() {
  const [query, setQuery] = useQueryState();
  const names = useNames();
  const tab = query.get('the') === 'moc' ? 'moc' : 'dong';
  return (
    <>
      <PageHead title={t('audit.title')} say={t('audit.lead')} tools={<><LinkButton to="/kiem-toan/cua-toi" icon="person">{t('audit.tab.mine')}</LinkButton><CopyLink /></>} />
      <Tabs
        label={t('audit.title')} value={tab} onChoose={(value) => setQuery({ the: value === 'dong' ? undefined : value })}
        tabs={[{ value: 'dong', label: t('audit.tab.timeline') }, { value: 'moc', label: t('audit.tab.checkpoints') }]}
      >
        {tab === 'moc' ? <CheckpointsTab names={names} /> : <TimelineTab names={names} />}
      </Tabs>
    </>
  );
}
