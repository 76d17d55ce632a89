import { useState } from 'react';
import { call, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { CopyText } from '#web/kit/copy-link.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { useCommand } from '#web/query.ts';
import { openExactPlace, type PlaceView, type Purpose, purposes, setExactPlace } from '../schema.ts';
import { readExact, sayExact } from './exact-text.ts';
import { capital, sayPurpose } from './words.ts';

/** Most see the commune and no more. Whoever must go there opens the exact place for a stated purpose, and the opening is logged. */
export function ExactCard({ view, reload }: { readonly view: PlaceView; readonly reload: () => void }) {
  const { place } = view;
  const params = { province: place.province, place: place.id };
  const [purpose, setPurpose] = useState<Purpose | ''>('');
  const [exact, setExact] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const save = useCommand(setExactPlace);
  if (!view.mayOpenExact) return null;
  const open = async (): Promise<void> => {
    if (purpose === '') return;
    const answer = await call(openExactPlace, { params, query: { purpose } });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setExact(answer.value.exact === null ? '' : sayExact(answer.value.exact));
  };
  const record = async (): Promise<void> => {
    const read = readExact(typed);
    setWrong(read === undefined);
    if (read === undefined) return;
    const answer = await save.run({ params, body: read });
    if (answer.ok) { setTyped(''); setExact(undefined); reload(); }
  };
  return (
    <Card title={t('hotspots.exact')} say={t('hotspots.exact-say')}>
      <ProblemNotice problem={problem ?? save.problem} />
      {exact === undefined && view.exactRecorded && (
        <form onSubmit={(event) => { event.preventDefault(); void open(); }}>
          <Select label={t('hotspots.purpose')} value={purpose} onChoose={setPurpose} choices={[{ value: '', label: t('hotspots.choose') }, ...purposes.map((value) => ({ value, label: capital(sayPurpose(value)) }))]} />
          <Button type="submit" icon="lock" disabled={purpose === ''}>{t('hotspots.open-exact')}</Button>
        </form>
      )}
      {exact !== undefined && exact !== '' && <p className="row"><b>{exact}</b><CopyText text={exact} /></p>}
      {!view.exactRecorded && <p className="muted small">{t('hotspots.exact-none')}</p>}
      {view.mayAct && (
        <details><summary>{t(view.exactRecorded ? 'hotspots.exact-change' : 'hotspots.exact-record')}</summary>
          <form onSubmit={(event) => { event.preventDefault(); void record(); }}>
            <TextInput label={t('hotspots.exact')} hint={t('hotspots.exact-hint')} value={typed} onText={setTyped} {...(wrong ? { error: t('hotspots.exact-wrong') } : {})} />
            <Button type="submit" size="small" busy={save.busy}>{t('kit.save')}</Button>
          </form>
        </details>
      )}
    </Card>
  );
}
