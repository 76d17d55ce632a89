/** The checklist of inspections, effective-dated data; a new version is a new entry, inspections keep the version they were made with. */
import type { Checklist, ChecklistItem } from '../schema.ts';
import type { PlainDate } from '#kernel/day.ts';

const law = 'Luật 120/2025/QH15';
const decree = 'Nghị định 163/2026/NĐ-CP';
const product = 'sauro';
const item = (id: string, part: string, source: string, vi: string, en: string): ChecklistItem => ({ id, part, source, vi, en });

/** Where the source is this product, no text was found that asks for it; the words are ours. */
const first: Checklist = {
  version: '2026-1', validFrom: '2026-07-01',
  items: [
    item('land-norm', 'place', decree, 'Diện tích đất đủ định mức cho số người đang ở', 'Land meets the norm for the people who live there'),
    item('occupancy', 'place', product, 'Số người không vượt số chỗ theo thiết kế', 'No more people than places by design'),
    item('separate-areas', 'place', law, 'Có khu riêng cho người tự nguyện, người bắt buộc, nam, nữ và người dưới 18 tuổi', 'Separate areas for voluntary and compulsory stay, men, women and people under 18'),
    item('water-toilets', 'place', product, 'Nước sạch, nhà vệ sinh dùng được và kín đáo', 'Clean water; toilets that work and give privacy'),
    item('fire-safety', 'place', product, 'Lối thoát, thiết bị chữa cháy dùng được', 'Ways out and fire equipment that work'),
    item('health-staff', 'health', product, 'Có nhân viên y tế, tâm lý trực mỗi ngày', 'Health and psychology staff on duty every day'),
    item('withdrawal-care', 'health', law, 'Cắt cơn, điều trị đúng quy trình và có theo dõi', 'Withdrawal care follows the procedure and is monitored'),
    item('illness-care', 'health', law, 'Bệnh kèm theo được khám, điều trị hoặc chuyển viện', 'Accompanying illness is examined, treated or referred'),
    item('medicines', 'health', product, 'Thuốc được bảo quản, cấp phát có sổ', 'Medicines are kept safely and given out by a book'),
    item('deaths-reviewed', 'health', product, 'Mọi ca tử vong đã được người bên ngoài rà soát', 'Every death was reviewed from outside'),
    item('legal-ground', 'rights', law, 'Mỗi người ở cơ sở có căn cứ pháp lý còn hiệu lực', 'Each stay has a legal ground that is in force'),
    item('release-on-time', 'rights', law, 'Người hết thời hạn được ra đúng ngày', 'People leave on the day their term ends'),
    item('complaint-box', 'rights', product, 'Hòm thư khiếu nại người ở cơ sở tự mở được đường tới, cán bộ không giữ chìa khóa', 'A complaint box people can reach and staff cannot open'),
    item('complaints-answered', 'rights', product, 'Khiếu nại được trả lời đúng hạn', 'Complaints are answered on time'),
    item('family-contact', 'rights', law, 'Được gặp, gọi điện, gửi thư cho người thân', 'People meet, call and write to their families'),
    item('no-force', 'rights', law, 'Không có đánh đập, nhục hình; mọi lần dùng vũ lực được ghi lại', 'No beating or ill-treatment; every use of force is recorded'),
    item('secrets', 'rights', law, 'Hồ sơ cá nhân được giữ kín', 'Personal files are kept confidential'),
    item('work-fair', 'life', law, 'Lao động trị liệu đúng thời gian, có trả công theo quy định', 'Work therapy within its hours and paid as prescribed'),
    item('schooling', 'life', law, 'Người dưới 18 tuổi được học văn hóa', 'People under 18 go on with their schooling'),
    item('vocational', 'life', law, 'Có lớp nghề theo giáo trình, cấp chứng chỉ', 'Vocational courses with a syllabus and certificates'),
    item('return-plan', 'life', law, 'Có kế hoạch hỗ trợ trước khi ra', 'A support plan stands before people leave'),
    item('book-true', 'records', product, 'Số đếm hôm nay khớp sổ ngày', 'Today’s count agrees with the daily book'),
  ],
};
const versions: readonly Checklist[] = [first];

export const checklistOn = (day: PlainDate): Checklist => versions.filter((one) => one.validFrom <= day).at(-1) ?? first;
export const checklistOf = (version: string): Checklist | undefined => versions.find((one) => one.version === version);
