import { useParams } from 'wouter';
import { day, number, percent } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { toast } from '#web/kit/toast.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { shareReached } from '../rules/review.ts';
import { closeCampaign, getCampaign, services, type CampaignView, type KindRow } from '../schema.ts';
import { AreaTable } from './area-table.tsx';
import { Coverage } from './coverage-map.tsx';
import { applicable, nameOf, sayKind, sayReached, sayShare } from './words.ts';

/** How far one campaign has come: totals, kinds of places, review days, and the areas with the largest gaps first. */
export default function CampaignScreen() {
  const { province = '', campaign = '' } = useParams<{ province: string; campaign: string }>();
  const [query, setQuery] = useQueryState();
  const scope = useScope();
  const by = query.get('theo') === 'xa' ? 'commune' as const : 'province' as const;
  const view = useQuery(getCampaign, { params: { province, campaign }, query: { by, ...(scope.province === undefined ? {} : { scope: scope.province }) } });
  usePageTitle(view.value === undefined ? undefined : nameOf(view.value.campaign));
  return (
    <RemoteView of={view} lines={10}>{(value) => (
      <>
        <PageHead title={nameOf(value.campaign)} say={`${value.campaign.basis} · ${day(value.campaign.startsOn)} – ${day(value.campaign.endsOn)} · ${sayKey(`coverage.campaign-state.${value.campaign.state}`)}`}
          crumbs={[{ label: t('coverage.title'), to: '/ra-soat' }, { label: nameOf(value.campaign) }]} tools={<><CopyLink />{value.mayClose && <Closing value={value} onDone={view.reload} />}</>} />
        <Figures value={value} />
        <div className="cols">
          <div className="stack">
            {new Set(value.rows.map((row) => row.province)).size > 1 && (
              <Segmented label={t('coverage.by')} value={by} onChoose={(next) => setQuery({ theo: next === 'commune' ? 'xa' : undefined })} choices={[{ value: 'province', label: t('coverage.by-province') }, { value: 'commune', label: t('coverage.by-commune') }]} />
            )}
            <AreaTable value={value} />
          </div>
          <div className="stack">
            {value.by === 'province' && value.rows.length > 1 && <Coverage rows={value.rows} />}
            <Kinds kinds={value.kinds} />
            <Reviews value={value} />
            <Offers value={value} />
          </div>
        </div>
      </>
    )}</RemoteView>
  );
}

function Figures({ value }: { readonly value: CampaignView }) {
  const { totals, rows } = value;
  const communes = rows.reduce((sum, row) => sum + row.communes, 0);
  const divided = rows.reduce((sum, row) => sum + row.divided, 0);
  return (
    <StatStrip stats={[
      { label: t('coverage.reached'), value: sayShare(totals), note: sayReached(totals) },
      { label: t('coverage.divided'), value: number(divided), note: t('coverage.of-communes', { count: number(communes) }), ...(divided < communes ? { tone: 'warn' as const } : {}) },
      { label: t('coverage.late'), value: number(totals.late), note: t('coverage.late-say'), ...(totals.late > 0 ? { tone: 'bad' as const } : {}) },
      { label: t('coverage.size-reached'), value: number(totals.sizeReached), note: t('coverage.of-size', { count: number(totals.size) }) },
    ]} />
  );
}

const Kinds = ({ kinds }: { readonly kinds: readonly KindRow[] }) => (
  <Card title={t('coverage.kinds')}>
    <dl className="pairs">{kinds.map((row) => [
      <dt key={`${row.kind}-t`}>{sayKind(row.kind)}</dt>,
      <dd key={`${row.kind}-d`}>{applicable(row) === 0 ? <span className="muted">{t('coverage.no-share')}</span> : <><ProgressBar share={shareReached(row) ?? 0} label={`${sayKind(row.kind)}: ${sayReached(row)}`} /><span className="small">{sayReached(row)} · {sayShare(row)}</span></>}</dd>,
    ])}</dl>
  </Card>
);

const Reviews = ({ value }: { readonly value: CampaignView }) => (value.reviews.length === 0 ? null : (
  <Card title={t('coverage.reviews')} say={t('coverage.reviews-say')}>
    <dl className="pairs">{value.reviews.map((row) => [
      <dt key={`${row.day}-t`}>{day(row.day)}</dt>,
      <dd key={`${row.day}-d`}>{row.day > value.asOf ? <span className="muted">{t('coverage.review-ahead')}</span> : row.places === 0 ? t('coverage.no-share') : `${number(row.reached)} / ${number(row.places)} · ${percent(row.reached / row.places)}`}</dd>,
    ])}</dl>
  </Card>
));

/** Counts of services and of referrals people accepted; small ones are left out, for they would point to somebody. */
const Offers = ({ value }: { readonly value: CampaignView }) => (
  <Card title={t('coverage.services')} say={t('coverage.services-say')}>
    <div className="scroll" role="group" tabIndex={0} aria-label={t('coverage.services')}>
      <table className="tbl">
        <caption className="vh">{t('coverage.services')}</caption>
        <thead><tr><th scope="col">{t('coverage.service')}</th><th scope="col" className="num">{t('coverage.offered')}</th><th scope="col" className="num">{t('coverage.accepted')}</th></tr></thead>
        <tbody>{services.map((service, at) => {
          const accepted = value.accepted[at];
          return <tr key={service}><th scope="row">{sayKey(`coverage.service.${service}`)}</th><td className="num">{number(value.offered[at] ?? 0)}</td><td className="num">{typeof accepted === 'number' ? number(accepted) : <span className="muted" title={t('coverage.hidden-say')}>{t('coverage.hidden')}</span>}</td></tr>;
        })}</tbody>
      </table>
    </div>
  </Card>
);

function Closing({ value, onDone }: { readonly value: CampaignView; readonly onDone: () => void }) {
  const close = useCommand(closeCampaign);
  const send = async (): Promise<void> => {
    const { province, id: campaign, version } = value.campaign;
    const answer = await close.run({ params: { province, campaign }, body: { version } });
    if (!answer.ok) return;
    toast(t('coverage.closed-now'));
    onDone();
  };
  return <><ProblemNotice problem={close.problem} /><Button busy={close.busy} onClick={() => void send()}>{t('coverage.close')}</Button></>;
}
