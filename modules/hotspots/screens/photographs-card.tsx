import { useState } from 'react';
import { call, fetchFile, type Problem } from '#web/api.ts';
import { day, fileSize, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox, Select } from '#web/kit/field.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { useMay } from '#web/session.tsx';
import { addPhotograph, openPhotograph, photographStages, type Photograph, type PlaceView, type Purpose, purposes, removePhotograph } from '../schema.ts';
import { shrinkImage, readAsAddress } from './shrink-image.ts';
import { capital, sayPurpose } from './words.ts';

/** Photographs without their metadata. Opening one asks for a purpose, which is written to the log. */
export function PhotographsCard({ view, reload }: { readonly view: PlaceView; readonly reload: () => void }) {
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Photograph>();
  if (view.photographs.length === 0 && !view.mayAct) return null;
  return (
    <Card title={t('hotspots.photographs')} say={t('hotspots.photographs-say')} tools={view.mayAct && <Button size="small" icon="plus" onClick={() => setAdding(true)}>{t('hotspots.add-photograph')}</Button>}>
      {view.photographs.length === 0 ? <p className="muted">{t('hotspots.no-photographs')}</p> : (
        <ul className="unit-lines">{view.photographs.map((photo) => (
          <li key={photo.id} className="row between"><span>{capital(sayKey(`hotspots.stage.${photo.stage}`))}, {day(photo.takenOn)} <span className="muted">({photo.width} × {photo.height}, {fileSize(photo.bytes)})</span></span>
            {may('hotspots.exact', view.place) && <Button size="small" onClick={() => setOpened(photo)}>{t('hotspots.open-photograph')}<span className="vh"> {day(photo.takenOn)}</span></Button>}</li>
        ))}</ul>
      )}
      {adding && <AddDialog view={view} onClose={() => setAdding(false)} onDone={() => { setAdding(false); reload(); }} />}
      {opened && <OpenDialog view={view} photo={opened} onClose={() => setOpened(undefined)} onRemoved={() => { setOpened(undefined); reload(); }} />}
    </Card>
  );
}

type AddProps = { readonly view: PlaceView; readonly onClose: () => void; readonly onDone: () => void };
function AddDialog({ view: { place }, onClose, onDone }: AddProps) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [stage, setStage] = useState<(typeof photographStages)[number]>('found');
  const [takenOn, setTakenOn] = useState<string | undefined>(today());
  const [noPerson, setNoPerson] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const file = files[0];
  const send = async (): Promise<void> => {
    if (file === undefined || takenOn === undefined) return;
    setBusy(true);
    const answer = await call(addPhotograph, { params: { province: place.province, place: place.id }, query: { stage, takenOn, noPerson: 'yes' } }, { file: await shrinkImage(file), fileName: 'anh' });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('hotspots.add-photograph')} onClose={onClose} footer={<Button look="primary" busy={busy} disabled={file === undefined || !noPerson} onClick={() => void send()}>{t('hotspots.send-photograph')}</Button>}>
      <ProblemNotice problem={problem} />
      <FileDrop label={t('hotspots.photograph-file')} hint={t('hotspots.photograph-hint')} accept="image/jpeg,image/png,image/webp" maxBytes={30 * 1_048_576} files={files} onFiles={setFiles} />
      <Select label={t('hotspots.photograph-stage')} value={stage} onChoose={setStage} choices={photographStages.map((value) => ({ value, label: capital(sayKey(`hotspots.stage.${value}`)) }))} />
      <DateInput label={t('hotspots.taken-on')} value={takenOn} onDay={setTakenOn} max={today()} />
      <Checkbox label={t('hotspots.no-person-seen')} hint={t('hotspots.no-person-seen-say')} checked={noPerson} onCheck={setNoPerson} />
    </Dialog>
  );
}

type OpenProps = { readonly view: PlaceView; readonly photo: Photograph; readonly onClose: () => void; readonly onRemoved: () => void };
function OpenDialog({ view: { place, mayAct }, photo, onClose, onRemoved }: OpenProps) {
  const [purpose, setPurpose] = useState<Purpose | ''>('');
  const [address, setAddress] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const params = { province: place.province, place: place.id, photograph: photo.id };
  const show = async (): Promise<void> => {
    if (purpose === '') return;
    const answer = await fetchFile(openPhotograph, { params, query: { purpose } });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setAddress(await readAsAddress(answer.value.file));
  };
  const remove = async (): Promise<void> => {
    const answer = await call(removePhotograph, { params, body: { reason: 'shows-person' } });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) onRemoved();
  };
  return (
    <Dialog open kind="wide" title={t('hotspots.photograph-of', { code: place.code, day: day(photo.takenOn) })} onClose={onClose} footer={mayAct && address !== undefined && <Button look="danger" onClick={() => void remove()}>{t('hotspots.remove-photograph')}</Button>}>
      <ProblemNotice problem={problem} />
      {address === undefined ? (
        <><Notice><p>{t('hotspots.opening-logged')}</p></Notice>
          <Select label={t('hotspots.purpose')} value={purpose} onChoose={setPurpose} choices={[{ value: '', label: t('hotspots.choose') }, ...purposes.map((value) => ({ value, label: capital(sayPurpose(value)) }))]} />
          <Button look="primary" disabled={purpose === ''} onClick={() => void show()}>{t('hotspots.open-photograph')}</Button></>
      ) : <img className="shot" src={address} alt={t('hotspots.photograph-of', { code: place.code, day: day(photo.takenOn) })} width={photo.width} height={photo.height} />}
    </Dialog>
  );
}
