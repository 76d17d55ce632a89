/** The demonstration's procedure: the period that ended on 14 December 2025 decided whole, the one that runs begun. Synthetic, deterministic. */
import { hash } from 'node:crypto';
import type { Now } from '#kernel/clock.ts';
import { formatUuid } from '#kernel/id.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import type { Services } from '#platform/services.ts';
import { demonstrationAccountId } from '#modules/identity/index.ts';
import { figureOf } from '#modules/indicators/schema.ts';
import { besideFigures, besideFor, besideOf } from '../actions/beside.ts';
import { publicReader } from '../actions/engine-proposer.ts';
import { nationOf, type Judged, type Year } from '../actions/nation.ts';
import { areaStatuses, type AreaStatus, type CriterionNoted, type Outcome } from '../schema.ts';
import { seedCommitments } from './commitments.ts';
import { seedCouncils, seedDecidedPeriod, seedNotices, seedOpenCases, type DemonstrationCase, type DemonstrationCouncil } from '../store/demonstration.ts';

const decidedPeriod = '2025';
const runningPeriod = '2026';
/** Before this day the period that is shown as decided would not have been. */
const decidedBy = '2025-12-31';

const idOf = (...parts: readonly string[]): string => formatUuid(new Uint8Array(hash('sha256', ['classification.demonstration', ...parts].join('\n'), 'buffer')));
const isStatus = (outcome: Outcome): outcome is AreaStatus => areaStatuses.some((one) => one === outcome);

/** Where the text leaves it to a person, or evidence is missing, the council of the demonstration takes the cautious answer, and says why. */
function decisionFor({ outcome, classed }: Judged): { status: AreaStatus; against: boolean; reason: string } {
  if (isStatus(outcome)) return { status: outcome, against: false, reason: '' };
  const status: AreaStatus = isStatus(classed) ? classed : 'not-classified';
  const reason = outcome === 'to-conclude' ? 'Trong kỳ từng có điểm hoặc người thuộc diện tính, tuy ngày chốt không còn; Hội đồng kết luận theo cả kỳ.' : 'Một số tháng chưa đủ số liệu đã duyệt; Hội đồng không công nhận khi chưa đủ căn cứ.';
  return { status, against: true, reason };
}

function criteriaOf({ evidence, tests }: Judged): CriterionNoted[] {
  const seen = [['drug-free.1', 'people-using', evidence.using.closing.value], ['drug-free.2', 'resident-violations', evidence.violations.value], ['drug-free.3', 'points', evidence.points.closing.value]] as const;
  return seen.map(([id, quantity, value], at) => ({ id, article: '6', quantity, verdict: tests[at] ?? 'cannot-judge', value: figureOf(value), threshold: '= 0' }));
}

function casesOf({ frame, rows }: Year): DemonstrationCase[] {
  return frame.places.communes.flatMap((unit, at) => {
    const judged = rows[at]?.approved;
    if (judged === undefined) return [];
    return [{
      province: unit.province, id: idOf(decidedPeriod, unit.code), unit: unit.code, unitId: unit.id, unitName: unit.nameVi, proposed: judged.outcome, criteria: criteriaOf(judged), head: demonstrationAccountId(`xa${unit.code}`), ...decisionFor(judged),
    }];
  });
}

const councilsOf = ({ frame }: Year): DemonstrationCouncil[] => frame.places.provinces.map(({ code }) => {
  const [leader, secretary, police] = [`tinh${code}`, `tinh${code}.thuky`, `tinh${code}.congan`].map(demonstrationAccountId);
  const seat = (part: string, office: string, post: string, account: string) => ({ id: idOf('seat', office, post), part, office, post, account });
  return {
    province: code, leader: leader ?? '', secretary: secretary ?? '', police: police ?? '',
    seats: [seat('chair', `UBND:${code}`, 'chu-tich', leader ?? ''), seat('standing', `CA:${code}`, 'giam-doc-cong-an', police ?? ''), seat('member', `UBND:${code}`, 'chanh-van-phong', secretary ?? '')],
  };
});

/** @param tx of the system, after the returns and the register of places were seeded in it */
export async function seedClassification(tx: Tx, services: Services, now: Now): Promise<{ decided: number }> {
  if (now.today < decidedBy) return { decided: 0 };
  const db: Database = { ...services.db, read: (_actor, work) => work(tx) }; // what was seeded so far is seen by this transaction only
  const year = await nationOf(db).year(tx, decidedPeriod, now.today);
  const [cases, councils] = [casesOf(year), councilsOf(year)];
  await seedCouncils(tx, councils);
  await seedDecidedPeriod(tx, decidedPeriod, cases, councils);
  const beside = await besideFor({ actor: publicReader, now, services: { ...services, db }, language: 'vi' }, year.frame, '00', 'province');
  const of = besideOf(year.frame, 'vi');
  await seedNotices(tx, decidedPeriod, year.frame.places.provinces.map(({ code, nameVi }) => ({ province: code, provinceName: nameVi, communes: year.frame.places.below.get(code)?.length ?? 0, rights: besideFigures(beside, code, of) })), '2025-12-19T02:00:00.000Z');
  await seedOpenCases(tx, runningPeriod, openCasesOf(cases), now.at);
  for (const { province } of councils) await record(tx, { province, at: now.at, actor: 'system', action: 'classification.demonstration', target: { type: 'classification', id: decidedPeriod }, unit: province, facts: { demonstration: true } });
  await seedCommitments(tx, year.frame.places.provinces.map((row) => row.code), now);
  return { decided: cases.length };
}

/** The first commune of each province writes its self-assessment; in every fourth province a recognised one is under review. */
function openCasesOf(cases: readonly DemonstrationCase[]) {
  return [...Map.groupBy(cases, (one) => one.province).values()].flatMap((own, at) => {
    const [writing, reviewed] = [own[0], at % 4 === 0 ? own.find((one) => one.status === 'drug-free') : undefined];
    return [
      ...(writing === undefined ? [] : [{ ...opened(writing, 'writing'), reason: '' }]),
      ...(reviewed === undefined ? [] : [{ ...opened(reviewed, 'review'), reason: 'Số liệu các tháng gần đây cần được đối chiếu lại trước kỳ đánh giá (mẫu).' }]),
    ];
  });
}
const opened = ({ province, unit, unitId, unitName, head }: DemonstrationCase, why: string) => ({ province, id: idOf(runningPeriod, why, unit), unit, unitId, unitName, head });
