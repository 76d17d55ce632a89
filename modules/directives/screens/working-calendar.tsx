import { useState } from 'react';
import { day, today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { type CalendarDay, getCalendar, type YearCalendar } from '../schema.ts';
import { CalendarEditor } from './calendar-editor.tsx';

const firstYear = 2020;
const lastYear = 2049;

/** Days that differ from the ordinary week, year by year: holidays, Tết, compensating days. */
export default function WorkingCalendarScreen() {
  const [query, setQuery] = useQueryState();
  const asked = Number(query.get('nam'));
  const year = Number.isInteger(asked) && asked >= firstYear && asked <= lastYear ? asked : Number(today().slice(0, 4));
  const calendar = useQuery(getCalendar, { params: { year: String(year) } });
  const [editing, setEditing] = useState(false);
  return (
    <>
      <PageHead title={t('working-calendar.title')} say={t('working-calendar.say')} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: t('working-calendar.title') }]}
        tools={<>
          <Button icon="left" disabled={year <= firstYear} onClick={() => setQuery({ nam: year - 1 })}>{t('working-calendar.before')}</Button>
          <Button disabled={year >= lastYear} onClick={() => setQuery({ nam: year + 1 })}>{t('working-calendar.after')}</Button>
          {calendar.value?.mayEdit === true && <Button look="primary" icon="edit" onClick={() => setEditing(true)}>{t('working-calendar.edit')}</Button>}
        </>} />
      <Card title={t('working-calendar.year', { year: String(year) })} flush
        {...(calendar.value ? { say: t('working-calendar.remind', { count: calendar.value.remindWorkingDaysBefore }) } : {})}>
        <RemoteView of={calendar} isEmpty={(value) => value.days.length === 0} empty={<EmptyState title={t('working-calendar.empty')} icon="calendar" />}>{(value) => <Days calendar={value} />}</RemoteView>
      </Card>
      {editing && calendar.value && <CalendarEditor calendar={calendar.value} onClose={() => setEditing(false)} onSaved={() => { setEditing(false); calendar.reload(); }} />}
    </>
  );
}

const weekday = (value: string): string => new Intl.DateTimeFormat(language() === 'vi' ? 'vi-VN' : 'en-GB', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));
/** Names the law gives are message keys; what a person wrote stands as it is. */
export const dayName = (one: Pick<CalendarDay, 'name'>): string => sayKey(`holiday.${one.name}`, {}, one.name);

const Days = ({ calendar }: { readonly calendar: YearCalendar }) => (
  <Table caption={t('working-calendar.year', { year: String(calendar.year) })} hideCaption rows={calendar.days} rowKey={(row) => row.day} columns={[
    { key: 'day', header: t('working-calendar.day'), rowHeader: true, cell: (row) => day(row.day) },
    { key: 'weekday', header: t('working-calendar.weekday'), cell: (row) => weekday(row.day) },
    { key: 'name', header: t('working-calendar.name'), cell: dayName },
    { key: 'kind', header: t('working-calendar.kind'), cell: (row) => <StatusBadge kind={row.kind === 'off' ? 'done' : 'half'} bare>{sayKey(`working-calendar.kind-${row.kind}`)}</StatusBadge> },
    { key: 'source', header: t('working-calendar.source'), cell: (row) => <span className="muted small">{sayKey(`working-calendar.source-${row.source}`)}</span> },
  ]} />
);
