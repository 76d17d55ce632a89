import { addDays } from '#kernel/day.ts';
import type { RecordCommittee } from '#modules/org-units/schema.ts';

/** Decisions of the demonstration: most provinces on time, some late, three none yet. Deterministic; the numbers are not real documents. */
export function demonstrationCommittees(provinces: readonly string[]): { readonly province: string; readonly body: RecordCommittee }[] {
  return provinces.flatMap((province, index) => {
    const late = index % 6 === 4;
    if (index % 13 === 9) return [];
    const decidedOn = late ? addDays('2025-11-01', (index * 5) % 40) : addDays('2025-10-13', (index * 7) % 18);
    const seat = (role: RecordCommittee['seats'][number]['role'], office: string, post: string) => ({ role, office, post, holder: null });
    return [{
      province,
      body: {
        decisionNumber: `${100 + index * 17}/QĐ-UBND (mẫu)`, decidedOn, signerPost: 'Chủ tịch', documentHash: null, documentUrl: null, baseRevision: 0,
        seats: [
          seat('chair', `UBND:${province}`, 'Phó Chủ tịch'), seat('standing-deputy', `CA:${province}`, 'Giám đốc Công an'), seat('deputy', `SYT:${province}`, 'Giám đốc Sở'),
          ...['SGDDT', 'SNV', 'STC', 'STP', 'MTTQ'].map((office) => seat('member', `${office}:${province}`, office === 'MTTQ' ? 'Phó Chủ tịch' : 'Phó Giám đốc Sở')),
          seat('secretary', `CA:${province}`, 'Phó Giám đốc Công an'),
        ],
        meetings: Array.from({ length: 1 + (index % 4) }, (_, at) => ({ heldOn: addDays(decidedOn, 30 + at * 92), document: `${20 + at}/TB-BCĐ (mẫu)` })),
      },
    }];
  });
}
