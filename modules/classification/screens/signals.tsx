import { today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { PageHead, Card } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Table } from '#web/kit/table.tsx';
import { listSignals, signalKinds } from '../schema/signals.ts';
import { useListUnit } from './list-place.ts';
import { periodDays, periodOf, sayIt, unitWord } from './words.ts';
import './classification.css';

/** Signs against formalism: places to look at, in the order of their codes. No score, no ranking; units, never people. */
export default function SignalsScreen() {
  const [query, setQuery] = useQueryState();
  const unit = useListUnit();
  const running = periodOf(today());
  const period = query.get('ky') ?? (today().slice(5) >= '12-15' ? String(Number(running) - 1) : running);
  const kind = signalKinds.find((one) => one === query.get('loai'));
  const page = Math.max(1, Number(query.get('trang') ?? '1') || 1);
  const asked = useQuery(listSignals, { query: { unit, period, ...(kind === undefined ? {} : { kind }), ...(page === 1 ? {} : { page }) } });
  return (
    <>
      <PageHead title={t('classification.signals')} say={periodDays(period)} crumbs={[{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: t('classification.signals') }]} tools={<CopyLink />} />
      <div className="stack">
        <Notice><p>{t('classification.signals-what')}</p></Notice>
        <RemoteView of={asked} lines={8}>{(value) => (
          <Card title={t('classification.signals-count', { count: value.rowsTotal })} flush>
            <div className="body"><FilterChips label={t('classification.signal-kind')} value={kind ?? ''} onChoose={(loai) => setQuery({ loai: loai === '' ? undefined : loai, trang: undefined })}
              choices={[{ value: '', label: t('classification.all') }, ...value.byKind.map((one) => ({ value: one.kind as string, label: sayKey(`classification.signal-kind.${one.kind}`), count: one.communes }))]} /></div>
            <Table caption={t('classification.signals')} hideCaption rows={value.rows} rowKey={(row) => row.code} empty={<EmptyState icon="ok" title={t('classification.signals-none')}>{t('classification.signals-none-say')}</EmptyState>} columns={[
              { key: 'name', header: t('classification.commune'), rowHeader: true, cell: (row) => <><A to={withQuery(`/xa/${row.code}`, { ky: period })}>{unitWord(row)}</A><small>{t('classification.code-in', { code: row.code, province: row.province })}</small></> },
              { key: 'signals', header: t('classification.signals'), cell: (row) => <ul>{row.signals.filter((one) => one.state === 'seen').map((one) => <li key={one.kind} className="small"><b>{sayKey(`classification.signal-kind.${one.kind}`)}.</b> {sayIt(one.sentence)}</li>)}</ul> },
            ]} />
            <Pagination page={value.page} pages={Math.max(1, value.pages)} total={value.rowsTotal} onPage={(trang) => setQuery({ trang: trang === 1 ? undefined : trang })} />
          </Card>
        )}</RemoteView>
      </div>
    </>
  );
}
