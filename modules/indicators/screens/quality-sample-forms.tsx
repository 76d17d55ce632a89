import { useState } from 'react';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { today } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { getUnitTree } from '#modules/org-units/schema.ts';
import { announceSample, recordCount, type Quality, type Sample } from '../schema.ts';
import { sayPeriod, sayUnit } from './figure.tsx';
import type { QualityNames } from './quality-names.ts';

type AnnounceProps = { readonly quality: Quality; readonly names: QualityNames; readonly province: string | undefined; readonly onClose: () => void; readonly onDone: () => void };

/** Size, elements and first day of visits; the units are known to nobody until the draw. */
export function AnnounceDialog({ quality, names, province, onClose, onDone }: AnnounceProps) {
  const announce = useCommand(announceSample);
  const tree = useQuery(getUnitTree, province === undefined ? { query: {} } : undefined);
  const [id] = useState(() => newId<'Sample'>());
  const [where, setWhere] = useState(province ?? '');
  const [size, setSize] = useState('10');
  const [from, setFrom] = useState(addDays(today(), 7));
  const [elements, setElements] = useState<readonly string[]>([]);
  const choices = names.countable(quality.dataSet);
  const count = /^\d{1,3}$/.test(size.trim()) ? Number(size) : 0;
  const ready = where !== '' && count >= 1 && count <= 200 && elements.length > 0;
  const send = async (): Promise<void> => {
    if (!ready) return;
    const answer = await announce.run({ body: { id, province: where, dataSet: quality.dataSet, period: quality.period.id, size: count, elements: [...elements], visitFrom: from } });
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('indicators.announce')} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={announce.busy} disabled={!ready} onClick={() => void send()}>{t('indicators.announce-do')}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <p className="small muted">{names.dataSet(quality.dataSet)} · {sayPeriod(quality.period.id)}</p>
        <ProblemNotice problem={announce.problem} />
        {province === undefined && <Select label={t('indicators.province')} value={where} onChoose={setWhere} choices={[{ value: '', label: t('indicators.choose') }, ...(tree.value?.provinces ?? []).map((one) => ({ value: one.code, label: named(one) }))]} />}
        <TextInput label={t('indicators.sample-size')} hint={t('indicators.sample-size-hint')} inputMode="numeric" width="short" value={size} onText={setSize} />
        <DateInput label={t('indicators.visit-from')} value={from} min={addDays(today(), 1)} onDay={(next) => { if (next !== undefined) setFrom(next); }} />
        <fieldset className="field"><legend>{t('indicators.sample-elements')}</legend>
          <div className="options">{choices.map((one) => <Checkbox key={one.value} label={one.label} checked={elements.includes(one.value)} disabled={!elements.includes(one.value) && elements.length >= 20} onCheck={(on) => setElements(on ? [...elements, one.value] : elements.filter((other) => other !== one.value))} />)}</div>
        </fieldset>
      </form>
    </Dialog>
  );
}

/** What has not been counted at the unit yet: a count stands as it was made. */
export const notCounted = (sample: Sample, { counts }: Sample['units'][number]): readonly string[] => sample.elements.filter((element) => !counts.some((one) => one.element === element && one.cell === ''));

type CountProps = { readonly sample: Sample; readonly unit: Sample['units'][number]; readonly names: QualityNames; readonly onClose: () => void; readonly onDone: () => void };

/** What was found on the spot; what the unit had reported is not shown while counting, so that nobody counts towards it. */
export function CountDialog({ sample, unit, names, onClose, onDone }: CountProps) {
  const elements = notCounted(sample, unit);
  const record = useCommand(recordCount);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState('');
  const counts = elements.flatMap((element) => { const text = typed[element]?.trim() ?? ''; return /^\d{1,15}$/.test(text) ? [{ element, cell: '', counted: Number(text) }] : []; });
  const wrong = elements.some((element) => { const text = typed[element]?.trim() ?? ''; return text !== '' && !/^\d{1,15}$/.test(text); });
  const send = async (): Promise<void> => {
    if (counts.length === 0 || wrong) return;
    const answer = await record.run({ params: { id: sample.id }, body: { unit: unit.unit.code, counts, note } });
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('indicators.count-at', { unit: sayUnit(unit.unit) })} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={record.busy} disabled={counts.length === 0 || wrong} onClick={() => void send()}>{t('kit.save')}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <p className="small muted">{t('indicators.count-blind')}</p>
        <ProblemNotice problem={record.problem} />
        {elements.map((element) => <TextInput key={element} label={names.element(element, '')} inputMode="numeric" width="short" value={typed[element] ?? ''} onText={(text) => setTyped({ ...typed, [element]: text })} error={/^\d{0,15}$/.test(typed[element]?.trim() ?? '') ? undefined : t('indicators.whole-number')} />)}
        <TextArea label={t('indicators.keep-note')} hint={t('indicators.no-names')} optional rows={3} maxLength={1000} value={note} onText={setNote} />
      </form>
    </Dialog>
  );
}
