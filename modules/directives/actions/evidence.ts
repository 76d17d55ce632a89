/** Evidence: a measured value, a document by file, number or link, or a declaration; each kept as it was given. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Download, UploadedFile } from '#platform/http/bind.ts';
import { grantUsed } from '../rules/standing.ts';
import type { TaskView } from '../schema.ts';
import { appendEntries, findEvidence, insertEvidence, type EvidenceStored } from '../store/history.ts';
import { findTask, lockTask, saveTask, type TaskStored } from '../store/tasks.ts';
import { keepFile, readKeptFile } from './files.ts';
import type { TaskKey } from './move.ts';
import { stanceIn, taskView } from './task-view.ts';
import { byOf, log, notFound, type UseCase } from './use-case.ts';

type Given = Partial<Omit<EvidenceStored, 'id' | 'at'>> & Pick<EvidenceStored, 'kind'>;

async function openTask(use: UseCase, key: TaskKey): Promise<Result<TaskStored, Refusal>> {
  const task = await lockTask(byOf(use), key.province, key.task);
  if (task === undefined) return notFound();
  if (!stanceIn(use, task).holder) return refuse({ code: 'not-the-holder' });
  return ['acknowledged', 'in-progress', 'returned'].includes(task.state) ? ok(task) : refuse({ code: 'move-not-allowed' });
}

async function attach(use: UseCase, task: TaskStored, given: Given): Promise<Result<TaskView, Refusal>> {
  const { tx, now, actor } = use;
  const evidence: EvidenceStored = {
    fileName: null, sha256: null, bytes: null, documentNumber: null, documentDate: null, link: null, value: null, unit: null, note: '', ...given, id: newId(), at: now.at,
  };
  await insertEvidence(tx, { ...evidence, province: task.province, task: task.id, account: actor.account });
  const grant = grantUsed(actor.grants, task, 'holder');
  await appendEntries(tx, [{
    province: task.province, task: task.id, seq: task.entryCount + 1, at: now.at, account: actor.account, office: grant?.office ?? null, post: grant?.post ?? null, kind: 'evidence-added', fromState: task.state,
    toState: task.state, payload: { evidence: evidence.id, ...(evidence.note === '' ? {} : { text: evidence.note }) },
  }]);
  await saveTask(tx, { ...task, at: now.at, entryCount: task.entryCount + 1, evidenceCount: task.evidenceCount + 1 });
  await log(use, {
    province: task.province, action: 'directives.evidence-added', target: { type: 'task', id: task.id }, unit: task.commune ?? task.holderOffice, after: evidence,
    facts: { evidence: evidence.id, kind: evidence.kind, sha256: evidence.sha256, bytes: evidence.bytes },
  });
  const view = await taskView(use, task.province, task.id);
  return view === undefined ? notFound() : ok(view);
}

/** A measured value needs its number; a document needs a number or a link (or comes as a file); a declaration needs words. */
export async function addEvidence(use: UseCase, key: TaskKey, given: Given): Promise<Result<TaskView, Refusal>> {
  const task = await openTask(use, key);
  if (!task.ok) return task;
  if (given.kind === 'measured' && typeof given.value !== 'number') return refuse({ code: 'measured-needs-value' });
  if (given.kind === 'document' && (given.documentNumber ?? '') === '' && (given.link ?? '') === '') return refuse({ code: 'document-needs-source' });
  if (given.kind === 'declared' && (given.note ?? '').trim() === '') return refuse({ code: 'evidence-empty' });
  return attach(use, task.value, given);
}

export async function addEvidenceFile(use: UseCase, key: TaskKey, file: UploadedFile, about: Omit<Given, 'kind'>): Promise<Result<TaskView, Refusal>> {
  const task = await openTask(use, key);
  if (!task.ok) return task;
  if (file.bytes.length === 0) return refuse({ code: 'evidence-empty' });
  const sha256 = await keepFile(use.services.filesDir, file.bytes);
  return attach(use, task.value, { ...about, kind: 'document', fileName: file.fileName === '' ? sha256.slice(0, 12) : file.fileName, sha256, bytes: file.bytes.length });
}

/** The file as it was given, never shown in place: it is a stranger's. */
export async function evidenceFile(use: UseCase, key: TaskKey & { readonly evidence: string }): Promise<Result<Download, Refusal>> {
  if ((await findTask(byOf(use), key.province, key.task)) === undefined) return notFound();
  const evidence = await findEvidence(use.tx, key.province, key.task, key.evidence);
  if (evidence === undefined || evidence.sha256 === null) return notFound();
  const bytes = await readKeptFile(use.services.filesDir, evidence.sha256);
  return bytes === undefined ? refuse({ code: 'file-missing' }) : ok({ bytes, fileName: evidence.fileName ?? evidence.sha256, contentType: 'application/octet-stream' });
}
