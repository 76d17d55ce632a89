import { useState } from 'react';
import { day, number, today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { useCommand } from '#web/query.ts';
import { linkCount, type LinkedCount, type PlaceView, type Substance, substances, withdrawCount } from '../schema.ts';
import { saySubstance } from './words.ts';

const weight = (milligrams: number): string => (milligrams >= 1_000_000 ? t('hotspots.kilograms', { kg: number(milligrams / 1_000_000, 3) }) : t('hotspots.grams', { g: number(milligrams / 1000, 3) }));

/** Numbers a document states of a resolved place: cases, suspects, seizures. Counts with the document's number, never who. */
export function CountsCard({ view, reload }: { readonly view: PlaceView; readonly reload: () => void }) {
  const [adding, setAdding] = useState(false);
  const withdraw = useCommand(withdrawCount);
  const { place } = view;
  if (view.counts.length === 0 && !view.mayAct) return null;
  const take = async (count: LinkedCount): Promise<void> => {
    if ((await withdraw.run({ params: { province: place.province, place: place.id, count: count.id }, body: {} })).ok) reload();
  };
  return (
    <Card title={t('hotspots.linked')} say={t('hotspots.linked-say')} tools={view.mayAct && <Button size="small" icon="plus" onClick={() => setAdding(true)}>{t('hotspots.link-count')}</Button>}>
      <ProblemNotice problem={withdraw.problem} />
      {view.counts.length === 0 ? <p className="muted small">{t('hotspots.no-counts')}</p> : (
        <ul className="unit-lines">{view.counts.map((count) => (
          <li key={count.id}><b>{count.documentNumber}</b>, {day(count.documentDate)}{count.withdrawn && <span className="muted"> {t('hotspots.withdrawn')}</span>}<br />
            {t('hotspots.count-line', { cases: number(count.cases), suspects: number(count.suspects) })}{count.seizures.map((one) => `; ${saySubstance(one.substance)} ${weight(one.milligrams)}`).join('')}
            {view.mayAct && !count.withdrawn && <><br /><button type="button" className="linkish small" onClick={() => void take(count)}>{t('hotspots.withdraw')}<span className="vh"> {count.documentNumber}</span></button></>}</li>
        ))}</ul>
      )}
      {adding && <CountDialog view={view} onClose={() => setAdding(false)} onDone={() => { setAdding(false); reload(); }} />}
    </Card>
  );
}

const whole = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : 0);
/** Grams as typed in Vietnamese or English, in whole milligrams; undefined: no weight. */
const milligrams = (text: string): number | undefined => { const found = /^\d{1,7}(?:[.,]\d{1,3})?$/.exec(text.trim()); return found === null ? undefined : Math.round(Number(text.trim().replace(',', '.')) * 1000); };

function CountDialog({ view: { place }, onClose, onDone }: { readonly view: PlaceView; readonly onClose: () => void; readonly onDone: () => void }) {
  const [documentNumber, setNumber] = useState('');
  const [documentDate, setDate] = useState<string>();
  const [cases, setCases] = useState('');
  const [suspects, setSuspects] = useState('');
  const [substance, setSubstance] = useState<Substance>('heroin');
  const [grams, setGrams] = useState('');
  const [seizures, setSeizures] = useState<readonly { readonly substance: Substance; readonly milligrams: number }[]>([]);
  const command = useCommand(linkCount);
  const last = milligrams(grams);
  const whatNow = last === undefined || last === 0 ? seizures : [...seizures.filter((one) => one.substance !== substance), { substance, milligrams: last }];
  const send = async (): Promise<void> => {
    if (documentDate === undefined) return;
    const answer = await command.run({ params: { province: place.province, place: place.id }, body: { documentNumber: documentNumber.trim(), documentDate, cases: whole(cases), suspects: whole(suspects), seizures: [...whatNow] } });
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('hotspots.link-count')} onClose={onClose} footer={<Button look="primary" busy={command.busy} disabled={documentNumber.trim() === '' || documentDate === undefined} onClick={() => void send()}>{t('kit.save')}</Button>}>
      <ProblemNotice problem={command.problem} />
      <TextInput label={t('hotspots.document-number')} hint={t('hotspots.document-hint')} width="mid" value={documentNumber} onText={setNumber} />
      <DateInput label={t('hotspots.document-date')} value={documentDate} onDay={setDate} max={today()} />
      <div className="grid2"><TextInput label={t('hotspots.cases')} inputMode="numeric" width="short" value={cases} onText={setCases} /><TextInput label={t('hotspots.suspects')} inputMode="numeric" width="short" value={suspects} onText={setSuspects} /></div>
      <ul className="chips">{seizures.map((one) => <li key={one.substance} className="chip">{saySubstance(one.substance)} {weight(one.milligrams)}</li>)}</ul>
      <div className="grid2"><Select label={t('hotspots.substance')} value={substance} onChoose={setSubstance} choices={substances.map((value) => ({ value, label: saySubstance(value) }))} /><TextInput label={t('hotspots.seized-grams')} inputMode="decimal" width="short" value={grams} onText={setGrams} /></div>
      <Button size="small" disabled={last === undefined || last === 0} onClick={() => { setSeizures(whatNow); setGrams(''); }}>{t('hotspots.add-substance')}</Button>
    </Dialog>
  );
}
