/**
 * What the public reads without signing in: areas that were decided, and beside their share how people are cared for (SECURITY E13). Nothing below the
 * commune, no figure of a commune, no one who signed; figures are those frozen when the notice was given.
 */
import { contract } from '#kernel/contract.ts';
import { Day, List, Moment, oneOf, ProvinceCode, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { BesideFigure } from './verdict.ts';
import { AreaStatus, AssessedYear, CaseKind } from './procedure-words.ts';

/** `standing`: open to objections until `objectionsUntil`; in force; or set aside after an objection. Keys `notice-standing.*`. */
export const NoticeItem = shape({ unit: Type.String(), nameVi: Type.String(), kind: CaseKind, status: AreaStatus, number: Type.String(), decidedOn: Day, objectionsUntil: Day, standing: oneOf(['open-to-objections', 'in-force', 'set-aside', 'replaced']) });
export type NoticeItem = Static<typeof NoticeItem>;
export const NoticeHead = shape({ province: ProvinceCode, provinceNameVi: Type.String(), period: AssessedYear, publishedAt: Moment, areas: Type.Integer(), drugFree: Type.Integer(), communes: Type.Integer({ description: 'communes of the province on the last day of the period' }) });
export type NoticeHead = Static<typeof NoticeHead>;
export const Notice = shape({ head: NoticeHead, items: List(NoticeItem, 1000), /** The figures of E13 as they stood when the notice was given; without all of them nothing is published. */
  rights: List(BesideFigure, 12), synthetic: Type.Boolean() });
export type Notice = Static<typeof Notice>;

export const listNotices = contract({ method: 'GET', path: '/public/classification', who: 'anyone', impersonal: true, summary: 'Public notices of decided areas, newest first', query: someOf({ province: ProvinceCode, period: AssessedYear }), reply: shape({ notices: List(NoticeHead, 500), synthetic: Type.Boolean() }), problems: {} });
export const getNotice = contract({ method: 'GET', path: '/public/classification/:province/:period', who: 'anyone', impersonal: true, summary: 'One notice: the areas decided and the figures that stand beside them', params: shape({ province: ProvinceCode, period: AssessedYear }), reply: Notice, problems: { 'notice-not-found': 404 } });
