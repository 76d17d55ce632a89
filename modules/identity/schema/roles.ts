import { CommuneCode, Nullable, oneOf, ProvinceCode, Type, type Static } from '#kernel/shape.ts';

/** Every role there is; what each may do is in the modules' manifests, where each may be held in `rules/granting.ts`. */
export const roles = [
  'administrator', 'oversight', 'government-office', 'ministry', 'national-analyst',
  'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer',
  'facility-manager', 'facility-inspector', 'social-worker', 'auditor',
] as const;
export type RoleCode = (typeof roles)[number];
export const isRole = (text: string): text is RoleCode => roles.some((role) => role === text);

export const Role = oneOf(roles, { description: 'a role; held at an office, by post' });
export const levels = ['nation', 'province', 'commune'] as const;
export type Level = (typeof levels)[number];
export const LevelShape = oneOf(levels);
export const OfficeId = Type.String({ pattern: '^[A-ZĐƯƠ0-9][A-Za-zĐƯƠ0-9:._-]{0,59}$', description: "an office of the registry: 'BCA', 'UBND:01', 'UBND:01:00004'; in an imported country with the unit's own id" });
export const PostCode = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$', description: 'a post at an office' });
/** '00' and null for the nation. */
export const ProvinceOrNation = ProvinceCode;
export const CommuneOrNone = Nullable(CommuneCode);

export const accountStates = ['invited', 'active', 'locked', 'left'] as const;
export type AccountState = (typeof accountStates)[number];
export const AccountStateShape = oneOf(accountStates);
export const Language = oneOf(['vi', 'en'] as const);
export type Language = Static<typeof Language>;
