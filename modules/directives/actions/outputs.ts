/** Files that leave: annex as PDF and DOCX, matrix as XLSX, the calendar, the original; and the matrix that comes back. */
import { displayDay } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { calendarFeed } from '#platform/documents/ics.ts';
import type { OfficialDocument } from '#platform/documents/official-document.ts';
import { printDocx, printPdf } from '#platform/documents/print.ts';
import { writeWorkbook } from '#platform/documents/xlsx.ts';
import type { Download } from '#platform/http/bind.ts';
import { remindWorkingDaysBefore } from '../rules/escalation.ts';
import type { Assignment, DirectiveView } from '../schema.ts';
import { findDirective } from '../store/directives.ts';
import { searchTasks } from '../store/task-lists.ts';
import { sha256Of, readKeptFile } from './files.ts';
import { namesOf, type Names } from './offices.ts';
import { feedTasks } from './personal.ts';
import { taskRow } from './task-view.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';
import { directiveView } from './views.ts';
import { say } from './words.ts';
import { matrixColumns, matrixRow, taskColumns, type Worded } from './workbook.ts';

export { importWorkbook } from './import-workbook.ts';
type Key = { readonly province: string; readonly directive: string };

const safeName = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'sauro';

/** What every output of a directive is made of. */
export async function wordedOf(use: UseCase, key: Key): Promise<{ view: DirectiveView; lines: Assignment[]; worded: Worded; synthetic: boolean } | undefined> {
  const view = await directiveView(use, key.province, key.directive);
  const row = await findDirective(byOf(use), key.province, key.directive);
  if (view === undefined || row === undefined) return undefined;
  const lines = view.assignments.filter((line) => !line.removed);
  const ids = lines.flatMap((line) => [...line.clears.person.offices, ...line.clears.responsibility.coordinating]);
  const names: Names = await namesOf(use.tx, ids, use.now.today, use.language);
  return { view, lines, worded: { names, say: (word, facts) => say(use.language, word, facts) }, synthetic: row.demonstration || use.services.synthetic };
}

function annexOf(use: UseCase, view: DirectiveView, lines: readonly Assignment[], worded: Worded, synthetic: boolean): OfficialDocument {
  const { head } = view;
  const words = (key: string, facts: Readonly<Record<string, string | number>> = {}): string => worded.say(`directives.print.${key}`, facts);
  const day = head.issuedOn === null ? undefined : displayDay(head.issuedOn);
  const [year = '', month = '', date = ''] = (head.issuedOn ?? '').split('-');
  const kind = worded.say(`directive-kind.${head.kind}`);
  const rows = lines.map((line) => { const row = matrixRow(line, worded); return [line.ordinal, row.task, row.person, row.responsibility, row.authority, row.timeline, row.result]; });
  return {
    issuer: view.issuerName, number: head.number ?? '', placeAndDate: day === undefined ? words('undated') : words('placeAndDate', { day: date, month, year }), kind, abstract: head.title,
    legalBasis: head.legalBasis.split('\n').map((line) => line.trim()).filter((line) => line !== ''),
    body: [{ kind: 'paragraph', text: words('body', { count: lines.length }) }],
    annex: {
      label: words('annex'), title: words('annexTitle'), reference: words('reference', { kind, number: head.number ?? '…', day: day ?? '…' }), orientation: 'landscape',
      table: {
        columns: [
          { title: words('ordinal'), widthMm: 17, align: 'center' }, ...(['task', 'person', 'responsibility', 'authority', 'timeline', 'result'] as const).map((clear) => ({
            title: worded.say(`clear.${clear}`), ...(clear === 'task' ? { widthMm: 62 } : clear === 'timeline' ? { widthMm: 28 } : {}),
          })),
        ],
        rows,
      },
    },
    signer: { post: head.signerPost ?? '', ...(head.signer === null ? {} : { name: head.signer }) }, recipients: [words('recipients'), words('archive')], synthetic, language: use.language,
    printedAt: use.now.at, hash: sha256Of(new TextEncoder().encode(JSON.stringify([view.head, lines]))).slice(0, 12),
  };
}

export async function annexFile(use: UseCase, key: Key, form: 'pdf' | 'docx'): Promise<Result<Download, Refusal>> {
  const found = await wordedOf(use, key);
  if (found === undefined) return notFound();
  const document = annexOf(use, found.view, found.lines, found.worded, found.synthetic);
  const fileName = `${safeName(`${say(use.language, 'directives.print.file')}-${found.view.head.number ?? found.view.id.slice(0, 8)}`)}.${form}`;
  return form === 'pdf'
    ? ok({ bytes: await printPdf(document), fileName, contentType: 'application/pdf' })
    : ok({ bytes: await printDocx(document), fileName, contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });
}

const mostTasksInWorkbook = 20_000;

/** Two sheets: the six clears, to be edited and sent back while it is a draft; and the tasks, with their states in words. */
export async function workbookFile(use: UseCase, key: Key): Promise<Result<Download, Refusal>> {
  const found = await wordedOf(use, key);
  if (found === undefined) return notFound();
  const { view, lines, worded, synthetic } = found;
  const tasks = view.state === 'drafting' ? [] : await searchTasks(byOf(use), { directive: key.directive, today: use.now.today, ...(key.province === '00' ? {} : { province: key.province }) }, mostTasksInWorkbook, 0);
  const names = await namesOf(use.tx, tasks.map((task) => task.holderOffice), use.now.today, use.language);
  const above = [worded.say('directives.sheet.title', { number: view.head.number ?? '', title: view.head.title })];
  const bytes = await writeWorkbook({
    title: view.head.title, ...(synthetic ? { syntheticLabel: worded.say('directives.print.synthetic') } : {}),
    sheets: [
      { name: worded.say('directives.sheet.matrix'), above, columns: matrixColumns(worded), rows: lines.map((line) => ({ ...matrixRow(line, worded), code: line.id, version: line.version, ordinal: line.ordinal })) },
      ...(tasks.length === 0 ? [] : [{
        name: worded.say('directives.sheet.tasks'), above, columns: taskColumns(worded),
        rows: tasks.map((task) => taskRow(task, names, use.now.today)).map((row) => ({
          ordinal: row.ordinal, province: row.province, commune: row.commune, holder: row.holderName, post: row.holderPost, state: worded.say(`task-state.${row.state}`),
          official: row.official === null ? '' : worded.say(`official-state.${row.official}`), dueFirst: row.dueFirst, dueOn: row.dueOn, percent: row.percent / 100,
        })),
      }]),
    ],
    definitions: {
      name: worded.say('directives.sheet.definitions'), titles: [worded.say('directives.sheet.term'), worded.say('directives.sheet.meaning')],
      rows: (['done-on-time', 'done-late', 'open-within', 'open-overdue'] as const).map((state) => [worded.say(`official-state.${state}`), worded.say(`directives.meaning.${state}`)] as const),
    },
  });
  return ok({ bytes, fileName: `${safeName(`${worded.say('directives.sheet.file')}-${view.head.number ?? view.id.slice(0, 8)}`)}.xlsx`, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}

export async function originalFile(use: UseCase, key: Key): Promise<Result<Download, Refusal>> {
  const row = await findDirective(byOf(use), key.province, key.directive);
  if (row === undefined) return notFound();
  const bytes = row.originalSha256 === null ? undefined : await readKeptFile(use.services.filesDir, row.originalSha256);
  return bytes === undefined ? refuse({ code: 'file-missing' }) : ok({ bytes, fileName: row.originalName ?? 'original', contentType: 'application/octet-stream' });
}

/** The calendar behind a private address; an unknown address looks like any page that is not there. */
export async function feedFile(use: UseCase, token: string): Promise<Result<Download, Refusal>> {
  const found = await use.services.db.read('system', (tx) => feedTasks(tx, token.replace(/\.ics$/, ''), use.now.today));
  if (found === undefined) return notFound();
  const host = new URL(use.services.publicUrl).host;
  const text = calendarFeed({ name: say('vi', 'directives.feed.name'), host, madeAt: use.now.at, reminderDays: remindWorkingDaysBefore }, found.tasks.map((task) => ({
    id: task.id, title: `${task.directiveNumber ?? ''} ${task.ordinal}: ${task.text}`.trim().slice(0, 200), dueOn: task.dueOn ?? use.now.today,
    url: `${use.services.publicUrl}/viec/${task.province}/${task.id}`, status: task.state === 'accepted' ? 'done' : 'open', description: task.resultMeasure, changedAt: task.updatedAt,
  })));
  return ok({ bytes: new TextEncoder().encode(text), fileName: 'sauro.ics', contentType: 'text/calendar; charset=utf-8' });
}
