import { useState } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { tiles } from '#modules/org-units/schema.ts';
import { type Assignment, type AssignmentProgress, type CascadeRow, type DirectiveView, getCascade, type Tally } from '../schema.ts';
import { TallyBar, tallyDone, tallyTotal } from './parts.tsx';
import { RemindButton } from './remind.tsx';
import { useUnitNames } from './unit-names.ts';
import { lineText, officialWord, stateWord, taskPath } from './words.ts';

/** "NV-04 đi xuống tới đâu": agencies, 34 provinces as dots, 3,321 communes as one bar; worst provinces first in the table. */
type CardProps = { readonly directive: DirectiveView; readonly assignment: Assignment; readonly overdue: AssignmentProgress | undefined };
export function CascadeCard({ directive, assignment, overdue }: CardProps) {
  const cascade = useQuery(getCascade, { params: { province: directive.province, directive: directive.id, assignment: assignment.id } });
  return (
    <Card title={t('directives.cascade-of', { line: assignment.ordinal })} say={lineText(assignment.clears.task.text)}
      tools={overdue?.official === 'open-overdue' && <StatusBadge kind="bad">{officialWord('open-overdue')}</StatusBadge>}>
      <RemoteView of={cascade}>{(value) => {
        const provinces = value.provinces.filter((row) => row.task !== null);
        return (
          <>
            {value.agencies.length > 0 && <div className="tier two"><div><span className="b">{t('directives.to-agencies-short')}</span></div><ul className="stack-s">{value.agencies.map((row) => (
              <li key={row.task}><A to={taskPath({ province: '00', id: row.task })}>{row.holderName}</A> <span className="muted small">{stateWord(row.state)}{row.dueOn === null ? '' : ` · ${day(row.dueOn)}`}</span></li>))}</ul></div>}
            {provinces.length > 0 && <Provinces directive={directive} assignment={assignment} rows={provinces} />}
            {tallyTotal(value.communes) > 0 && <Communes directive={directive} assignment={assignment} tally={value.communes} rows={value.provinces} />}
          </>
        );
      }}</RemoteView>
    </Card>
  );
}

const dotClass = (row: CascadeRow): string => (row.official === 'open-overdue' ? 'd-bad' : row.official === 'done-on-time' ? 'd-done' : row.official === 'done-late' ? 'd-warn' : row.state === 'assigned' || row.state === null ? '' : 'd-ok');
const tileOf = (province: string) => tiles.find((tile) => tile.code === province);

function Provinces({ directive, assignment, rows }: { readonly directive: DirectiveView; readonly assignment: Assignment; readonly rows: readonly CascadeRow[] }) {
  const nameOf = useUnitNames();
  const late = rows.filter((row) => row.official === 'open-overdue').length;
  const done = rows.filter((row) => row.official?.startsWith('done') === true).length;
  return (
    <div className="tier">
      <div><span className="b">{t('directives.provinces-count', { count: rows.length })}</span></div>
      <div>
        <TallyBar legend={false} twin={false} title={t('directives.to-provinces')} tally={tallyOf(rows)} />
        <div className="dots">{rows.map((row) => (
          <A key={row.province} to={taskPath({ province: row.province, id: row.task ?? '' })} className={dotClass(row)} title={nameOf(row.province)}>
            {tileOf(row.province)?.label ?? row.province}<span className="vh">, {nameOf(row.province)}{row.official === null ? '' : `: ${officialWord(row.official)}`}</span></A>))}</div>
      </div>
      <div><p>{t('directives.done-of', { done, of: rows.length })}</p>
        {late > 0 && <p className="c-bad b">{t('directives.provinces-late', { count: late })}</p>}
        {late > 0 && directive.may.remind && <RemindButton directive={directive} target={{ assignment: assignment.id, level: 'province', official: 'open-overdue' }} label={t('directives.remind-provinces', { count: late })} />}</div>
    </div>
  );
}

function tallyOf(rows: readonly CascadeRow[]): Tally {
  const count = (state: string): number => rows.filter((row) => row.official === state).length;
  return { doneOnTime: count('done-on-time'), doneLate: count('done-late'), openWithin: count('open-within'), openOverdue: count('open-overdue') };
}

/** How many of the worst provinces stand there before the rest is asked for. */
const fewest = 8;

function Communes({ directive, assignment, tally, rows }: { readonly directive: DirectiveView; readonly assignment: Assignment; readonly tally: Tally; readonly rows: readonly CascadeRow[] }) {
  const nameOf = useUnitNames();
  const [whole, setWhole] = useState(false);
  const worst = rows.filter((row) => tallyTotal(row.communes) > 0).sort((a, b) => b.communes.openOverdue - a.communes.openOverdue);
  return (
    <>
      <div className="tier">
        <div><span className="b">{t('directives.communes-count', { count: tallyTotal(tally) })}</span></div>
        <div><TallyBar title={t('directives.to-communes')} tally={tally} /></div>
        <div><p>{t('directives.done-of', { done: tallyDone(tally), of: tallyTotal(tally) })}</p>
          {tally.openOverdue > 0 && directive.may.remind && <RemindButton directive={directive} target={{ assignment: assignment.id, level: 'commune', official: 'open-overdue' }} label={t('directives.remind-communes', { count: tally.openOverdue })} />}</div>
      </div>
      <Table caption={t('directives.worst-first')} rows={whole ? worst : worst.slice(0, fewest)} rowKey={(row) => row.province} sort={{ key: 'late', down: true }} columns={[
        { key: 'name', header: t('directives.province'), rowHeader: true, cell: (row) => <A to={`/tinh/${row.province}`}>{nameOf(row.province)}</A> },
        { key: 'done', header: t('directives.done'), numeric: true, compare: (a, b) => a.progress.done - b.progress.done, cell: (row) => `${number(row.progress.done)}/${number(row.progress.of)}` },
        { key: 'within', header: sayKey('official-state.open-within'), numeric: true, compare: (a, b) => a.communes.openWithin - b.communes.openWithin, cell: (row) => number(row.communes.openWithin) },
        { key: 'late', header: sayKey('official-state.open-overdue'), numeric: true, compare: (a, b) => a.communes.openOverdue - b.communes.openOverdue, cell: (row) => number(row.communes.openOverdue) },
      ]} />
      {!whole && worst.length > fewest && <p className="actions"><Button size="small" onClick={() => setWhole(true)}>{t('directives.all-provinces', { count: worst.length })}</Button></p>}
    </>
  );
}
