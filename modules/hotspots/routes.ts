import { bind, type Route } from '#platform/http/bind.ts';
import { followPlaces } from './actions/changes.ts';
import { recordCheck } from './actions/check.ts';
import { exportPlaces } from './actions/export.ts';
import { addPhotograph, correctPlace, linkCount, openExactPlace, openPhotograph, removePhotograph, setExactPlace, withdrawCount } from './actions/facts.ts';
import { figures, publicPlaces } from './actions/figures.ts';
import { importPlaces, importTemplate } from './actions/import.ts';
import { movePlace } from './actions/move.ts';
import { viewOrNone } from './actions/page.ts';
import { report } from './actions/report.ts';
import { board, dueChecks, placeMap, placePage } from './actions/views.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.getBoard, (use, { query }) => board(use, query)),
  bind(contracts.listPlaces, (use, { query }) => placePage(use, query)),
  bind(contracts.exportPlaces, (use, { query }) => exportPlaces(use, query)),
  bind(contracts.getPlaceMap, (use, { query }) => placeMap(use, query)),
  bind(contracts.listDueChecks, (use, { query }) => dueChecks(use, query)),
  bind(contracts.followPlaces, async (use) => followPlaces(use)),
  bind(contracts.getPlaceFigures, (use, { query }) => figures(use, query)),
  bind(contracts.getPublicPlaces, (use) => publicPlaces(use)),
  bind(contracts.importPlaces, (use, { query, file }) => importPlaces(use, query.apply === 'yes', file)),
  bind(contracts.getImportTemplate, (use, { query }) => importTemplate(query.language ?? use.language)),
  bind(contracts.reportPlace, (use, { body }) => report(use, body)),
  bind(contracts.getPlace, (use, { params }) => viewOrNone(use, params)),
  bind(contracts.movePlace, (use, { params, body }) => movePlace(use, params, body)),
  bind(contracts.recordCheck, (use, { params, body }) => recordCheck(use, params, body)),
  bind(contracts.correctPlace, (use, { params, body }) => correctPlace(use, params, body)),
  bind(contracts.setExactPlace, (use, { params, body }) => setExactPlace(use, params, body)),
  bind(contracts.openExactPlace, (use, { params, query }) => openExactPlace(use, params, query.purpose)),
  bind(contracts.addPhotograph, (use, { params, query, file }) => addPhotograph(use, params, { stage: query.stage, takenOn: query.takenOn }, file)),
  bind(contracts.openPhotograph, (use, { params, query }) => openPhotograph(use, params, query.purpose)),
  bind(contracts.removePhotograph, (use, { params, body }) => removePhotograph(use, params, body.reason)),
  bind(contracts.linkCount, (use, { params, body }) => linkCount(use, params, body)),
  bind(contracts.withdrawCount, (use, { params }) => withdrawCount(use, params)),
];
