/** Which roles hold which permission of this module; the manifest and the rules read the same table. */
export const permissions = {
  'directives.read': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'auditor'],
  'directives.draft': ['government-office', 'ministry', 'province-leader', 'province-secretary'],
  'directives.issue': ['government-office', 'ministry', 'province-leader'],
  'directives.cascade': ['province-leader', 'province-secretary'],
  'tasks.read': [
    'government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'facility-manager', 'social-worker', 'auditor',
  ],
  'tasks.act': [
    'government-office', 'ministry', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'facility-manager', 'social-worker',
  ],
  'tasks.verify': ['government-office', 'ministry', 'province-leader', 'province-secretary', 'province-police', 'commune-leader'],
  'tasks.decide': ['government-office', 'ministry', 'province-leader', 'province-secretary'],
  'tasks.remind': ['government-office', 'ministry', 'province-leader', 'province-secretary'],
  'calendar.edit': ['government-office', 'administrator'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Permission = keyof typeof permissions;
export const hasPermission = (role: string, permission: Permission): boolean => (permissions[permission] as readonly string[]).includes(role);
