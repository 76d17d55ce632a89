import { bind, type Route } from '#platform/http/bind.ts';
import { bookOf, correctRecorded, dayHistory, recordOneDay } from './actions/book.ts';
import { monthsOf } from './actions/census.ts';
import { forecastFor } from './actions/forecast.ts';
import { confirmOne, inspectionsOf, recordOneInspection, remedyOne } from './actions/inspections.ts';
import { addActivity, editActivity, lifeOf, staffFrom } from './actions/life.ts';
import { answerOne, mattersOf, recordOneMatter, settleOne } from './actions/matters.ts';
import { addProfile, endFacility, enterFacility, facilityList, facilityView } from './actions/register.ts';
import { checklistOn } from './rules/checklist.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.listFacilities, (use, { query }) => facilityList(use, query)),
  bind(contracts.getFacility, (use, { params }) => facilityView(use, params)),
  bind(contracts.registerFacility, (use, { body }) => enterFacility(use, body)),
  bind(contracts.saveProfile, (use, { params, body }) => addProfile(use, params, body)),
  bind(contracts.closeFacility, (use, { params, body }) => endFacility(use, params, body)),
  bind(contracts.getBook, (use, { params, query }) => bookOf(use, params, query)),
  bind(contracts.recordDay, (use, { params, body }) => recordOneDay(use, params, body)),
  bind(contracts.correctDays, (use, { params, body }) => correctRecorded(use, params, body)),
  bind(contracts.getDayHistory, (use, { params }) => dayHistory(use, params)),
  bind(contracts.getMonths, (use, { params }) => monthsOf(use, params)),
  bind(contracts.getLife, (use, { params }) => lifeOf(use, params)),
  bind(contracts.recordStaffing, (use, { params, body }) => staffFrom(use, params, body)),
  bind(contracts.recordActivity, (use, { params, body }) => addActivity(use, params, body)),
  bind(contracts.changeActivity, (use, { params, body }) => editActivity(use, params, body.rev, body.activity)),
  bind(contracts.getChecklist, async (use) => checklistOn(use.now.today)),
  bind(contracts.listInspections, (use, { params }) => inspectionsOf(use, params)),
  bind(contracts.recordInspection, (use, { params, body }) => recordOneInspection(use, params, body)),
  bind(contracts.remedyFinding, (use, { params, body }) => remedyOne(use, params, body)),
  bind(contracts.confirmFinding, (use, { params, body }) => confirmOne(use, params, body)),
  bind(contracts.listMatters, (use, { params }) => mattersOf(use, params)),
  bind(contracts.recordMatter, (use, { params, body }) => recordOneMatter(use, params, body)),
  bind(contracts.answerMatter, (use, { params, body }) => answerOne(use, { key: params, ...body })),
  bind(contracts.settleMatter, (use, { params, body }) => settleOne(use, { key: params, ...body })),
  bind(contracts.getForecast, (use, { query }) => forecastFor(use, query)),
];
