import { bind, type Route } from '#platform/http/bind.ts';
import { addDrive, driveView, listDrives, recordDrive } from './actions/drives.ts';
import { addModel, listModels, modelView, recordActivity, recordBase, retireModel, schoolCalendar } from './actions/models.ts';
import { addPilot, concludePilot, listPilots, listReplications, movePilot, pilotView, replicatePilot } from './actions/pilots.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.listModels, (use, { query }) => listModels(use, query)),
  bind(contracts.addModel, (use, { body }) => addModel(use, body)),
  bind(contracts.retireModel, (use, { params, body }) => retireModel(use, params, body.version)),
  bind(contracts.getModel, (use, { params, query }) => modelView(use, params, query)),
  bind(contracts.getSchoolCalendar, (use, { query }) => schoolCalendar(use, query)),
  bind(contracts.recordActivity, (use, { params, body }) => recordActivity(use, params, body)),
  bind(contracts.recordBase, (use, { params, body }) => recordBase(use, params, body)),
  bind(contracts.listPilots, (use) => listPilots(use)),
  bind(contracts.addPilot, (use, { body }) => addPilot(use, body)),
  bind(contracts.getPilot, (use, { params }) => pilotView(use, params)),
  bind(contracts.movePilot, (use, { params, body }) => movePilot(use, params, body)),
  bind(contracts.concludePilot, (use, { params, body }) => concludePilot(use, params, body)),
  bind(contracts.replicatePilot, (use, { params, body }) => replicatePilot(use, params, body)),
  bind(contracts.listReplications, (use, { query }) => listReplications(use, query.scope)),
  bind(contracts.listDrives, (use) => listDrives(use)),
  bind(contracts.addDrive, (use, { body }) => addDrive(use, body)),
  bind(contracts.getDrive, (use, { params, query }) => driveView(use, params, query)),
  bind(contracts.recordDrive, (use, { params, body }) => recordDrive(use, params, body)),
];
