/** Which roles hold which permission of this module; the manifest and the rules read the same table. */
export const permissions = {
  'indicators.read': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'auditor'],
  'indicators.judge': ['government-office', 'ministry', 'province-leader'],
  'indicators.commit': ['government-office', 'province-leader', 'province-secretary'],
  'indicators.verify': ['national-analyst', 'auditor', 'province-leader', 'province-secretary'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
