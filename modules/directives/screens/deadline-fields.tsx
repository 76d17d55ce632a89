import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import type { DeadlineInput } from '../schema.ts';

const types = ['absolute', 'recurring', 'event'] as const;
const rules = ['R/P1W', 'R/P1M/D25', 'R/P1M', 'R/P3M', 'R/P6M/06-15;R/P1Y/12-15', 'R/P1Y'] as const;
const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** Deadlines of a line: a day (or month, quarter, year as the text names it), a rule, or an event. */
export function DeadlineFields({ deadlines, onChange }: { readonly deadlines: readonly DeadlineInput[]; readonly onChange: (deadlines: DeadlineInput[]) => void }) {
  const shown = deadlines.length === 0 ? [{ type: 'absolute' as const, value: '' }] : deadlines;
  const put = (at: number, next: DeadlineInput): void => onChange(shown.map((one, index) => (index === at ? next : one)).filter((one) => one.value !== ''));
  return (
    <div className="stack-s">
      {shown.map((deadline, at) => (
        <div className="row day-line" key={at}>
          <Select label={t('directives.deadline-type')} value={deadline.type} choices={types.map((type) => ({ value: type, label: sayKey(`deadline-type.${type}`) }))}
            onChoose={(type) => put(at, { type, value: type === 'recurring' ? 'R/P1M' : type === 'event' ? 'event:' : deadline.value })} />
          <Value deadline={deadline} onChange={(value) => put(at, { type: deadline.type, value })} />
          {deadlines.length > 1 && <Button size="small" onClick={() => onChange(deadlines.filter((_, index) => index !== at))}>{t('directives.remove')}</Button>}
        </div>
      ))}
    </div>
  );
}

function Value({ deadline, onChange }: { readonly deadline: DeadlineInput; readonly onChange: (value: string) => void }) {
  if (deadline.type === 'recurring') {
    const known = rules.some((rule) => rule === deadline.value);
    return <Select label={t('directives.rule')} value={deadline.value} onChoose={onChange} choices={[...(known ? [] : [{ value: deadline.value, label: deadline.text ?? deadline.value }]), ...rules.map((rule) => ({ value: rule as string, label: sayKey(`deadline-rule.${rule}`) }))]} />;
  }
  if (deadline.type === 'event') return <TextInput label={t('directives.event')} value={deadline.value.replace(/^event:/, '')} onText={(text) => onChange(/^NA\d+-S\d+$/.test(text) ? text : `event:${text}`)} maxLength={100} />;
  return (
    <>
      <DateInput label={t('directives.due')} value={isDay(deadline.value) ? deadline.value : undefined} onDay={(day) => onChange(day ?? '')} />
      {deadline.value !== '' && !isDay(deadline.value) && <span className="small muted">{t('directives.as-named', { text: deadline.text ?? deadline.value })}</span>}
    </>
  );
}
