import type { ReactNode } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Checkbox, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import type { ClearVerdict, clears, SixClearsInput } from '../schema.ts';
import { DeadlineFields } from './deadline-fields.tsx';
import { OfficePicker } from './office-picker.tsx';
import { clearWord, postWord } from './words.ts';

type FieldsProps = { readonly value: SixClearsInput; readonly onChange: (value: SixClearsInput) => void; readonly verdicts: readonly ClearVerdict[] };
const roles = ['lead', 'coordinate', 'assigned', 'responsible'] as const;
/** Posts a task may be answered for by, beside the head of the office; ids of the registry of org-units. */
const posts = ['pho-chu-tich', 'chanh-van-phong', 'thu-truong', 'pho-thong-doc', 'vu-truong', 'cuc-truong', 'giam-doc-so', 'giam-doc-cong-an', 'truong-cong-an', 'can-bo'] as const;
const postChoices = (post: string | null) => [
  { value: '', label: t('directives.post-hint') }, ...(post === null || posts.some((one) => one === post) ? [] : [{ value: post, label: postWord(post) }]), ...posts.map((one) => ({ value: one as string, label: postWord(one) })),
];
const orNull = (text: string): string | null => (text === '' ? null : text);

export function ClearFields({ value, onChange, verdicts }: FieldsProps) {
  const set = <K extends keyof SixClearsInput>(key: K, part: Partial<SixClearsInput[K]>): void => onChange({ ...value, [key]: { ...value[key], ...part } });
  const target = value.result.targets[0];
  const setTarget = (text: string, unit: string): void => {
    const amount = Number(text.replace(',', '.'));
    set('result', { targets: text.trim() === '' || Number.isNaN(amount) ? [] : [{ min: amount, max: amount, unit: orNull(unit), year: target?.year ?? null }] });
  };
  return (
    <>
      <Part clear="task" verdicts={verdicts}><TextArea label={clearWord('task')} hideLabel value={value.task.text} onText={(text) => set('task', { text })} rows={4} maxLength={6000} /></Part>
      <Part clear="person" verdicts={verdicts}>
        <OfficePicker label={t('directives.who')} hint={t('directives.who-hint')} offices={value.person.offices} classes={value.person.classes}
          onChange={(offices, classes, text) => set('person', { offices, classes, text })} />
        <Select label={t('directives.post')} value={value.person.post ?? ''} onChoose={(post) => set('person', { post: orNull(post) })} choices={postChoices(value.person.post)} />
      </Part>
      <Part clear="responsibility" verdicts={verdicts}>
        <div className="row" role="group" aria-label={clearWord('responsibility')}>
          {roles.map((role) => <Checkbox key={role} label={sayKey(`role.${role}`)} checked={value.responsibility.roles.includes(role)}
            onCheck={(on) => set('responsibility', { roles: on ? [...value.responsibility.roles, role] : value.responsibility.roles.filter((one) => one !== role), text: '' })} />)}
        </div>
        <OfficePicker label={t('directives.coordinating')} offices={value.responsibility.coordinating} onChange={(coordinating) => set('responsibility', { coordinating })} />
      </Part>
      <Part clear="authority" verdicts={verdicts}><TextInput label={t('directives.authority')} hint={t('directives.authority-hint')} value={value.authority.text} onText={(text) => set('authority', { text })} maxLength={1000} /></Part>
      <Part clear="timeline" verdicts={verdicts}><DeadlineFields deadlines={value.timeline.deadlines} onChange={(deadlines) => set('timeline', { deadlines })} /></Part>
      <Part clear="result" verdicts={verdicts}>
        <TextInput label={t('directives.product')} hint={t('directives.product-hint')} value={value.result.product ?? ''} onText={(text) => set('result', { product: orNull(text) })} maxLength={500} />
        <TextInput label={t('directives.measure')} optional value={value.result.measure ?? ''} onText={(text) => set('result', { measure: orNull(text) })} maxLength={500} />
        <div className="row">
          <TextInput label={t('directives.target')} optional width="short" inputMode="decimal" value={target === undefined ? '' : String(target.min)} onText={(text) => setTarget(text, target?.unit ?? '')} />
          <TextInput label={t('directives.unit')} optional width="short" value={target?.unit ?? ''} onText={(unit) => setTarget(target === undefined ? '' : String(target.min), unit)} maxLength={60} />
          {value.result.targets.length > 1 && <Button size="small" onClick={() => set('result', { targets: value.result.targets.slice(0, 1) })}>{t('directives.one-target')}</Button>}
        </div>
      </Part>
    </>
  );
}

const badgeOf = { clear: 'ok', implicit: 'warn', missing: 'bad' } as const;

function Part({ clear, verdicts, children }: { readonly clear: (typeof clears)[number]; readonly verdicts: readonly ClearVerdict[]; readonly children: ReactNode }) {
  const verdict = verdicts.find((one) => one.clear === clear);
  return (
    <fieldset className="clear stack-s" data-clear={clear}>
      <legend className="row"><span className="b">{clearWord(clear)}</span>{verdict && <StatusBadge kind={badgeOf[verdict.verdict]} bare>{sayKey(`verdict.${verdict.verdict}`)}</StatusBadge>}</legend>
      {verdict && verdict.verdict !== 'clear' && <p className="small muted">{sayKey(`reason.${verdict.reason}`)}{verdict.quote !== null && <> “{verdict.quote}”</>}</p>}
      {children}
    </fieldset>
  );
}
