const readers = ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer', 'auditor'] as const;
/** Which roles hold which permission of this module; the manifest and the rules read the same table. */
export const permissions = {
  'classification.read': readers,
  'classification.try': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'auditor'],
  'classification.see-signals': readers,
  'classification.load-decree': ['ministry'],
  'classification.list-route': ['ministry', 'province-leader'],
  // the yearly procedure: the contract asks for the role, the case for the place and the post (rules/procedure-stance.ts)
  'classification.assess': ['ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer'],
  'classification.act': ['government-office', 'ministry', 'national-analyst', 'province-leader', 'province-secretary', 'province-police', 'commune-leader', 'commune-officer'],
  'classification.keep-council': ['ministry', 'national-analyst', 'province-leader', 'province-secretary'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
