import type { Route } from '#platform/http/bind.ts';
import { procedureRoutes } from './routes/procedure.ts';
import { verdictRoutes } from './routes/verdicts.ts';

export const routes: readonly Route[] = [...verdictRoutes, ...procedureRoutes];
