/** The demonstration's prevention: four models with a school year of counts, three pilots at different ends, one communication campaign. Synthetic. */
import type { Now } from '#kernel/clock.ts';
import { addDays } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { getTree } from '#modules/org-units/index.ts';
import { monthsOfYear, schoolYears } from '../rules/school-year.ts';
import type { Drive, Model, Pilot } from '../schema.ts';
import { seedActivities, seedBases, seedDriveCounts } from '../store/demonstration.ts';
import { insertDrive } from '../store/drives.ts';
import { insertModel } from '../store/models.ts';
import { insertPilot } from '../store/pilots.ts';

const idOf = (kind: string, n: number): string => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const part = (vi: string, en: string) => ({ vi, en });
const models: readonly Omit<Model, 'province' | 'state' | 'office' | 'version' | 'demonstration'>[] = [
  {
    id: idOf('9de00001', 1), setting: 'school', nameVi: 'Trường học an toàn, không ma túy (mẫu)', nameEn: 'Safe, drug-free school (sample)', purposeVi: 'Kỹ năng sống và từ chối, từ lớp 6 đến lớp 12.', purposeEn: 'Life skills and refusal skills, grades 6 to 12.', months: [9, 11, 3],
    components: [part('Bài học kỹ năng sống', 'Life-skills lesson'), part('Hoạt động cùng cha mẹ', 'Activity with parents'), part('Tập huấn giáo viên', 'Teacher training'), part('Góc tư vấn học đường', 'School counselling point')],
  },
  {
    id: idOf('9de00001', 2), setting: 'residential', nameVi: 'Khu dân cư đoàn kết, hỗ trợ (mẫu)', nameEn: 'Supportive residential area (sample)', purposeVi: 'Cộng đồng biết nơi được giúp và cách giúp.', purposeEn: 'A community that knows where help is and how to give it.', months: [6, 10, 12],
    components: [part('Sinh hoạt tổ dân phố', 'Residents’ meeting'), part('Giới thiệu điểm tư vấn', 'Counselling point made known'), part('Nhóm gia đình hỗ trợ', 'Family support group')],
  },
  {
    id: idOf('9de00001', 3), setting: 'workplace', nameVi: 'Nơi làm việc khỏe mạnh (mẫu)', nameEn: 'Healthy workplace (sample)', purposeVi: 'Người lao động ở khu công nghiệp biết dịch vụ và được bảo vệ việc làm.', purposeEn: 'Workers in industrial parks know the services and keep their jobs.', months: [5, 8, 11],
    components: [part('Buổi nói chuyện tại ca làm', 'Talk on shift'), part('Cam kết của chủ sử dụng lao động', 'Employer’s undertaking')],
  },
];

async function pilotsOf(tx: Tx, now: Now): Promise<Pilot[]> {
  const tree = await getTree(tx, now.today);
  const of = (province: string, from: number, count: number) => (tree.provinces.find((one) => one.code === province)?.communes ?? []).slice(from, from + count).map(([commune]) => ({ province, commune }));
  const base = { province: '00', measure: 'Tỷ lệ người liên hệ điểm tư vấn trên 1.000 dân', better: 'up' as const, model: models[1]?.id ?? null, office: 'BYT', version: 1, demonstration: true };
  return [
    { ...base, id: idOf('9de00002', 1), titleVi: 'Điểm tư vấn mở buổi tối (mẫu)', titleEn: 'Counselling point open in the evening (sample)', hypothesis: 'Mở cửa sau giờ làm thì nhiều người tự tìm đến hơn.', areas: of('01', 0, 3), comparison: of('01', 5, 3), startsOn: addDays(now.today, -330), endsOn: addDays(now.today, -60),
      state: 'concluded', measured: { before: 1.2, after: 3.1, comparisonBefore: 1.3, comparisonAfter: 1.6 }, result: 'supported', lesson: 'Cần có người trực quen việc và biển chỉ dẫn kín đáo; giờ mở cửa phải giữ đều cả tuần.', version: 3 },
    { ...base, id: idOf('9de00002', 2), titleVi: 'Nhắc lịch qua tổ dân phố (mẫu)', titleEn: 'Reminders through residents’ groups (sample)', hypothesis: 'Nhắc lịch chung ở tổ dân phố làm tăng số người đến buổi sinh hoạt.', areas: of('48', 0, 2), comparison: of('48', 4, 2), startsOn: addDays(now.today, -300), endsOn: addDays(now.today, -90),
      state: 'concluded', measured: { before: 2, after: 2.1, comparisonBefore: 2, comparisonAfter: 2.3 }, result: 'not-supported', lesson: 'Nhắc ở tổ không thêm người đến; giờ sinh hoạt mới là điều quyết định.', version: 3 },
    { ...base, id: idOf('9de00002', 3), titleVi: 'Góc tư vấn tại khu công nghiệp (mẫu)', titleEn: 'Counselling corner in industrial parks (sample)', hypothesis: 'Tư vấn ngay tại nơi làm việc đến được người không tới trạm y tế.', areas: of('79', 0, 2), comparison: of('79', 6, 2), startsOn: addDays(now.today, -90), endsOn: addDays(now.today, 120),
      state: 'running', measured: null, result: null, lesson: '', model: models[2]?.id ?? null, version: 2 },
  ];
}

/** Loads models, counts, pilots and a campaign inside the caller's transaction. */
export async function seedPrevention(tx: Tx, now: Now): Promise<void> {
  const year = schoolYears(now.today).at(-1) ?? '';
  const months = monthsOfYear(year).filter((month) => month <= now.today.slice(0, 7));
  await seedBases(tx, year, now.today, now.at);
  for (const [salt, model] of models.entries()) {
    await insertModel(tx, { ...model, province: '00', state: 'in-use', office: model.setting === 'school' ? 'BGDDT' : 'BYT', version: 1, demonstration: true }, now.at);
    const held = months.filter((month) => model.months.includes(Number(month.slice(5))));
    if (model.setting !== 'workplace' && held.length > 0) await seedActivities(tx, { model: model.id, year, months: held, setting: model.setting, components: model.components.length, salt }, now.today, now.at);
  }
  for (const pilot of await pilotsOf(tx, now)) await insertPilot(tx, pilot, now.at);
  const drive: Drive = {
    province: '00', id: idOf('9de00003', 1), nameVi: 'Toàn dân tham gia (mẫu)', nameEn: 'All people join (sample)', messageVi: 'Mỗi gia đình một điểm tựa: lắng nghe, giúp nhau tìm dịch vụ, không kỳ thị.', messageEn: 'Every family a support: listen, help one another find services, no stigma.',
    channels: ['meeting', 'loudspeaker', 'online', 'print'], startsOn: addDays(now.today, -75), endsOn: addDays(now.today, 60), state: 'running', office: 'MTTQ', version: 1, demonstration: true,
  };
  await insertDrive(tx, drive, now.at);
  await seedDriveCounts(tx, { drive: drive.id, months: [addDays(now.today, -31).slice(0, 7)] }, now.today, now.at);
  await record(tx, { province: '00', at: now.at, actor: 'system', action: 'prevention.seeded', target: { type: 'school-year', id: year }, facts: { models: models.length, demonstration: true } });
}
