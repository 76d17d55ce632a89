import { useState } from 'react';
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { ShowMore } from '#web/kit/pagination.tsx';
import { EntryState, OutboxCard } from '#web/kit/outbox.tsx';
import { type Entry, isOpen } from '#web/offline/outbox.ts';
import { useOutbox } from '#web/offline/outbox-here.ts';
import { useQuery } from '#web/query.ts';
import { useSession } from '#web/session.tsx';
import { listDueChecks, type PlaceRow } from '../schema.ts';
import { boardPath, placePath } from './addresses.ts';
import { CheckForm } from './check-form.tsx';
import { usePlacesFeed } from './follow.ts';
import './hotspots.css';
import { checkKind, placeKind, subjectOf } from './outbox.ts';
import { Waits } from './place-card.tsx';
import { toneOf } from './tone.ts';
import { useUnits, useWhere } from './units.ts';
import { capital, titleOf } from './words.ts';

const atOnce = 20;

/** The checks of the coming month, one after another, on a phone and without a line: the list is kept, what is recorded waits in the outbox. */
export default function DueChecksScreen() {
  const where = useWhere();
  const units = useUnits();
  const { account } = useSession();
  const due = useQuery(listDueChecks, { query: { ...where, within: 30 } });
  usePlacesFeed(where, due.reload);
  const [open, setOpen] = useState<string>();
  const [shown, setShown] = useState(atOnce);
  const entries = (useOutbox(account) ?? []).filter((entry) => entry.kind === checkKind || entry.kind === placeKind);
  return (
    <>
      <PageHead title={t('hotspots.due-checks-title')} crumbs={[{ label: t('hotspots.title'), to: boardPath }, { label: t('hotspots.due-checks-title') }]} say={t('hotspots.due-checks-say')} />
      <div className="stack middle">
        <RemoteView of={due} lines={8} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="ok" title={t('hotspots.no-due-checks')}>{t('hotspots.no-due-checks-say')}</EmptyState>}>
          {(value) => (
            <>
              {value.total > value.rows.length && <Notice><p>{t('hotspots.first-of', { shown: number(value.rows.length), total: number(value.total) })}</p></Notice>}
              <ul className="stack-m">{value.rows.slice(0, shown).map(({ place, mayCheck }) => (
                <li key={place.id}><DueCard row={place} asOf={value.asOf} mayCheck={mayCheck} commune={units?.nameOf(place.commune) ?? place.commune} open={open === place.id} onOpen={() => setOpen(open === place.id ? undefined : place.id)} waiting={entries.find((entry) => isOpen(entry) && entry.subject === subjectOf(place.province, place.id))} /></li>
              ))}</ul>
              {value.rows.length > shown && <ShowMore shown={shown} total={value.rows.length} onMore={() => setShown(shown + atOnce)} />}
            </>
          )}
        </RemoteView>
        <OutboxCard entries={entries} who={account} />
      </div>
    </>
  );
}

type DueCardProps = { readonly row: PlaceRow; readonly asOf: string; readonly mayCheck: boolean; readonly commune: string; readonly open: boolean; readonly onOpen: () => void; readonly waiting: Entry | undefined };
function DueCard({ row, asOf, mayCheck, commune, open, onOpen, waiting }: DueCardProps) {
  return (
    <div className={`duecard card l-${toneOf(row, asOf)}`}><div className="body stack-s">
      <p className="row between"><b><A to={placePath(row)}>{row.code}</A></b><span className="row tight small"><Waits row={row} /></span></p>
      <p>{capital(titleOf(row))}, {commune}</p>
      {waiting !== undefined ? <EntryState entry={waiting} /> : mayCheck ? <Button size="small" aria-expanded={open} onClick={onOpen}>{t(open ? 'hotspots.hide-form' : 'hotspots.record-check')}<span className="vh"> {row.code}</span></Button> : <p className="small muted">{t('hotspots.not-you')}</p>}
      {open && waiting === undefined && <CheckForm row={row} />}
    </div></div>
  );
}
