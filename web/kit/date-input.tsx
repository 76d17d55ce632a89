import { useEffect, useState } from 'react';
import type { PlainDate } from '#kernel/day.ts';
import { day } from '../i18n/format.ts';
import { t } from '../i18n/words.ts';
import { parseDay } from './date-text.ts';
import { Field, type FieldBase } from './field.tsx';

type DateInputProps = FieldBase & { readonly value: PlainDate | undefined; readonly onDay: (day: PlainDate | undefined) => void; readonly min?: PlainDate; readonly max?: PlainDate };

/** dd/mm/yyyy by keyboard, or picked from the browser's calendar. A day that does not exist is said so when the field is left. */
export function DateInput({ value, onDay, min, max, error, hint, ...field }: DateInputProps) {
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  useEffect(() => { setTyped(undefined); setWrong(false); }, [value]);
  const leave = (): void => {
    if (typed === undefined) return;
    const found = parseDay(typed);
    setWrong(typed.trim() !== '' && found === undefined);
    if (found !== undefined || typed.trim() === '') { onDay(found); setTyped(undefined); }
  };
  const text = typed ?? (value === undefined ? '' : day(value));
  return (
    <Field {...field} hint={hint ?? t('kit.date-hint')} error={error ?? (wrong ? t('kit.date-wrong') : undefined)}>
      {(wiring) => (
        <span className="dt">
          <input {...wiring} className="in" type="text" inputMode="numeric" autoComplete="off" placeholder={t('kit.date-form')} value={text}
            onInput={(event) => setTyped(event.currentTarget.value)} onBlur={leave} onKeyDown={(event) => { if (event.key === 'Enter') leave(); }} />
          <input className="dt-pick" type="date" tabIndex={-1} aria-hidden="true" value={value ?? ''} min={min} max={max} onChange={(event) => onDay(event.currentTarget.value || undefined)} />
        </span>
      )}
    </Field>
  );
}
