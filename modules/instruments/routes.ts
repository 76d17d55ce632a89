import { bind, type Route } from '#platform/http/bind.ts';
import * as actions from './actions.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.listInstruments, (use) => actions.listInstruments(use)),
  bind(contracts.getInstrument, (use, { params }) => actions.instrumentView(use, params)),
  bind(contracts.addInstrument, (use, { body }) => actions.addInstrument(use, body)),
  bind(contracts.setStage, (use, { params, body }) => actions.setStage(use, params, body)),
  bind(contracts.removeStage, (use, { params, body }) => actions.removeStage(use, params, body.version)),
  bind(contracts.linkInstrument, (use, { params, body }) => actions.linkInstrument(use, params, body)),
];
