/** Which roles hold which permission of this module; the manifest and the rules read the same table. */
export const permissions = {
  'returns.read': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'facility-manager', 'auditor'],
  /** For one's own unit only: a commune its own, a province the province's own. */
  'returns.submit': ['ministry', 'province-secretary', 'province-leader', 'province-police', 'commune-officer', 'commune-leader', 'facility-manager'],
  /** A unit's file brought to its province by hand, when its network is down. */
  'returns.import': ['province-secretary', 'province-leader', 'ministry'],
  /** The head of the unit, the province that stands over it, the ministry; which step is whose is in rights.ts. */
  'returns.approve': ['commune-leader', 'facility-manager', 'province-leader', 'province-secretary', 'ministry'],
  'returns.close-violation': ['commune-officer', 'commune-leader', 'facility-manager', 'province-leader', 'province-secretary', 'province-police'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Permission = keyof typeof permissions;
export const hasPermission = (role: string, permission: Permission): boolean => (permissions[permission] as readonly string[]).includes(role);
