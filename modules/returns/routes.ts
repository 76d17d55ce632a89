import { bind, type Route } from '#platform/http/bind.ts';
import { acceptances } from './actions/acceptance.ts';
import { attach, attachedFile, attachmentsOf, detach } from './actions/attachments.ts';
import { followChanges } from './actions/changes.ts';
import { completenessOf, dueList, periodsNamed } from './actions/due.ts';
import { exportFile, templateFile } from './actions/export-files.ts';
import { returnForm } from './actions/form-view.ts';
import { importFile } from './actions/import-files.ts';
import { returnHistory, returnRevision } from './actions/history.ts';
import { reviewQueue } from './actions/queue.ts';
import { selfAuditState } from './actions/self-audit.ts';
import { decideMany, submitForm } from './actions/submit.ts';
import { closeViolation, violationList } from './actions/violations.ts';
import * as contracts from './schema.ts';

export const routes: readonly Route[] = [
  bind(contracts.listDue, (use, { query }) => dueList(use, query)),
  bind(contracts.getReturnForm, (use, { params, query }) => returnForm(use, { ...params, attribute: query.attribute ?? '' })),
  bind(contracts.submitReturn, (use, { params, body }) => submitForm(use, { ...params, attribute: body.attribute }, body)),
  bind(contracts.getReturnHistory, (use, { params, query }) => returnHistory(use, { ...params, attribute: query.attribute ?? '' })),
  bind(contracts.getReturnRevision, (use, { params: { rev, ...key }, query }) => returnRevision(use, { ...key, attribute: query.attribute ?? '' }, Number(rev))),
  bind(contracts.listQueue, (use, { query }) => reviewQueue(use, query)),
  bind(contracts.decideReturns, (use, { body }) => decideMany(use, body)),
  bind(contracts.listAcceptances, (use, { query }) => acceptances(use, query)),
  bind(contracts.getCompleteness, (use, { query }) => {
    const periods = periodsNamed(query.periods);
    return periods.ok ? completenessOf(use, { ...query, periods: periods.value }) : Promise.resolve(periods);
  }),
  bind(contracts.listViolations, (use, { query }) => violationList(use, query)),
  bind(contracts.closeViolation, (use, { params, query, body }) => closeViolation(use, { ...params, ...query, ...body })),
  bind(contracts.getSelfAudit, selfAuditState),
  bind(contracts.getReturnTemplate, (use, { params, query }) => templateFile(use, { ...params, attribute: query.attribute ?? '' })),
  bind(contracts.importReturns, (use, { query, file }) => importFile(use, query, file)),
  bind(contracts.exportReturns, (use, { query }) => exportFile(use, query)),
  bind(contracts.listAttachments, (use, { params, query }) => attachmentsOf(use, { ...params, attribute: query.attribute ?? '' })),
  bind(contracts.attachToReturn, (use, { params, query, file }) => attach(use, { ...params, attribute: query.attribute ?? '' }, query.slot, file)),
  bind(contracts.getAttachment, (use, { params }) => attachedFile(use, params.province, params.attachment)),
  bind(contracts.removeAttachment, (use, { params }) => detach(use, params.province, params.attachment)),
  bind(contracts.followChanges, async (use) => followChanges(use)),
];
