import { useState } from 'react';
import { today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { call, type Problem } from '#web/api.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Checkbox, Select, TextInput } from '#web/kit/field.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView, Skeleton } from '#web/kit/notice.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { useQueryState } from '#web/place.ts';
import { listDecrees } from '../schema/verdict.ts';
import type { Criteria, Decree, Reading } from '../schema/criteria.ts';
import { askWhatIf, type ThresholdChange, type WhatIf } from '../schema/what-if.ts';
import { useListUnit } from './list-place.ts';
import { thresholdsOf, type Field } from './what-if-fields.ts';
import { WhatIfAnswer } from './what-if-answer.tsx';
import { outcomeWord, periodOf } from './words.ts';
import './classification.css';

const plainReading: Reading = { people: 'not-counted', orHigher: false, window: 'closing-day' };

/** Other thresholds, or another reading, replayed on periods that are known, beside those in force. Nothing is changed by asking. */
export default function WhatIfScreen() {
  const decrees = useQuery(listDecrees, { query: {} });
  const on = today();
  const rows = decrees.value?.rows.map((row) => row.decree) ?? [];
  const inForce = rows.findLast((one) => one.validFrom <= on && (one.validTo === null || one.validTo >= on)) ?? rows[0];
  return (
    <>
      <PageHead title={t('classification.what-if')} say={t('classification.what-if-say')} crumbs={[{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: t('classification.what-if') }]} tools={<CopyLink />} />
      <RemoteView of={decrees} lines={8}>{() => (inForce === undefined ? <EmptyState icon="file" title={t('classification.no-decree')} /> : <Ask decrees={rows} inForce={inForce} />)}</RemoteView>
    </>
  );
}

type Typed = Readonly<Record<string, string>>;
/** As it is typed in the reader's language: 0,5 or 0.5. */
const typedOf = (value: number): string => (language() === 'vi' ? String(value).replace('.', ',') : String(value));
const readNumber = (text: string): number | undefined => { const value = Number(text.trim().replace(',', '.')); return text.trim() === '' || !Number.isFinite(value) || value < 0 ? undefined : value; };

/** What was typed otherwise than it is in force. Unread text is told, not dropped. */
function changesOf(fields: readonly Field[], typed: Typed): { readonly changes: ThresholdChange[]; readonly wrong: readonly string[] } {
  const changed = fields.flatMap((field) => { const text = typed[field.key]; return text === undefined || text === typedOf(field.value) ? [] : [{ field, value: readNumber(text) }]; });
  return { changes: changed.flatMap(({ field, value }) => (value === undefined || value === field.value ? [] : [field.change(value)])), wrong: changed.filter(({ value }) => value === undefined).map(({ field }) => field.key) };
}

function Ask({ decrees, inForce }: { readonly decrees: readonly Decree[]; readonly inForce: Decree }) {
  const [query, setQuery] = useQueryState();
  const unit = useListUnit();
  const running = Number(periodOf(today()));
  const known = [running - 1, running].filter((year) => year >= 2025).map(String);
  const [periods, setPeriods] = useState<readonly string[]>(known.slice(0, 1));
  const [reading, setReading] = useState<Reading>(plainReading);
  const [typed, setTyped] = useState<Typed>({});
  const [whole, setWhole] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<WhatIf>();
  const fields = thresholdsOf(inForce.criteria);
  const { changes, wrong } = changesOf(fields, typed);
  const other: Criteria | undefined = decrees.find((one) => one.id === whole)?.criteria;
  const standing = query.get('so') === 'approved' ? 'approved' : 'reported';
  const send = async (): Promise<void> => {
    if (wrong.length > 0 || periods.length === 0) return;
    setBusy(true);
    const got = await call(askWhatIf, { body: { unit, periods: [...periods].sort(), standing, reading, ...(other === undefined ? (changes.length > 0 ? { changes } : {}) : { criteria: other }) } });
    setBusy(false);
    setProblem(got.ok ? undefined : got.problem);
    setAnswer(got.ok ? got.value : undefined);
  };
  return (
    <div className="stack">
      <Card title={t('classification.other-thresholds')} say={t('classification.in-force-now', { number: inForce.number })}
        footer={<div className="row between"><span className="small">{t('classification.changed-count', { count: changes.length })}</span><span className="row tight"><Button onClick={() => { setTyped({}); setReading(plainReading); setWhole(''); setAnswer(undefined); }}>{t('classification.start-over')}</Button><Button look="primary" busy={busy} onClick={() => void send()}>{t('classification.replay')}</Button></span></div>}>
        <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
          <ProblemNotice problem={problem} />
          <div className="row">
            <fieldset className="field"><legend>{t('classification.on-periods')}</legend><span className="row">{known.map((year) => <Checkbox key={year} label={t('classification.period-of', { period: year })} checked={periods.includes(year)} onCheck={(checked) => setPeriods(checked ? [...periods, year] : periods.filter((one) => one !== year))} />)}</span></fieldset>
            <Segmented label={t('classification.evidence')} value={standing} onChoose={(so) => setQuery({ so })} choices={[{ value: 'reported', label: t('classification.standing-reported') }, { value: 'approved', label: t('classification.standing-approved') }]} />
          </div>
          {decrees.length > 1 && <Select label={t('classification.whole-decree')} value={whole} onChoose={setWhole} choices={[{ value: '', label: t('classification.only-changes') }, ...decrees.filter((one) => one.id !== inForce.id).map((one) => ({ value: one.id, label: one.number }))]} />}
          {whole === '' && (['drug-free', 'I', 'II', 'III', 'province'] as const).map((group) => (
            <details key={group} className="source-rows" open={group === 'drug-free' || group === 'I'}><summary>{group === 'province' ? outcomeWord('key-complex') : outcomeWord(group)}</summary>
              <div className="thresholds">{fields.filter((field) => field.group === group).map((field) => (
                <TextInput key={field.key} label={field.label()} hint={t('classification.now-is', { value: field.value })} inputMode="decimal" width="short" value={typed[field.key] ?? typedOf(field.value)} onText={(text) => setTyped({ ...typed, [field.key]: text })} error={wrong.includes(field.key) ? t('classification.not-a-number') : undefined} />
              ))}</div>
            </details>
          ))}
          <ReadingFields reading={reading} onReading={setReading} />
        </form>
      </Card>
      {busy && <Card><Skeleton lines={6} /></Card>}
      {!busy && answer !== undefined && <WhatIfAnswer answer={answer} />}
      {!busy && answer === undefined && problem === undefined && <Notice><p>{t('classification.what-if-empty')}</p></Notice>}
    </div>
  );
}

/** Where the text can be read in two ways. */
const ReadingFields = ({ reading, onReading }: { readonly reading: Reading; readonly onReading: (reading: Reading) => void }) => (
  <fieldset className="field"><legend>{t('classification.reading-title')}</legend>
    <div className="thresholds">
      <Select label={t('classification.axis.people')} value={reading.people} onChoose={(people) => onReading({ ...reading, people })} choices={(['not-counted', 'counted'] as const).map((one) => ({ value: one, label: sayKey(`classification.reading.people.${one}`) }))} />
      <Select label={t('classification.axis.window')} value={reading.window} onChoose={(window) => onReading({ ...reading, window })} choices={(['closing-day', 'whole-period'] as const).map((one) => ({ value: one, label: sayKey(`classification.reading.window.${one}`) }))} />
      <Checkbox label={t('classification.reading.or-higher')} hint={t('classification.reading.or-higher-say')} checked={reading.orHigher} onCheck={(orHigher) => onReading({ ...reading, orHigher })} />
    </div>
  </fieldset>
);
