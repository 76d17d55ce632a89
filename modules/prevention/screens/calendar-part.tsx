import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import type { ReplyOf } from '#kernel/contract.ts';
import { getSchoolCalendar } from '../schema.ts';
import { modelPath, monthName, nameOf } from './words.ts';
import { useYear, YearChoice } from './year-choice.tsx';

type Calendar = ReplyOf<typeof getSchoolCalendar>;

/** The school year month by month: what is due, and in how many communes it was held. */
export function CalendarPart() {
  const calendar = useQuery(getSchoolCalendar, { query: useYear() });
  return (
    <div className="cols">
      <Card title={t('prevention.calendar')} say={t('prevention.calendar-say')} flush tools={calendar.value !== undefined && <YearChoice year={calendar.value.year} years={calendar.value.years} />}>
        <RemoteView of={calendar} isEmpty={(value) => value.models.length === 0} empty={<EmptyState icon="calendar" title={t('prevention.no-models')}>{t('prevention.no-models-say')}</EmptyState>}>{(value) => <Months value={value} />}</RemoteView>
      </Card>
      <Card title={t('prevention.dates')} say={t('prevention.dates-say')}>
        <RemoteView of={calendar}>{(value) => (
          <Timeline entries={value.dates.map((date) => ({ key: `${date.kind}`, at: day(date.on), what: <>{sayKey(`prevention.date.${date.kind}`)}{date.certainty === 'U' && <span className="block small muted">{t('prevention.usual-day')}</span>}</>, ...(date.basis === '' ? {} : { who: date.basis }) }))} />
        )}</RemoteView>
      </Card>
    </div>
  );
}

function Months({ value }: { readonly value: Calendar }) {
  const cells = new Map(value.cells.map((cell) => [`${cell.model} ${cell.month}`, cell]));
  return (
    <div className="scroll" role="group" tabIndex={0} aria-label={t('prevention.calendar')}>
      <table className="tbl wide-cells">
        <caption className="vh">{t('prevention.calendar')}</caption>
        <thead><tr><th scope="col">{t('prevention.month')}</th>{value.models.map((model) => <th key={model.id} scope="col"><A to={modelPath(model)}>{nameOf(model)}</A></th>)}</tr></thead>
        <tbody>{value.months.map((month) => (
          <tr key={month}><th scope="row">{monthName(month)}</th>
            {value.models.map((model) => {
              const cell = cells.get(`${model.id} ${month}`);
              return (
                <td key={model.id} data-l={nameOf(model)}><span>
                  {cell === undefined || (cell.communes === 0 && !cell.due) ? <span className="muted">–</span> : cell.communes === 0 ? <span className="row tight"><Icon name="calendar" size={14} /> {t('prevention.due')}</span> : <>{t('prevention.held-in', { count: cell.communes })}<small>{t('prevention.held-sessions', { sessions: number(cell.sessions), reached: number(cell.reached) })}</small></>}
                </span></td>
              );
            })}
          </tr>))}</tbody>
      </table>
    </div>
  );
}
