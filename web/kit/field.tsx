import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { t } from '../i18n/words.ts';
import { Icon } from './icon.tsx';

export type FieldBase = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** The same words stand in the ErrorSummary; its link goes to `id`. */
  readonly error?: string | undefined;
  readonly optional?: boolean;
  /** Needed when an ErrorSummary links here. */
  readonly id?: string;
  /** The label is said but not drawn (a search box with a picture). */
  readonly hideLabel?: boolean;
};

type Wiring = { readonly id: string; readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true };

/** Label, hint and error around one control: `<Field label=…>{(wiring) => <input {...wiring} />}</Field>`. */
export function Field({ label, hint, error, optional, id, hideLabel, children }: FieldBase & { readonly children: (wiring: Wiring) => ReactNode }) {
  const made = useId();
  const own = id ?? made;
  const told = [hint !== undefined && `${own}-hint`, error !== undefined && `${own}-error`].filter(Boolean).join(' ');
  return (
    <div className={`field${error === undefined ? '' : ' wrong'}`}>
      <label htmlFor={own} className={hideLabel === true ? 'vh' : undefined}>{label}{optional === true && <span className="optional"> {t('kit.optional')}</span>}</label>
      {hint !== undefined && <p className="hint" id={`${own}-hint`}>{hint}</p>}
      {error !== undefined && <FieldError id={`${own}-error`} text={error} />}
      {children({ id: own, ...(told === '' ? {} : { 'aria-describedby': told }), ...(error === undefined ? {} : { 'aria-invalid': true as const }) })}
    </div>
  );
}

export const FieldError = ({ id, text }: { readonly id: string; readonly text: string }) => (
  <p className="err" id={id}><Icon name="bad" /><span><span className="vh">{t('kit.error')}: </span>{text}</span></p>
);

type Text = FieldBase & { readonly value: string; readonly onText: (text: string) => void };

type TextInputProps = Text & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'id' | 'onInput' | 'onChange'> & { readonly width?: 'short' | 'mid'; readonly ref?: Ref<HTMLInputElement> };
export function TextInput({ label, hint, error, optional, id, hideLabel, value, onText, width, ...rest }: TextInputProps) {
  return (
    <Field label={label} hint={hint} {...fieldRest({ error, optional, id, hideLabel })}>
      {(wiring) => <input type="text" {...rest} {...wiring} className={`in${width === undefined ? '' : ` ${width}`}`} value={value} onInput={(event) => onText(event.currentTarget.value)} />}
    </Field>
  );
}

type TextAreaProps = Text & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'id' | 'onInput' | 'onChange'> & { readonly ref?: Ref<HTMLTextAreaElement> };
export function TextArea({ label, hint, error, optional, id, hideLabel, value, onText, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} {...fieldRest({ error, optional, id, hideLabel })}>
      {(wiring) => <textarea {...rest} {...wiring} className="in" value={value} onInput={(event) => onText(event.currentTarget.value)} />}
    </Field>
  );
}

export type Choice<V extends string = string> = { readonly value: V; readonly label: string; readonly hint?: string; readonly disabled?: boolean };
type SelectProps<V extends string> = FieldBase & { readonly value: V; readonly choices: readonly Choice<V>[]; readonly onChoose: (value: V) => void } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'id' | 'onChange'>;
export function Select<V extends string>({ label, hint, error, optional, id, hideLabel, value, choices, onChoose, ...rest }: SelectProps<V>) {
  const choose = (text: string): void => {
    const found = choices.find((choice) => choice.value === text);
    if (found) onChoose(found.value);
  };
  return (
    <Field label={label} hint={hint} {...fieldRest({ error, optional, id, hideLabel })}>
      {(wiring) => (
        <select {...rest} {...wiring} className="in" value={value} onChange={(event) => choose(event.currentTarget.value)}>
          {choices.map((choice) => <option key={choice.value} value={choice.value} disabled={choice.disabled === true}>{choice.label}</option>)}
        </select>
      )}
    </Field>
  );
}

export const Checkbox = ({ label, hint, checked, onCheck, id, disabled = false }: { readonly label: ReactNode; readonly hint?: ReactNode; readonly checked: boolean; readonly onCheck: (checked: boolean) => void; readonly id?: string; readonly disabled?: boolean }) => (
  <label className="check">
    <input type="checkbox" id={id} checked={checked} disabled={disabled} onChange={(event) => onCheck(event.currentTarget.checked)} />
    <span>{label}{hint !== undefined && <small>{hint}</small>}</span>
  </label>
);

/** One of a few; the question is the legend. */
export function RadioGroup<V extends string>({ label, hint, error, id, value, choices, onChoose }: FieldBase & { readonly value: V | undefined; readonly choices: readonly Choice<V>[]; readonly onChoose: (value: V) => void }) {
  const made = useId();
  const own = id ?? made;
  const told = [hint !== undefined && `${own}-hint`, error !== undefined && `${own}-error`].filter(Boolean).join(' ');
  return (
    <fieldset className={`field${error === undefined ? '' : ' wrong'}`} aria-describedby={told === '' ? undefined : told}>
      <legend>{label}</legend>
      {hint !== undefined && <p className="hint" id={`${own}-hint`}>{hint}</p>}
      {error !== undefined && <FieldError id={`${own}-error`} text={error} />}
      {choices.map((choice, index) => (
        <label className="check" key={choice.value}>
          <input type="radio" name={own} id={index === 0 ? own : undefined} checked={choice.value === value} disabled={choice.disabled === true} onChange={() => onChoose(choice.value)} />
          <span>{choice.label}{choice.hint !== undefined && <small>{choice.hint}</small>}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Leaves out what was not given, because an absent property and `undefined` differ here. */
function fieldRest(all: { readonly [K in 'error' | 'optional' | 'id' | 'hideLabel']: FieldBase[K] | undefined }): Pick<FieldBase, 'error' | 'optional' | 'id' | 'hideLabel'> {
  return { error: all.error, ...(all.optional !== undefined && { optional: all.optional }), ...(all.id !== undefined && { id: all.id }), ...(all.hideLabel !== undefined && { hideLabel: all.hideLabel }) };
}
