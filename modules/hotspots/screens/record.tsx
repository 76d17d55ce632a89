import { useState } from 'react';
import { newId } from '#kernel/id.ts';
import { clock, today } from '#web/i18n/format.ts';
import { fold } from '#kernel/fold.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Checkbox, RadioGroup, Select, TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, type FormError, Notice, Skeleton } from '#web/kit/notice.tsx';
import { OutboxCard } from '#web/kit/outbox.tsx';
import { queueHere, useOutbox } from '#web/offline/outbox-here.ts';
import { type KeptFormHere, useKeptForm } from '#web/offline/use-kept-form.ts';
import { useMay, useSession } from '#web/session.tsx';
import { activities, bases, kinds, type ReportPlace, settings, sources, type Activity } from '../schema.ts';
import { boardPath } from './addresses.ts';
import { readExact } from './exact-text.ts';
import './hotspots.css';
import { checkKind, newPlaceForm, placeKind, subjectOf } from './outbox.ts';
import { useUnits, useWhere, type Units, type Where } from './units.ts';
import { capital, sayActivity, sayBasis, sayKind, saySetting, saySource } from './words.ts';

/** Records a place on the spot: closed words, a commune and a day; no field holds a person. Works without a line. */
export default function RecordScreen() {
  const { account } = useSession();
  const form = useKeptForm(account, newPlaceForm);
  const entries = (useOutbox(account) ?? []).filter((entry) => entry.kind === placeKind || entry.kind === checkKind);
  return (
    <>
      <PageHead title={t('hotspots.record-title')} crumbs={[{ label: t('hotspots.title'), to: boardPath }, { label: t('hotspots.record-title') }]} say={t('hotspots.record-say')} />
      <div className="stack middle">
        {form.ready ? <RecordForm form={form} who={account} /> : <Skeleton lines={8} />}
        <OutboxCard entries={entries} who={account} />
      </div>
    </>
  );
}

const pick = <V extends string>(all: readonly V[], value: unknown): V | undefined => all.find((one) => one === value);
const chosenActivities = (value: unknown): readonly Activity[] => (Array.isArray(value) ? activities.filter((one) => value.includes(one)) : []);

/** The report as the form stands, or what is missing from it. */
function readReport(values: KeptFormHere['values'], where: Where): { readonly report: Omit<ReportPlace, 'id'> } | { readonly errors: readonly FormError[] } {
  const exactText = typeof values['exact'] === 'string' ? values['exact'].trim() : '';
  const exact = exactText === '' ? undefined : readExact(exactText);
  const province = where.province ?? (typeof values['province'] === 'string' ? values['province'] : undefined);
  const commune = where.commune ?? (typeof values['commune'] === 'string' ? values['commune'] : undefined);
  const setting = pick(settings, values['setting']);
  const done = chosenActivities(values['activities']);
  const errors: FormError[] = [
    ...(province === undefined || commune === undefined ? [{ field: 'xa', text: t('hotspots.need-commune') }] : []), ...(setting === undefined ? [{ field: 'noi', text: t('hotspots.need-setting') }] : []),
    ...(done.length === 0 ? [{ field: 'hoat-dong', text: t('hotspots.need-activity') }] : []), ...(exactText !== '' && exact === undefined ? [{ field: 'vi-tri', text: t('hotspots.exact-wrong') }] : []),
  ];
  if (province === undefined || commune === undefined || setting === undefined || errors.length > 0) return { errors };
  return { report: {
    province, commune, setting, activities: [...done], kind: pick(kinds, values['kind']) ?? 'point', source: pick(sources, values['source']) ?? 'patrol', basis: pick(bases, values['basis']) ?? 'suspected',
    foundOn: typeof values['foundOn'] === 'string' ? values['foundOn'] : today(), ...(exact === undefined ? {} : { exact }),
  } };
}

function RecordForm({ form, who }: { readonly form: KeptFormHere; readonly who: string }) {
  const where = useWhere();
  const units = useUnits();
  const may = useMay();
  const [attempt, setAttempt] = useState(0);
  const [lost, setLost] = useState(false);
  const read = readReport(form.values, where);
  const errors = attempt > 0 && 'errors' in read ? read.errors : [];
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const { values, set } = form;
  const done = chosenActivities(values['activities']);
  const send = async (): Promise<void> => {
    setAttempt(attempt + 1);
    if (!('report' in read)) return;
    await form.done();
    const id = newId<'Place'>();
    const kept = await queueHere(who, { id: newId<'Command'>(), kind: placeKind, subject: subjectOf(read.report.province, id), form: newPlaceForm, at: Date.now() }, (stored) => ({ body: { ...read.report, id } satisfies ReportPlace, fields: Object.keys(stored.fields) }));
    setLost(!kept);
    if (kept) setAttempt(0);
  };
  return (
    <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }} noValidate>
      <ErrorSummary errors={errors} attempt={attempt} />
      {(lost || form.failed) && <Notice tone="bad" live><p>{t('outbox.not-kept')}</p></Notice>}
      <Card title={t('hotspots.record-where')}>
        {where.commune === undefined ? <CommuneField units={units} where={where} values={values} set={set} error={errorOf('xa')} /> : <p><b>{units?.nameOf(where.commune) ?? where.commune}</b></p>}
        <Select id="noi" label={t('hotspots.setting')} error={errorOf('noi')} value={pick(settings, values['setting']) ?? ''} onChoose={(value) => set('setting', value)} choices={[{ value: '', label: t('hotspots.choose') }, ...settings.map((value) => ({ value, label: capital(saySetting(value)) }))]} />
        {may('hotspots.exact') && <TextInput id="vi-tri" label={t('hotspots.exact')} hint={t('hotspots.exact-hint')} error={errorOf('vi-tri')} optional width="mid" inputMode="decimal" value={typeof values['exact'] === 'string' ? values['exact'] : ''} onText={(text) => set('exact', text)} />}
      </Card>
      <Card title={t('hotspots.record-what')}>
        <RadioGroup label={t('hotspots.kind')} value={pick(kinds, values['kind']) ?? 'point'} onChoose={(value) => set('kind', value)} choices={kinds.map((value) => ({ value, label: sayKind(value), hint: t(`hotspots.kind-${value}-say`) }))} />
        <RadioGroup label={t('hotspots.basis-label')} value={pick(bases, values['basis']) ?? 'suspected'} onChoose={(value) => set('basis', value)} choices={bases.map((value) => ({ value, label: sayBasis(value) }))} />
        <fieldset className={`field${errorOf('hoat-dong') === undefined ? '' : ' wrong'}`}><legend>{t('hotspots.activities')}</legend>
          {errorOf('hoat-dong') !== undefined && <p className="err">{errorOf('hoat-dong')}</p>}
          {activities.map((value, at) => <Checkbox key={value} {...(at === 0 ? { id: 'hoat-dong' } : {})} label={capital(sayActivity(value))} checked={done.includes(value)} onCheck={(on) => set('activities', on ? [...done, value] : done.filter((one) => one !== value))} />)}
        </fieldset>
        <Select label={t('hotspots.source')} hint={t('hotspots.source-hint')} value={pick(sources, values['source']) ?? 'patrol'} onChoose={(value) => set('source', value)} choices={sources.map((value) => ({ value, label: saySource(value) }))} />
        <DateInput label={t('hotspots.found-on')} value={typeof values['foundOn'] === 'string' ? values['foundOn'] : today()} onDay={(value) => set('foundOn', value)} max={today()} />
      </Card>
      <Notice><p>{t('hotspots.no-person')}</p></Notice>
      <div className="sendbar"><span className="sendstate" role="status">{form.savedAt !== undefined && t('outbox.saved-here', { at: clock(form.savedAt) })}</span><span className="grow hide-s" /><Button type="submit" look="primary">{t('hotspots.record-send')}</Button></div>
    </form>
  );
}

type CommuneFieldProps = { readonly units: Units | undefined; readonly where: Where; readonly values: KeptFormHere['values']; readonly set: KeptFormHere['set']; readonly error: string | undefined };
function CommuneField({ units, where, values, set, error }: CommuneFieldProps) {
  const communes = (units?.tree.provinces ?? []).filter((province) => where.province === undefined || province.code === where.province).flatMap((province) => province.communes.map(([code]) => ({ code, province: province.code })));
  const chosen = typeof values['commune'] === 'string' ? values['commune'] : undefined;
  const load = async (typed: string): Promise<readonly Option[]> => {
    const wanted = fold(typed.trim());
    return communes.map(({ code, province }) => ({ value: code, label: units?.nameOf(code) ?? code, hint: units?.nameOf(province) ?? province })).filter((one) => fold(one.label).includes(wanted) || one.value === typed).slice(0, 12);
  };
  const picked = (option: Option | undefined): void => {
    set('commune', option?.value);
    set('province', communes.find((one) => one.code === option?.value)?.province);
  };
  return <Combobox id="xa" label={t('hotspots.commune')} {...(error === undefined ? {} : { error })} value={chosen === undefined ? undefined : { value: chosen, label: units?.nameOf(chosen) ?? chosen }} onPick={picked} load={load} />;
}
