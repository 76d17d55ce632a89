import { language, sayKey, t } from '#web/i18n/words.ts';
import type { FieldChange } from '../schema.ts';

const sayField = (field: string): string => sayKey(`definitions.field.${field}`, {}, field);

/** Fields whose values are codes with words of their own. */
const codes: Readonly<Record<string, string>> = {
  aggregation: 'aggregation', polarity: 'polarity', measures: 'measures', periodType: 'period-type', status: 'target-status', operator: 'operator', valueType: 'value-type', severity: 'severity', missing: 'missing', approval: 'step', levels: 'level',
};

/** A value as people read it: texts in the reader's language, yes and no as words, anything else as its code. */
export function sayValue(value: unknown, field = ''): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? t('definitions.yes') : t('definitions.no');
  if (typeof value === 'string') return codes[field] === undefined ? value : sayKey(`definitions.${codes[field]}.${value}`, {}, value);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((one) => sayValue(one, field)).join('; ');
  if (typeof value !== 'object') return '–';
  const text: unknown = Reflect.get(value, language());
  if (typeof text === 'string') return text;
  return Object.entries(value).map(([key, one]) => `${sayField(key)}: ${sayValue(one, key)}`).join(', ');
}

/** Each field that differs, before and after; in print too. */
export const FieldTable = ({ fields }: { readonly fields: readonly FieldChange[] }) => (
  <dl className="small">
    {fields.map((one) => (
      <div key={one.field}>
        <dt><b>{sayField(one.field)}</b></dt>
        <dd><del className="muted">{sayValue(one.before, one.field)}</del> → <ins>{sayValue(one.after, one.field)}</ins></dd>
      </div>
    ))}
  </dl>
);

export { sayField };
