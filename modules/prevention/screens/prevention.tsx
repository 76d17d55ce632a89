import { t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { CalendarPart } from './calendar-part.tsx';
import { DrivesPart } from './drives-part.tsx';
import { ModelsPart } from './models-part.tsx';
import { PilotsPart } from './pilots-part.tsx';

const parts = ['mo-hinh', 'nam-hoc', 'thi-diem', 'truyen-thong'] as const;
const labelOf = { 'mo-hinh': 'prevention.models', 'nam-hoc': 'prevention.calendar', 'thi-diem': 'prevention.pilots', 'truyen-thong': 'prevention.drives' } as const;

/** Prevention in four parts: the catalogue with its reach, the school year, pilots, communication. */
export default function PreventionScreen() {
  const [query, setQuery] = useQueryState();
  const part = parts.find((one) => one === query.get('xem')) ?? 'mo-hinh';
  return (
    <>
      <PageHead title={t('prevention.title')} say={t('prevention.say')} tools={<CopyLink />} />
      <Tabs label={t('prevention.title')} value={part} onChoose={(next) => setQuery({ xem: next === 'mo-hinh' ? undefined : next })} tabs={parts.map((value) => ({ value, label: t(labelOf[value]) }))}>
        {part === 'mo-hinh' ? <ModelsPart /> : part === 'nam-hoc' ? <CalendarPart /> : part === 'thi-diem' ? <PilotsPart /> : <DrivesPart />}
      </Tabs>
    </>
  );
}
