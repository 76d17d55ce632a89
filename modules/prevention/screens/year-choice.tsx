import { t } from '#web/i18n/words.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { Select } from '#web/kit/field.tsx';

/** The school year and scope of the address, as the contracts take them. */
export function useYear(): { readonly year?: string; readonly scope?: string } {
  const [query] = useQueryState();
  const { province } = useScope();
  const year = query.get('nam-hoc');
  return { ...(year === null ? {} : { year }), ...(province === undefined ? {} : { scope: province }) };
}

export function YearChoice({ year, years }: { readonly year: string; readonly years: readonly string[] }) {
  const [, setQuery] = useQueryState();
  return <Select label={t('prevention.school-year')} hideLabel value={year} onChoose={(next) => setQuery({ 'nam-hoc': next })} choices={years.map((value) => ({ value, label: t('prevention.year-of', { year: value }) }))} />;
}
