/**
 * Documents beside the boxes of a return. Only files whose text can be read are taken, and none whose text holds the number of a person's
 * papers or telephone: a return tells of counts, and so does what lies beside it (SECURITY E1). Pictures and scans cannot be read, so they
 * are refused. What lies beside a hidden box is hidden with it (SECURITY E4).
 */
import { join } from 'node:path';
import { newId } from '#kernel/id.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { readDocument } from '#platform/documents/read.ts';
import { readWorkbook } from '#platform/documents/xlsx.ts';
import { getFile, putFile } from '#platform/files/files.ts';
import type { Context, Download, UploadedFile } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import { mayEnter, seesWhole } from '../rules/rights.ts';
import { attachmentMaxBytes, keyText, mostAttachments, type Attachment, type ReturnKey } from '../schema.ts';
import { findAttached, insertAttached, keyOfAttachment, listAttached, lockAttaching, markRemoved, type StoredAttachment } from '../store/attachments.ts';
import { openForm } from './form-view.ts';
import type { FormOn } from './forms.ts';

type Listed = { rows: Attachment[]; may: { attach: boolean } };
const folderOf = ({ services }: Context): string => join(services.filesDir, 'returns');

const seesBeside = ({ actor }: Context, { form, map }: FormOn, key: ReturnKey, slot: number): boolean => {
  const unit = map.place(key.unit);
  return !form.protectedSlots.has(slot) || (unit !== undefined && seesWhole(actor, unit));
};
const mayAttach = ({ actor }: Context, { form, map }: FormOn, key: ReturnKey): boolean => {
  const unit = map.place(key.unit);
  return unit !== undefined && mayEnter(actor, unit, form.dataSet);
};

function listed(context: Context, on: FormOn, key: ReturnKey, rows: readonly StoredAttachment[]): Listed {
  const seen = rows.filter(({ slot }) => seesBeside(context, on, key, slot));
  return {
    rows: seen.map(({ id, slot, fileName, bytes, sha256, office, at, by, removedAt }) => ({ id, slot, fileName, bytes, sha256, office, at, mine: by === context.actor.account, removedAt })), may: { attach: mayAttach(context, on, key) },
  };
}

export async function attachmentsOf(context: Context, key: ReturnKey): Promise<Result<Listed, Refusal>> {
  const opened = await openForm(context, key);
  return opened.ok ? ok(listed(context, opened.value, key, await listAttached(context.tx, key))) : opened;
}

/** The text of a document, for the one question whether it holds a person's number. */
async function textOf({ bytes, fileName }: UploadedFile): Promise<string | undefined> {
  const sheets = await readWorkbook(bytes);
  if (sheets.ok) return sheets.value.map(({ rows }) => rows.map((cells) => cells.map((cell) => ('value' in cell ? String(cell.value) : 'cached' in cell ? String(cell.cached ?? '') : '')).join('\t')).join('\n')).join('\n');
  const read = await readDocument(bytes, fileName);
  return read.ok ? read.value.text : undefined;
}

export async function attach(context: Context, key: ReturnKey, slot: number, file: UploadedFile): Promise<Result<Listed, Refusal>> {
  const { tx, actor, now } = context;
  const opened = await openForm(context, key);
  if (!opened.ok) return opened;
  if (!mayAttach(context, opened.value, key)) return refuse({ code: 'not-your-return' });
  if (slot !== 0 && !opened.value.form.slots.has(slot)) return refuse({ code: 'slot-unknown', slot });
  if (file.bytes.length === 0) return refuse({ code: 'file-empty' });
  if (file.bytes.length > attachmentMaxBytes) return refuse({ code: 'file-too-large', limitMb: attachmentMaxBytes / 1_048_576 });
  const text = await textOf(file);
  if (text === undefined || text.trim() === '') return refuse({ code: 'attachment-unreadable', fileName: file.fileName });
  if (looksPersonal(file.fileName) || text.split('\n').some(looksPersonal)) return refuse({ code: 'attachment-names-person', fileName: file.fileName });
  await lockAttaching(tx, key);
  const before = await listAttached(tx, key);
  if (before.filter((one) => one.removedAt === null).length >= mostAttachments) return refuse({ code: 'attachments-too-many', most: mostAttachments });
  const kept = await putFile(folderOf(context), file.bytes, attachmentMaxBytes);
  if (!kept.ok) return kept;
  const id = newId();
  const row = {
    province: key.province, id, orgUnit: key.unit, period: key.period, dataSet: key.dataSet, attribute: key.attribute, slot, fileName: (file.fileName === '' ? kept.value.sha256.slice(0, 12) : file.fileName).slice(0, 200), sha256: kept.value.sha256,
    bytes: kept.value.size, by: actor.account, office: actor.grants[0]?.office ?? '', at: now.at,
  };
  await insertAttached(tx, row);
  await record(tx, { province: key.province, at: now.at, actor, action: 'returns.attached', target: { type: 'return', id: keyText(key) }, unit: key.unit, after: row, facts: { attachment: id, slot, sha256: row.sha256, bytes: row.bytes } });
  return ok(listed(context, opened.value, key, [...before, { ...row, removedAt: null }]));
}

/** An attachment and the form it lies beside, when this reader sees both. */
async function openAttached(context: Context, province: string, id: string): Promise<Result<{ readonly row: StoredAttachment; readonly on: FormOn; readonly key: ReturnKey }, Refusal>> {
  const row = await findAttached(context.tx, province, id);
  if (row === undefined || row.removedAt !== null) return refuse({ code: 'not-found' });
  const key = keyOfAttachment(row);
  const on = await openForm(context, key);
  return on.ok && seesBeside(context, on.value, key, row.slot) ? ok({ row, on: on.value, key }) : refuse({ code: 'not-found' });
}

export async function attachedFile(context: Context, province: string, id: string): Promise<Result<Download, Refusal>> {
  const opened = await openAttached(context, province, id);
  if (!opened.ok) return opened;
  const bytes = await getFile(folderOf(context), opened.value.row.sha256);
  return bytes.ok ? ok({ bytes: bytes.value, fileName: opened.value.row.fileName, contentType: 'application/octet-stream' }) : refuse({ code: 'file-missing' });
}

export async function detach(context: Context, province: string, id: string): Promise<Result<Record<never, never>, Refusal>> {
  const { tx, actor, now } = context;
  const opened = await openAttached(context, province, id);
  if (!opened.ok) return opened;
  const { row, on, key } = opened.value;
  if (!mayAttach(context, on, key)) return refuse({ code: 'not-your-return' });
  if (await markRemoved(tx, province, id, actor.account, now.at)) {
    await record(tx, { province, at: now.at, actor, action: 'returns.detached', target: { type: 'return', id: keyText(key) }, unit: row.orgUnit, before: row, facts: { attachment: id, slot: row.slot } });
  }
  return ok({});
}
