import { useState } from 'react';
import { useLocation } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { useScope } from '#web/place.ts';
import { homeReach, useSession } from '#web/session.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { shareReached } from '../rules/review.ts';
import { listCampaigns, type CampaignRow } from '../schema.ts';
import { OpenDialog } from './open-dialog.tsx';
import { campaignPath, divisionPath, nameOf, sayReached, sayShare } from './words.ts';

/** Campaigns of the general review, each with how far it has come in the reader's places. */
export default function CampaignsScreen() {
  const list = useQuery(listCampaigns, {});
  const [opening, setOpening] = useState(false);
  const [, navigate] = useLocation();
  const reach = homeReach(useSession());
  const { province } = useScope();
  const pathOf = (row: CampaignRow): string => (reach.level === 'commune' ? divisionPath(row.campaign, reach.province, reach.commune) : campaignPath(row.campaign));
  const columns: readonly Column<CampaignRow>[] = [
    { key: 'name', header: t('coverage.campaign'), rowHeader: true, cell: ({ campaign, ...row }) => <><A to={pathOf({ campaign, ...row })}>{nameOf(campaign)}</A><small>{[campaign.basis, campaign.province === '00' ? t('coverage.of-nation') : t('coverage.of-province', { code: campaign.province })].join(' · ')}</small></> },
    { key: 'days', header: t('coverage.days'), cell: ({ campaign }) => `${day(campaign.startsOn)} – ${day(campaign.endsOn)}` },
    { key: 'state', header: t('coverage.state'), cell: ({ campaign }) => <StatusBadge bare kind={campaign.state === 'running' ? 'half' : 'done'}>{sayKey(`coverage.campaign-state.${campaign.state}`)}</StatusBadge> },
    { key: 'reached', header: t('coverage.reached'), cell: ({ totals }) => (totals.places === 0 ? <span className="muted">{t('coverage.not-divided')}</span> : <><ProgressBar share={shareReached(totals) ?? 0} label={sayReached(totals)} /><span className="small">{sayReached(totals)} · {sayShare(totals)}</span></>) },
    { key: 'late', header: t('coverage.late'), numeric: true, cell: ({ totals }) => number(totals.late) },
  ];
  return (
    <>
      <PageHead title={t('coverage.title')} say={t('coverage.say')} tools={<><CopyLink />{(list.value?.mayOpen.length ?? 0) > 0 && <Button look="primary" icon="plus" onClick={() => setOpening(true)}>{t('coverage.open')}</Button>}</>} />
      <Card flush>
        <RemoteView of={list} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="list" title={t('coverage.empty')}>{t('coverage.empty-say')}</EmptyState>}>{(value) => (
          <Table caption={t('coverage.title')} hideCaption columns={columns} rows={value.rows.filter((row) => province === undefined || row.campaign.province === '00' || row.campaign.province === province)} rowKey={(row) => row.campaign.id} onOpen={(row) => navigate(pathOf(row))} />
        )}</RemoteView>
      </Card>
      {opening && list.value !== undefined && <OpenDialog mayOpen={list.value.mayOpen} earlier={list.value.rows.map((row) => row.campaign)} today={list.value.asOf} onClose={() => setOpening(false)} onDone={(made) => { setOpening(false); navigate(campaignPath(made)); }} />}
    </>
  );
}
