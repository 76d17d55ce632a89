import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { getDirective, listDirectives } from '#modules/directives/schema.ts';
import { linkInstrument, type InstrumentRow } from '../schema.ts';

/** The directive, then its line, that asked for the product. */
export function LinkDialog({ row, onClose, onDone }: { readonly row: InstrumentRow; readonly onClose: () => void; readonly onDone: () => void }) {
  const { instrument } = row;
  const [chosen, setChosen] = useState(instrument.link === null ? '' : `${instrument.link.directiveProvince}/${instrument.link.directive}`);
  const [line, setLine] = useState(instrument.link?.assignment ?? '');
  const list = useQuery(listDirectives, { query: { state: 'issued' } });
  const [province = '', directive = ''] = chosen.split('/');
  const lines = useQuery(getDirective, chosen === '' ? undefined : { params: { province, directive } });
  const link = useCommand(linkInstrument);
  const send = async (to: { readonly directiveProvince: string; readonly directive: string; readonly assignment: string } | null): Promise<void> => {
    if ((await link.run({ params: { province: instrument.province, instrument: instrument.id }, body: { version: instrument.version, link: to } })).ok) onDone();
  };
  return (
    <Dialog open kind="wide" title={t('instruments.choose-line')} onClose={onClose} footer={<>
      {instrument.link !== null && <Button busy={link.busy} onClick={() => void send(null)}>{t('instruments.untie')}</Button>}
      <Button onClick={onClose}>{t('instruments.cancel')}</Button><Button look="primary" busy={link.busy} disabled={line === '' || chosen === ''} onClick={() => void send({ directiveProvince: province, directive, assignment: line })}>{t('instruments.save')}</Button></>}>
      <ProblemNotice problem={link.problem} />
      <Select label={t('instruments.directive')} value={chosen} onChoose={(next) => { setChosen(next); setLine(''); }} choices={[{ value: '', label: t('instruments.choose') }, ...(list.value?.rows ?? []).map((one) => ({ value: `${one.province}/${one.id}`, label: [one.number, one.title].filter((text) => text !== null && text !== '').join(' · ') }))]} />
      <Select label={t('instruments.line')} value={line} onChoose={setLine} choices={[{ value: '', label: t('instruments.choose') }, ...(lines.value?.assignments ?? []).map((one) => ({ value: one.id, label: `${one.ordinal} · ${one.clears.task.text.slice(0, 120)}` }))]} />
    </Dialog>
  );
}
