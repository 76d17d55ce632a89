/** Routes of the yearly procedure. */
import { bind, type Route } from '#platform/http/bind.ts';
import { board, readCouncil, recordCouncil, searchCases } from '../actions/case-lists.ts';
import { caseFile, decisionFile } from '../actions/case-file.ts';
import { readCase } from '../actions/case-view.ts';
import { moveCase as move } from '../actions/move-case.ts';
import { moveMany } from '../actions/move-many.ts';
import { openCase as open, saveAssessment as write } from '../actions/open-case.ts';
import { listOn, publicNotice, publicNotices, standingOf } from '../actions/standing.ts';
import {
  getBoard, getCase, getCaseFile, getCouncil, getDecisionFile, getList, getNotice, getStanding, listCases, listNotices, moveCase, moveCases, openCase, saveAssessment, saveCouncil,
} from '../schema.ts';

export const procedureRoutes: readonly Route[] = [
  bind(listCases, (context, { query }) => searchCases(context, query)),
  bind(getBoard, (context, { query }) => board(context, query)),
  bind(getCase, (context, { params }) => readCase(context, params)),
  bind(openCase, (context, { params, body }) => open(context, { ...params, ...body })),
  bind(saveAssessment, (context, { params, body }) => write(context, { ...params, ...body })),
  bind(moveCase, (context, { params, body }) => move(context, params, body)),
  bind(moveCases, (context, { params, body }) => moveMany(context, params.province, body)),
  bind(getCouncil, (context, { params }) => readCouncil(context, params.province)),
  bind(saveCouncil, (context, { params, body }) => recordCouncil(context, params.province, body)),
  bind(getStanding, (context, { params, query }) => standingOf(context, { ...params, ...query })),
  bind(getList, (context, { query }) => listOn(context, query)),
  bind(getCaseFile, (context, { params }) => caseFile(context, params)),
  bind(getDecisionFile, (context, { params, query }) => decisionFile(context, params, query.number)),
  bind(listNotices, (context, { query }) => publicNotices(context, query)),
  bind(getNotice, (context, { params }) => publicNotice(context, params)),
];
