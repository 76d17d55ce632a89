import { number, percent } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import type { Model, Pilot, PilotResult, PilotState, Reach } from '../schema.ts';

export const nameOf = (one: { readonly nameVi: string; readonly nameEn: string }): string => (language() === 'en' ? one.nameEn : one.nameVi);
export const titleOf = (one: { readonly titleVi: string; readonly titleEn: string }): string => (language() === 'en' ? one.titleEn : one.titleVi);
export const modelPath = ({ province, id }: Pick<Model, 'province' | 'id'>): string => `/phong-ngua/mo-hinh/${province}/${id}`;
export const pilotPath = ({ province, id }: Pick<Pilot, 'province' | 'id'>): string => `/phong-ngua/thi-diem/${province}/${id}`;
export const drivePath = ({ province, id }: { readonly province: string; readonly id: string }): string => `/phong-ngua/truyen-thong/${province}/${id}`;
/** "07/2026". */
export const monthName = (month: string): string => `${month.slice(5)}/${month.slice(0, 4)}`;
export const sayFidelity = (reach: Pick<Reach, 'fidelity'>): string => (reach.fidelity === null ? t('prevention.nothing-held') : percent(reach.fidelity));
export const saySites = ({ sites, sitesBase }: Pick<Reach, 'sites' | 'sitesBase'>): string => (sitesBase === 0 ? t('prevention.sites-only', { sites: number(sites) }) : t('prevention.sites-of', { sites: number(sites), of: number(sitesBase) }));
export const stateBadge: Readonly<Record<PilotState, StatusKind>> = { planned: 'idle', running: 'half', concluded: 'done', stopped: 'warn' };
export const resultBadge: Readonly<Record<PilotResult, StatusKind>> = { supported: 'ok', 'not-supported': 'bad', unclear: 'idle' };
export const signed = (value: number): string => `${value > 0 ? '+' : ''}${number(value, 3)}`;
/** Whole numbers as typed; undefined for anything else. */
export const countTyped = (typed: string): number | undefined => (/^\d{1,7}$/.test(typed.trim()) ? Number(typed.trim()) : undefined);
/** A decimal number with either mark. */
export const decimalTyped = (typed: string): number | undefined => (/^-?\d+([.,]\d+)?$/.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : undefined);
