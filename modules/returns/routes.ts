import { bind, type Route } from '#platform/http/bind.ts';
import { decideMany, submitForm } from './actions/submit.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.submitReturn, (use, { params, body }) => submitForm(use, { ...params, attribute: body.attribute }, body)),
  bind(contracts.decideReturns, (use, { body }) => decideMany(use, body)),
];
