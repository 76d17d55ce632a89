/**
 * Which roles hold which permission. The book is read by those who run, oversee or inspect the facility; the nation's other readers get
 * places and occupancy, and sums by province. `facility-inspector` is from outside: it inspects, reports and settles, and never records the book.
 */
const overseers = ['province-leader', 'province-secretary', 'province-police'] as const;
export const permissions = {
  'facilities.read': ['government-office', 'ministry', 'national-analyst', ...overseers, 'facility-manager', 'facility-inspector', 'auditor'],
  'facilities.read-book': [...overseers, 'facility-manager', 'facility-inspector', 'auditor'],
  'facilities.record': ['facility-manager'],
  'facilities.register': ['province-secretary', 'province-police'],
  'facilities.inspect': ['facility-inspector', 'province-police'],
  'facilities.report': ['facility-manager', 'facility-inspector', 'province-secretary', 'province-police'],
  'facilities.settle': ['facility-inspector', 'province-leader', 'province-police'],
  'facilities.forecast': ['government-office', 'ministry', 'national-analyst', ...overseers, 'auditor'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Permission = keyof typeof permissions;
