import { bind, type Route } from '#platform/http/bind.ts';
import { campaignView, closeCampaign, listCampaigns, openCampaign, unitCoverage } from './actions/campaigns.ts';
import { addPlaces, divisionView, planPlace, removePlace, takeOverDivision } from './actions/places.ts';
import { listVisits, recordVisit, withdrawVisit } from './actions/visits.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.listCampaigns, (use) => listCampaigns(use)),
  bind(contracts.openCampaign, (use, { body }) => openCampaign(use, body)),
  bind(contracts.closeCampaign, (use, { params, body }) => closeCampaign(use, params, body.version)),
  bind(contracts.getCampaign, (use, { params, query }) => campaignView(use, params, query)),
  bind(contracts.getUnitCoverage, (use, { params }) => unitCoverage(use, params.shard, params.code)),
  bind(contracts.getDivision, (use, { params }) => divisionView(use, params)),
  bind(contracts.addPlaces, (use, { params, body }) => addPlaces(use, params, body)),
  bind(contracts.takeOverDivision, (use, { params }) => takeOverDivision(use, params)),
  bind(contracts.planPlace, (use, { params, body }) => planPlace(use, params, body)),
  bind(contracts.removePlace, (use, { params }) => removePlace(use, params)),
  bind(contracts.recordVisit, (use, { params, body }) => recordVisit(use, params, body)),
  bind(contracts.listVisits, (use, { params }) => listVisits(use, params)),
  bind(contracts.withdrawVisit, (use, { params, body }) => withdrawVisit(use, params, body.reason)),
];
