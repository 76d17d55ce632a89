import { moment, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { PageHead, Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import { listNotices } from '../schema/notices.ts';
import { SyntheticLine } from './notice-parts.tsx';
import { unitWord } from './words.ts';
import './classification.css';

/** Public notices of decided areas, without signing in. A share is read on the notice itself, with what stands beside it. */
export default function NoticesScreen() {
  const asked = useQuery(listNotices, { query: {} });
  return (
    <>
      <PageHead title={t('classification.notices')} say={t('classification.notices-say')} />
      <RemoteView of={asked} lines={6} isEmpty={(value) => value.notices.length === 0} empty={<EmptyState icon="file" title={t('classification.notices-none')}>{t('classification.notices-none-say')}</EmptyState>}>{(value) => (
        <>
          <SyntheticLine synthetic={value.synthetic} />
          <Card title={t('classification.notices-count', { count: value.notices.length })} flush>
            <Table caption={t('classification.notices')} hideCaption rows={value.notices} rowKey={(row) => `${row.province} ${row.period}`} columns={[
              { key: 'province', header: t('classification.province'), rowHeader: true, cell: (row) => <A to={`/cong-khai/khong-ma-tuy/${row.province}/${row.period}`}>{unitWord({ nameVi: row.provinceNameVi })}</A>, compare: (a, b) => a.provinceNameVi.localeCompare(b.provinceNameVi, 'vi') },
              { key: 'period', header: t('classification.period'), cell: (row) => row.period, compare: (a, b) => Number(a.period) - Number(b.period) },
              { key: 'areas', header: t('classification.areas-decided'), numeric: true, cell: (row) => number(row.areas) },
              { key: 'at', header: t('classification.published'), cell: (row) => moment(row.publishedAt) },
            ]} />
          </Card>
        </>
      )}</RemoteView>
    </>
  );
}
