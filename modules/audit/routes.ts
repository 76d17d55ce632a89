import { bind, type Route } from '#platform/http/bind.ts';
import * as proofs from './actions/proofs.ts';
import * as timeline from './actions/timeline.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.listEntries, (context, { query }) => timeline.listEntries(context, query)),
  bind(contracts.listMyEntries, (context, { query }) => timeline.listMyEntries(context, query)),
  bind(contracts.readEntry, (context, { params }) => proofs.readEntry(context, params.log, params.id)),
  bind(contracts.proveLeaf, (context, { params }) => proofs.proveLeaf(context, params.log, params.hash)),
  bind(contracts.listCheckpoints, ({ tx }, { params, query }) => proofs.listCheckpoints(tx, params.log, query.before)),
  bind(contracts.readConsistency, ({ tx }, { params, query }) => proofs.readConsistency(tx, params.log, Number(query.from), Number(query.to))),
  bind(contracts.readTile, ({ tx }, { params }) => proofs.readTile(tx, params.log, Number(params.level), Number(params.index))),
  bind(contracts.readState, (context) => proofs.readState(context)),
  bind(contracts.exportEntries, (context, { params }) => timeline.exportEntries(context, params.log)),
];
