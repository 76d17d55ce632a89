import { useParams } from 'wouter';
import { day, moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { getNotice, type Notice, type NoticeItem } from '../schema/notices.ts';
import { SyntheticLine } from './notice-parts.tsx';
import { FigureText, unitSuffix } from './figures.tsx';
import { shareText } from './share-card.tsx';
import { periodDays, statusKind, statusWord, textOf, unitWord } from './words.ts';
import './classification.css';

const standings: Readonly<Record<NoticeItem['standing'], StatusKind>> = { 'open-to-objections': 'half', 'in-force': 'done', 'set-aside': 'idle', replaced: 'idle' };

/** One public notice: the areas decided, and beside their share how people are cared for. No sign-in. */
export default function NoticeScreen() {
  const { province = '', period = '' } = useParams<{ province: string; period: string }>();
  const asked = useQuery(getNotice, { params: { province, period } });
  return (
    <>
      <PageHead title={asked.value === undefined ? t('classification.public-notice') : t('classification.notice-of', { unit: unitWord({ nameVi: asked.value.head.provinceNameVi }), period })} say={periodDays(period)}
        crumbs={[{ label: t('classification.notices'), to: '/cong-khai/khong-ma-tuy' }, { label: t('classification.period-of', { period }) }]} tools={<><Button icon="print" onClick={() => window.print()}>{t('classification.print')}</Button><CopyLink /></>} />
      {asked.value === undefined && asked.problem?.code === 'notice-not-found' ? <EmptyState icon="file" title={t('classification.no-notice')}>{t('classification.no-notice-say')}</EmptyState> : <RemoteView of={asked} lines={8}>{(value) => <Whole notice={value} />}</RemoteView>}
    </>
  );
}

function Whole({ notice }: { readonly notice: Notice }) {
  const { head } = notice;
  const share = head.communes === 0 ? null : (head.drugFree / head.communes) * 100;
  return (
    <div className="stack">
      <SyntheticLine synthetic={notice.synthetic} />
      <Card title={t('classification.share')} say={t('classification.share-say')} footer={t('classification.notice-frozen', { at: moment(head.publishedAt) })}>
        <div className="beside">
          <div className="share"><span className="small">{t('classification.share-public')}</span><b>{shareText(share)}</b><span className="small muted">{t('classification.of-communes', { count: head.drugFree, of: head.communes })}</span></div>
          <dl className="facts">{notice.rights.map((one) => <div key={one.id}><dt>{textOf(one.name)}</dt><dd><FigureText figure={one.value} decimals={one.decimals} suffix={unitSuffix(one.unit)} /></dd></div>)}</dl>
        </div>
        <p className="callout ok">{t('classification.treated-first')}</p>
      </Card>
      <Card title={t('classification.areas-count', { count: notice.items.length })} flush>
        <Table caption={t('classification.areas-count', { count: notice.items.length })} hideCaption rows={notice.items} rowKey={(row) => `${row.unit} ${row.number} ${row.standing}`} columns={[
          { key: 'unit', header: t('classification.area'), rowHeader: true, cell: (row) => unitWord(row), compare: (a, b) => a.nameVi.localeCompare(b.nameVi, 'vi') },
          { key: 'status', header: t('classification.decided'), cell: (row) => <StatusBadge bare kind={statusKind(row.status)}>{statusWord(row.status)}</StatusBadge> },
          { key: 'decision', header: t('classification.decision'), cell: (row) => t('classification.decision-of', { number: row.number, day: day(row.decidedOn) }) },
          { key: 'standing', header: t('classification.state'), cell: (row) => <><StatusBadge bare kind={standings[row.standing]}>{sayKey(`notice-standing.${row.standing}`)}</StatusBadge>{row.standing === 'open-to-objections' && <small>{t('classification.objections-until', { day: day(row.objectionsUntil) })}</small>}</> },
        ]} />
      </Card>
      <Card title={t('classification.how-to-object')}><p>{t('classification.how-to-object-say')}</p></Card>
    </div>
  );
}
