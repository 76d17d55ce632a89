import type { DemonstrationAccount } from '#modules/identity/index.ts';
import type { UnitTree } from '#modules/org-units/schema.ts';

const since = '2025-07-01';

/** Made-up people: a family name, a middle name and an initial, chosen by the account's own name so that each run gives the same. */
const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Lò', 'Vàng', 'H’'];
const middles = ['Văn', 'Thị', 'Minh', 'Thu', 'Đức', 'Ngọc', 'Thanh', 'Hữu'];
const initials = 'ABCDĐEGHIKLMNOPQRSTUVXY';

function nameOf(seed: string): string {
  let n = 7;
  for (const c of seed) n = (n * 31 + c.charCodeAt(0)) % 1_000_003;
  const pick = (list: ArrayLike<string>, step: number): string => list[Math.floor(n / step) % list.length] ?? '';
  return `${pick(families, 1).replace('H’', 'Cao')} ${pick(middles, 17)} ${pick(initials, 211)}.`;
}

type Seat = Omit<DemonstrationAccount, 'name' | 'validFrom'>;
const seated = (seat: Seat): DemonstrationAccount => ({ ...seat, name: nameOf(seat.userName), validFrom: since });

const national = (userName: string, role: Seat['role'], office: string, post = 'can-bo'): DemonstrationAccount =>
  seated({ userName, role, office, post, level: 'nation', province: '00', commune: null });

/** Central agencies that lead a task of the demonstration, each with an officer. */
const ministries = ['BCA', 'BGDDT', 'BYT', 'BTC', 'BNV', 'BTP', 'BQP', 'NHNN', 'BVHTTDL', 'BNNMT', 'MTTQ'];

const nation: readonly DemonstrationAccount[] = [
  national('vpcp', 'government-office', 'VPCP', 'vu-truong'),
  national('vpcp.tonghop', 'government-office', 'VPCP', 'can-bo'),
  ...ministries.map((office) => national(office.toLowerCase(), 'ministry', office)),
  national('phantich', 'national-analyst', 'BCA'),
  national('kiemtoan', 'auditor', 'TTCP'),
  national('thanhtra', 'facility-inspector', 'TTCP'),
  national('giamsat', 'oversight', 'TTCP'),
  national('giamsat2', 'oversight', 'MTTQ'),
  national('quantri', 'administrator', 'VPCP'),
];

const province = (code: string): DemonstrationAccount[] => {
  const at = (userName: string, role: Seat['role'], office: string, post: string): DemonstrationAccount => seated({ userName, role, office, post, level: 'province', province: code, commune: null });
  return [
    at(`tinh${code}`, 'province-leader', `UBND:${code}`, 'chu-tich'),
    at(`tinh${code}.thuky`, 'province-secretary', `UBND:${code}`, 'chanh-van-phong'),
    at(`tinh${code}.congan`, 'province-police', `CA:${code}`, 'giam-doc-cong-an'),
  ];
};

const commune = (provinceCode: string, code: string): DemonstrationAccount[] => {
  const at = (userName: string, role: Seat['role'], post: string): DemonstrationAccount => seated({ userName, role, office: `UBND:${provinceCode}:${code}`, post, level: 'commune', province: provinceCode, commune: code });
  return [at(`xa${code}`, 'commune-leader', 'chu-tich'), at(`xa${code}.canbo`, 'commune-officer', 'can-bo')];
};

/** An account for each post of the demonstration nation: centre, 34 provinces, 3,321 communes. */
export function demonstrationAccounts(tree: UnitTree): DemonstrationAccount[] {
  const first = tree.provinces[0];
  const home = first?.communes[0]?.[0];
  return [
    ...nation,
    ...tree.provinces.flatMap((one) => [...province(one.code), ...one.communes.flatMap(([code]) => commune(one.code, code))]),
    ...(first === undefined ? [] : [seated({ userName: `coso${first.code}`, role: 'facility-manager', office: `SYT:${first.code}`, post: 'can-bo', level: 'province', province: first.code, commune: null })]),
    ...(first === undefined || home === undefined ? [] : [seated({ userName: `hotro${home}`, role: 'social-worker', office: `TYT:${first.code}:${home}`, post: 'can-bo', level: 'commune', province: first.code, commune: home })]),
  ];
}

/** One sign-in a role, for the banner. */
export const bannerSignIns = [
  { role: 'Văn phòng Chính phủ · Government Office', userName: 'vpcp' },
  { role: 'Bộ Công an · Ministry', userName: 'bca' },
  { role: 'Phân tích quốc gia · National analyst', userName: 'phantich' },
  { role: 'Lãnh đạo tỉnh (Hà Nội) · Province leader', userName: 'tinh01' },
  { role: 'Thư ký tỉnh (Hà Nội) · Province secretary', userName: 'tinh01.thuky' },
  { role: 'Công an tỉnh (Hà Nội) · Province police', userName: 'tinh01.congan' },
  { role: 'Lãnh đạo xã (Ba Đình) · Commune leader', userName: 'xa00004' },
  { role: 'Cán bộ xã (Ba Đình) · Commune officer', userName: 'xa00004.canbo' },
  { role: 'Cơ sở cai nghiện · Facility manager', userName: 'coso01' },
  { role: 'Thanh tra cơ sở · Facility inspector', userName: 'thanhtra' },
  { role: 'Công tác xã hội · Social worker', userName: 'hotro00004' },
  { role: 'Kiểm toán · Auditor', userName: 'kiemtoan' },
  { role: 'Giám sát độc lập · Oversight', userName: 'giamsat' },
  { role: 'Quản trị · Administrator', userName: 'quantri' },
] as const;

/** Accounts for an imported country: the centre, each unit of the second tier by its shard, and its first unit of the third. */
export const foreignAccounts = (tree: UnitTree): DemonstrationAccount[] => [...nation, ...tree.provinces.flatMap((one) => {
  const shard = one.shard ?? one.code;
  const [below] = one.communes;
  return [...province(shard), ...(below === undefined ? [] : commune(shard, below[0]).map((account) => ({ ...account, userName: account.userName.replace(below[0], shard) })))];
})];

/** One sign-in a role of these, for the banner. */
export function foreignSignIns(tree: UnitTree): { readonly role: string; readonly userName: string }[] {
  const [first] = tree.provinces;
  const shard = first?.shard ?? first?.code ?? '';
  const below = first?.communes[0]?.[1];
  return [
    ...bannerSignIns.filter(({ userName }) => ['phantich', 'kiemtoan', 'giamsat', 'quantri'].includes(userName)),
    ...(first === undefined ? [] : [{ role: `Lãnh đạo · Leader (${first.nameVi})`, userName: `tinh${shard}` }, { role: `Thư ký · Secretary (${first.nameVi})`, userName: `tinh${shard}.thuky` }]),
    ...(below === undefined ? [] : [{ role: `Cán bộ · Officer (${below})`, userName: `xa${shard}.canbo` }]),
  ];
}
