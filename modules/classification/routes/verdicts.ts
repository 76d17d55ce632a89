import type { Route } from '#platform/http/bind.ts';
import { bind } from '#platform/http/bind.ts';
import { delistRoute, listAll, listRoute, load } from '../actions/decide-routes.ts';
import { readList, readMap } from '../actions/read-nation.ts';
import { readSignalList, readSignals } from '../actions/read-signals.ts';
import { readVerdict } from '../actions/read-verdict.ts';
import { readTrajectory } from '../actions/trajectory.ts';
import { readWhatIf } from '../actions/what-if.ts';
import * as contracts from '../schema.ts';
import { readRoutes } from '../store/decrees.ts';

export const verdictRoutes: readonly Route[] = [
  bind(contracts.getVerdict, (use, { params, query }) => readVerdict(use, { ...params, ...query })),
  bind(contracts.listVerdicts, (use, { query }) => readList(use, query)),
  bind(contracts.getVerdictMap, (use, { query }) => readMap(use, query)),
  bind(contracts.askWhatIf, (use, { body }) => readWhatIf(use, body)),
  bind(contracts.getTrajectory, (use, { query }) => readTrajectory(use, query)),
  bind(contracts.getSignals, (use, { params, query }) => readSignals(use, { ...params, ...query })),
  bind(contracts.listSignals, (use, { query }) => readSignalList(use, query)),
  bind(contracts.listDecrees, ({ tx }) => listAll(tx)),
  bind(contracts.loadDecree, (use, { body }) => load(use, body.decree)),
  bind(contracts.listRoutes, async ({ tx }, { query }) => ({ rows: await readRoutes(tx, query.province ?? null, query.on ?? null) })),
  bind(contracts.listRoute, (use, { body }) => listRoute(use, body)),
  bind(contracts.delistRoute, (use, { params, body }) => delistRoute(use, params.id, body)),
];
