/** Which roles hold which permission of this module; the manifest and the rules read the same table. */
export const permissions = {
  'hotspots.read': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'auditor'],
  'hotspots.report': ['province-police', 'commune-leader', 'commune-officer'],
  'hotspots.work': ['province-leader', 'province-police', 'commune-leader', 'commune-officer'],
  'hotspots.decide': ['province-leader', 'province-police', 'commune-leader'],
  'hotspots.exact': ['province-police', 'commune-leader', 'commune-officer'],
  'hotspots.import': ['province-police', 'commune-leader'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Permission = keyof typeof permissions;
export const hasPermission = (role: string, permission: Permission): boolean => (permissions[permission] as readonly string[]).includes(role);
