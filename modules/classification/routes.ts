import type { Route } from '#platform/http/bind.ts';
import { procedureRoutes } from './routes/procedure.ts';

export const routes: readonly Route[] = [...procedureRoutes];
