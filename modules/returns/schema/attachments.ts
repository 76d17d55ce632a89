/** Documents beside a box of a return, or beside the whole of it: what a figure was taken from. Never part of what an approval signs. */
import { contract } from '#kernel/contract.ts';
import { List, Nothing, Nullable, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Attribute, attributeQuery, returnParams, Shard } from './key.ts';

export const attachmentMaxBytes = 10 * 1_048_576;
/** Of one return. */
export const mostAttachments = 40;

/** Slot 0 is the whole return. A removed one stays on the list without its file, so that the history tells of it. */
export const Attachment = shape({
  id: Uuid, slot: Type.Integer({ minimum: 0, maximum: 5000 }), fileName: Type.String(), bytes: Type.Integer(), sha256: Type.String(), office: Type.String(), at: Type.String(), mine: Type.Boolean(), removedAt: Nullable(Type.String()),
});
export type Attachment = Static<typeof Attachment>;
const Attachments = shape({ rows: List(Attachment, 500), may: shape({ attach: Type.Boolean() }) });

const readProblems = { 'unit-not-on-date': 422, 'data-set-unknown': 404, 'period-type-wrong': 422 } as const;

export const listAttachments = contract({
  method: 'GET', path: '/returns/form/:province/:unit/:period/:dataSet/attachments', who: 'returns.read', summary: 'Documents beside a return and its boxes', params: returnParams, query: attributeQuery,
  reply: Attachments, problems: readProblems,
});
export const attachToReturn = contract({
  method: 'POST', path: '/returns/form/:province/:unit/:period/:dataSet/attachments', who: 'returns.submit', params: returnParams,
  summary: 'Attach a document whose text can be read and names no person: PDF, Word, Excel, text', query: shape({ attribute: Type.Optional(Attribute), slot: Type.Integer({ minimum: 0, maximum: 5000 }) }),
  upload: { maxBytes: attachmentMaxBytes + 1024 }, reply: Attachments,
  problems: {
    ...readProblems, 'not-your-return': 403, 'slot-unknown': 422, 'attachments-too-many': 409, 'attachment-names-person': 422, 'attachment-unreadable': 422, 'file-too-large': 413, 'file-empty': 422,
  },
});
const AttachmentKey = shape({ province: Shard, attachment: Uuid });
export const getAttachment = contract({
  method: 'GET', path: '/returns/attachments/:province/:attachment', who: 'returns.read', summary: 'The file of an attachment', params: AttachmentKey, reply: Nothing, download: true, problems: { 'file-missing': 404 },
});
export const removeAttachment = contract({
  method: 'DELETE', path: '/returns/attachments/:province/:attachment', who: 'returns.submit', summary: 'Take an attachment off its return; that it was there stays known', params: AttachmentKey, reply: Nothing,
  problems: { 'not-your-return': 403 },
});
