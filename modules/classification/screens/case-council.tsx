import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import type { CaseView, Opinion, Seat } from '../schema/procedure.ts';
import { postWord, statusKind, statusWord } from './words.ts';

type Row = { readonly seat: Seat; readonly opinion: Opinion | undefined };

/** The council by post: who has said what in the running round, and its conclusion with the reason. */
export function CouncilCard({ view }: { readonly view: CaseView }) {
  const round = Math.max(1, ...view.opinions.map((one) => one.round));
  const rows = view.council.map((seat): Row => ({ seat, opinion: view.opinions.find((one) => one.seat === seat.id && one.round === round) }));
  const earlier = view.opinions.filter((one) => one.round < round).length;
  const council = view.row.unit.level === 'province' ? '00' : view.row.province;
  return (
    <Card title={t('classification.council')} say={view.council.length === 0 ? undefined : t('classification.council-say', { given: rows.filter((row) => row.opinion !== undefined).length, seats: rows.length, quorum: view.quorum })}
      tools={<A to={`/khong-ma-tuy/hoi-dong/${council}`}>{t('classification.council-seats')}</A>}>
      <div className="stack-m">
        {rows.length === 0 ? <EmptyState icon="people" title={t('classification.council-none')}>{t('classification.council-none-say')}</EmptyState> : (
          <Table caption={t('classification.council')} hideCaption rows={rows} rowKey={(row) => row.seat.id} columns={[
            { key: 'post', header: t('classification.post'), rowHeader: true, cell: ({ seat }) => <>{postWord(seat.post)}<small>{seat.officeNameVi} · {sayKey(`council-part.${seat.part}`)}</small></> },
            { key: 'opinion', header: t('classification.opinion'), cell: ({ opinion }) => (opinion === undefined ? <span className="muted">{t('classification.no-opinion')}</span> : <StatusBadge bare kind={statusKind(opinion.status)}>{statusWord(opinion.status)}</StatusBadge>) },
            { key: 'note', header: t('classification.note'), cell: ({ opinion }) => (opinion === undefined ? '' : <>{opinion.note}<small>{moment(opinion.at)}{opinion.recordedFrom === null ? '' : ` · ${t('classification.from-minutes', { number: opinion.recordedFrom })}`}</small></>) },
          ]} />
        )}
        {earlier > 0 && <p className="small muted">{t('classification.earlier-rounds', { count: earlier })}</p>}
        {view.conclusion !== null && <Conclusion conclusion={view.conclusion} />}
      </div>
    </Card>
  );
}

const Conclusion = ({ conclusion }: { readonly conclusion: NonNullable<CaseView['conclusion']> }) => (
  <Notice tone={conclusion.againstProposal ? 'warn' : 'ok'}>
    <p><b>{t('classification.concluded-as', { status: statusWord(conclusion.status) })}</b> {t('classification.minutes-of', { number: conclusion.minutes })}. {[postWord(conclusion.by.post), conclusion.by.officeNameVi, moment(conclusion.by.at)].filter(Boolean).join(', ')}.</p>
    {conclusion.againstProposal && <p>{t('classification.against-proposal', { proposed: statusWord(conclusion.proposal.status) })}</p>}
    {conclusion.reason !== '' && <p>{t('classification.reason')}: {conclusion.reason}</p>}
  </Notice>
);
