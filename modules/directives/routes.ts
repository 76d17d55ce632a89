import { bind, type Route } from '#platform/http/bind.ts';
import { refuse } from '#kernel/result.ts';
import { addEvidence, addEvidenceFile, evidenceFile } from './actions/evidence.ts';
import { createDraft, createDraftFromFile, discardDraft, saveHead } from './actions/draft.ts';
import { issueDirective, previewIssue, withdrawDirective } from './actions/issue.ts';
import { addLine, editLine, mergeLines, orderLines, setRemoved, splitLine } from './actions/lines.ts';
import { directiveList, inbox, myWork, taskList } from './actions/lists.ts';
import { matrixOf } from './actions/matrix.ts';
import { moveTask } from './actions/move.ts';
import { annexFile, feedFile, importWorkbook, originalFile, workbookFile } from './actions/outputs.ts';
import { deleteView, editCalendar, endFeedLink, feedLink, listDeadlineEvents, makeFeedLink, saveView, setDeadlineEvent, yearCalendar } from './actions/personal.ts';
import { cascadeOf, overdueRatesOf, progressOfDirective } from './actions/progress.ts';
import { readNotices } from './actions/read-notices.ts';
import { composeReminder, remind } from './actions/remind.ts';
import { historyOf, reachOf, sourceOf } from './actions/reach.ts';
import { splitTask } from './actions/split.ts';
import { taskView } from './actions/task-view.ts';
import { thenLine, thenView } from './actions/then-view.ts';
import { directiveView } from './actions/views.ts';
import * as contracts from './schema.ts';
import { listViews } from './store/personal.ts';

const none = refuse({ code: 'not-found' });

const drafting: readonly Route[] = [
  bind(contracts.createDraft, (use, { body }) => createDraft(use, body)),
  bind(contracts.createDraftFromFile, (use, { query, file }) => createDraftFromFile(use, query.issuerOffice, file)),
  bind(contracts.getDirective, async (use, { params }) => (await directiveView(use, params.province, params.directive)) ?? none),
  bind(contracts.getSource, (use, { params }) => sourceOf(use, params)),
  bind(contracts.getOriginal, (use, { params }) => originalFile(use, params)),
  bind(contracts.saveHead, async (use, { params, body }) => thenView(use, params, await saveHead(use, { ...params, ...body }))),
  bind(contracts.discardDraft, (use, { params }) => discardDraft(use, params.province, params.directive)),
  bind(contracts.addAssignment, async (use, { params, body }) => thenLine(use, params, await addLine(use, params, body))),
  bind(contracts.editAssignment, async (use, { params, body }) => thenLine(use, params, await editLine(use, params, body), params.assignment)),
  bind(contracts.removeAssignment, async (use, { params }) => thenView(use, params, await setRemoved(use, params, true))),
  bind(contracts.restoreAssignment, async (use, { params }) => thenView(use, params, await setRemoved(use, params, false))),
  bind(contracts.splitAssignment, async (use, { params, body }) => thenView(use, params, await splitLine(use, params, body))),
  bind(contracts.mergeAssignments, async (use, { params, body }) => thenView(use, params, await mergeLines(use, params, body))),
  bind(contracts.orderAssignments, async (use, { params, body }) => thenView(use, params, await orderLines(use, params, body))),
];

const issuing: readonly Route[] = [
  bind(contracts.previewIssue, (use, { params }) => previewIssue(use, params.province, params.directive)),
  bind(contracts.issueDirective, async (use, { params, body }) => thenView(use, params, await issueDirective(use, { ...params, ...body }))),
  bind(contracts.withdrawDirective, async (use, { params, body }) => thenView(use, params, await withdrawDirective(use, { ...params, ...body }))),
  bind(contracts.getReach, (use, { params }) => reachOf(use, params)),
  bind(contracts.getHistory, (use, { params }) => historyOf(use, params)),
  bind(contracts.listDirectives, (use, { query }) => directiveList(use, query)),
  bind(contracts.getProgress, (use, { params, query }) => progressOfDirective(use, params.province, params.directive, query.scope)),
  bind(contracts.getCascade, (use, { params }) => cascadeOf(use, params.province, params.directive, params.assignment)),
  bind(contracts.getMatrix, (use, { query }) => matrixOf(use, query)),
  bind(contracts.getOverdueRates, (use, { query }) => overdueRatesOf(use, query)),
];

const tasks: readonly Route[] = [
  bind(contracts.getTask, async (use, { params }) => (await taskView(use, params.province, params.task)) ?? none),
  bind(contracts.listTasks, (use, { query }) => taskList(use, query)),
  bind(contracts.moveTask, (use, { params, body }) => moveTask(use, params, body)),
  bind(contracts.addEvidence, (use, { params, body }) => addEvidence(use, params, body)),
  bind(contracts.addEvidenceFile, (use, { params, query, file }) => addEvidenceFile(use, params, file, query)),
  bind(contracts.getEvidenceFile, (use, { params }) => evidenceFile(use, params)),
  bind(contracts.splitTask, (use, { params, body }) => splitTask(use, params, body)),
];

const following: readonly Route[] = [
  bind(contracts.getMyWork, (use, { query }) => myWork(use, query)),
  bind(contracts.getInbox, (use, { query }) => inbox(use, query)),
  bind(contracts.readNotices, (use, { body }) => readNotices(use, body.notices)),
  bind(contracts.remind, (use, { params, body }) => remind(use, params, body)),
  bind(contracts.composeReminder, (use, { params, body }) => composeReminder(use, params, body)),
  bind(contracts.listViews, async ({ tx, actor }) => ({ views: await listViews(tx, actor.account) })),
  bind(contracts.saveView, (use, { body }) => saveView(use, body)),
  bind(contracts.deleteView, (use, { params }) => deleteView(use, params.view)),
  bind(contracts.getFeedLink, (use) => feedLink(use)),
  bind(contracts.makeFeedLink, (use) => makeFeedLink(use)),
  bind(contracts.endFeedLink, (use) => endFeedLink(use)),
  bind(contracts.getFeed, (use, { params }) => feedFile(use, params.token)),
  bind(contracts.getCalendar, (use, { params }) => yearCalendar(use, Number(params.year))),
  bind(contracts.editCalendar, (use, { params, body }) => editCalendar(use, Number(params.year), body.days)),
  bind(contracts.listDeadlineEvents, async ({ tx }) => ({ events: await listDeadlineEvents(tx) })),
  bind(contracts.setDeadlineEvent, (use, { params, body }) => setDeadlineEvent(use, params.event, body.on)),
];

const outputs: readonly Route[] = [
  bind(contracts.getAnnexPdf, (use, { params }) => annexFile(use, params, 'pdf')),
  bind(contracts.getAnnexDocx, (use, { params }) => annexFile(use, params, 'docx')),
  bind(contracts.getMatrixXlsx, (use, { params }) => workbookFile(use, params)),
  bind(contracts.importMatrix, (use, { params, file }) => importWorkbook(use, params, file)),
];

export const routes: readonly Route[] = [...drafting, ...issuing, ...tasks, ...following, ...outputs];
