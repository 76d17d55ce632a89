/** Which roles hold which permission of this module; the manifest and the rules read the same table. */
export const permissions = {
  'instruments.read': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'social-worker', 'facility-manager', 'auditor'],
  'instruments.manage': ['government-office', 'ministry', 'province-leader', 'province-secretary'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Permission = keyof typeof permissions;
export const hasPermission = (role: string, permission: Permission): boolean => (permissions[permission] as readonly string[]).includes(role);
