/** Drafts: made from a text, their head saved, thrown away. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { readDocument } from '#platform/documents/read.ts';
import type { UploadedFile } from '#platform/http/bind.ts';
import { extractDirective } from '../extract/extract.ts';
import { hasPermission } from '../rules/permissions.ts';
import type { DirectiveHead } from '../schema.ts';
import { insertAssignments } from '../store/assignments.ts';
import { deleteDraft, insertDraft, lockDirective, saveHead as saveHeadRow, touchDraft } from '../store/directives.ts';
import { keepFile, sha256Of } from './files.ts';
import { headRead, mostLines, proposeLines } from './propose.ts';
import { byOf, eventDays, log, notFound, type UseCase } from './use-case.ts';

type Issuer = { readonly office: string; readonly province: string };

/** The office a draft is made for: the one asked for, if the actor drafts there, else the first such office. */
function issuerOf({ actor }: UseCase, asked: string | undefined): Issuer | undefined {
  const grant = actor.grants.find((one) => hasPermission(one.role, 'directives.draft') && (asked === undefined || one.office === asked));
  return grant === undefined ? undefined : { office: grant.office, province: grant.reach.level === 'nation' ? '00' : grant.reach.province };
}

export type Created = { readonly province: string; readonly id: string; readonly reading: { isDirective: boolean; proposed: number; notes: string[]; milliseconds: number } };
type Source = { readonly text: string; readonly notes: readonly string[]; readonly original: { readonly name: string | null; readonly sha256: string; readonly bytes: number } | null };

/** Keeps the text and what was proposed from it. A text that is no directive proposes nothing; the draft stays, to be written by hand. */
async function keepDraft(use: UseCase, issuer: Issuer, source: Source): Promise<Created> {
  const { tx, now, actor } = use;
  const started = performance.now();
  const extraction = extractDirective(source.text);
  const id = newId<'Directive'>();
  const lines = extraction.isDirective ? await proposeLines(tx, extraction, { text: source.text, today: now.today, province: issuer.province, events: await eventDays(tx) }) : [];
  const notes = [
    ...source.notes, ...(extraction.isDirective || source.text.trim() === '' ? [] : [`not-a-directive.${extraction.notDirectiveReason ?? 'no-obligation'}`]),
    ...(extraction.assignments.length > mostLines ? ['lines-cut'] : []),
  ].slice(0, 20);
  const reading = { isDirective: extraction.isDirective, proposed: lines.length, notes, milliseconds: Math.round(performance.now() - started) };
  await insertDraft(tx, { ...issuer, issuerOffice: issuer.office, id, account: actor.account, at: now.at, head: headRead(extraction), text: source.text, reading, original: source.original });
  if (lines.length > 0) await insertAssignments(tx, issuer.province, id, lines);
  await touchDraft(tx, issuer.province, id, now.at);
  await log(use, {
    province: issuer.province, action: 'directives.drafted', target: { type: 'directive', id }, unit: issuer.office, after: { text: source.text, lines: lines.length },
    facts: { lines: lines.length, directive: extraction.isDirective, original: source.original?.sha256 ?? null },
  });
  return { province: issuer.province, id, reading };
}

export async function createDraft(use: UseCase, body: { readonly issuerOffice?: string; readonly text: string }): Promise<Result<Created, Refusal>> {
  const issuer = issuerOf(use, body.issuerOffice);
  if (issuer === undefined) return refuse({ code: 'issuer-not-held' });
  if (body.text.trim() === '') return ok(await keepDraft(use, issuer, { text: '', notes: [], original: null }));
  const bytes = new TextEncoder().encode(body.text);
  const read = await readDocument(bytes, '');
  if (!read.ok) return read;
  return ok(await keepDraft(use, issuer, { text: read.value.text, notes: read.value.notes, original: { name: null, sha256: sha256Of(bytes), bytes: bytes.length } }));
}

export async function createDraftFromFile(use: UseCase, issuerOffice: string | undefined, file: UploadedFile): Promise<Result<Created, Refusal>> {
  const issuer = issuerOf(use, issuerOffice);
  if (issuer === undefined) return refuse({ code: 'issuer-not-held' });
  const read = await readDocument(file.bytes, file.fileName);
  if (!read.ok) return read;
  const sha256 = await keepFile(use.services.filesDir, file.bytes);
  return ok(await keepDraft(use, issuer, { text: read.value.text, notes: read.value.notes, original: { name: file.fileName === '' ? null : file.fileName, sha256, bytes: file.bytes.length } }));
}

export type HeadCommand = { readonly province: string; readonly directive: string; readonly version: number; readonly head: DirectiveHead };

export async function saveHead(use: UseCase, { province, directive: id, version, head }: HeadCommand): Promise<Result<true, Refusal>> {
  const directive = await lockDirective(byOf(use), province, id);
  if (directive === undefined || directive.origin !== province) return notFound();
  if (directive.state !== 'drafting') return refuse({ code: 'already-issued' });
  if (head.secrecy !== 'ordinary') return refuse({ code: 'secrecy-above-ordinary', secrecy: head.secrecy });
  if (directive.version !== version) return refuse({ code: 'revision-stale', version: directive.version, theirs: headOf(directive), yours: head });
  await saveHeadRow(use.tx, { province, id }, head, use.now.at);
  await log(use, { province, action: 'directives.head-saved', target: { type: 'directive', id }, unit: directive.issuerOffice, before: headOf(directive), after: head });
  return ok(true);
}

export const headOf = ({ kind, title, number, issuedOn, signer, signerPost, legalBasis, secrecy, tags }: DirectiveHead): DirectiveHead =>
  ({ kind, title, number, issuedOn, signer, signerPost, legalBasis, secrecy, tags });

export async function discardDraft(use: UseCase, province: string, id: string): Promise<Result<Record<string, never>, Refusal>> {
  const directive = await lockDirective(byOf(use), province, id);
  if (directive === undefined) return notFound();
  if (directive.state !== 'drafting') return refuse({ code: 'already-issued' });
  if ((await deleteDraft(use.tx, province, id)) === 0) return notFound();
  await log(use, { province, action: 'directives.discarded', target: { type: 'directive', id }, unit: directive.issuerOffice, before: { ...headOf(directive), lines: directive.assignmentCount } });
  return ok({});
}
