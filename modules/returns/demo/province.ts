/** A made-up province: its facilities, its police statistics and its quarterly return. Synthetic; no figure is real. */
import { monthsOf } from '#kernel/period.ts';
import { chance, countAround, mixText } from './chance.ts';
import type { Figures } from './commune.ts';

export type ProvinceSeed = { readonly code: string; readonly communes: number; readonly residents: number };

const dice = (code: string, period: string) => {
  const seed = mixText(code);
  const at = mixText(period);
  const u = (k: number): number => chance(seed, at, k);
  return { own: (k: number): number => chance(seed, k), u, around: (mean: number, k: number): number => countAround(mean, u(k)) };
};
const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/** Residents of the facilities at a month's end: the balance that the next month opens with. */
function present({ code, communes }: ProvinceSeed, month: string): { readonly voluntary: number; readonly compulsory: number } {
  const { own } = dice(code, '');
  const usual = communes * (8 + 10 * own(1));
  const wave = Math.sin(monthNumber(month) / 5 + own(2) * 6);
  return { voluntary: Math.round(usual * 0.28 * (1 + 0.05 * wave)), compulsory: Math.round(usual * 0.72 * (1 - 0.04 * wave)) };
}

/** Facility monthly: who is present = who was, plus who came, less who left. */
export function facilityMonth(seed: ProvinceSeed, month: string): Figures {
  const { u, around, own } = dice(seed.code, month);
  const before = present(seed, `${String(Math.floor((monthNumber(month) - 2) / 12)).padStart(4, '0')}-${String((monthNumber(month) - 2) % 12 + 1).padStart(2, '0')}`);
  const now = present(seed, month);
  const [was, is] = [before.voluntary + before.compulsory, now.voluntary + now.compulsory];
  const died = u(3) < 0.12 ? 1 : 0;
  const moved = around(was * 0.004, 4);
  const left = around(now.voluntary * 0.012, 5);
  const finished = around(was * 0.035, 6);
  let out = died + moved + left + finished;
  let came = is - was + out;
  if (came < 0) { out -= came; came = 0; }
  const willing = Math.min(came, Math.round(came * (0.3 + 0.2 * u(7))));
  const complaints = around(0.5 + seed.communes * 0.01, 8);
  const due = Math.min(complaints, around(complaints * 0.9, 9));
  const staff = Math.round(is * 0.13) + 12;
  return {
    'cho-thiet-ke': Math.round(seed.communes * (9 + 9 * own(10)) / 10) * 10, 'can-bo-co-so': staff, 'can-bo-y-te': Math.round(staff * (0.18 + 0.12 * own(11))),
    'hoc-nghe-co-so': around(is * 0.3, 12), 'dieu-tri-benh-kem': around(is * 0.12, 13), 'co-mat.tu-nguyen': now.voluntary, 'co-mat.bat-buoc': now.compulsory,
    'vao-co-so.tu-nguyen': willing, 'vao-co-so.bat-buoc': came - willing, 'vao-lan-dau': Math.min(came, around(came * 0.55, 14)),
    'ra-co-so.hoan-thanh': out - died - moved - left, 'ra-co-so.chuyen-di': moved, 'ra-co-so.tu-bo': left, 'ra-co-so.tu-vong': died,
    'ngay-cho': came === 0 ? 0 : around(came * 5.5, 15), 'dang-cho-co-so': around(came * 0.35, 16), 'khieu-nai': complaints, 'khieu-nai-den-han': due, 'khieu-nai-dung-han': Math.min(due, Math.round(due * (0.8 + 0.25 * u(17)))),
    'tu-vong': died, 'tu-vong-ra-soat': died, 'kiem-tra-ngoai': u(18) < 0.3 ? 1 : 0,
  };
}

/** Case and seizure statistics of a month: counts, grams and tablets. */
export function policeMonth(seed: ProvinceSeed, month: string): Figures {
  const { u, around, own } = dice(seed.code, month);
  const border = own(20) < 0.35;
  const inland = around(seed.communes * 0.42, 21);
  const crossing = border ? around(5, 22) : 0;
  const [sea, air, post] = [around(own(23) < 0.4 ? 0.5 : 0, 24), around(own(25) < 0.12 ? 1.2 : 0, 26), around(0.6, 27)];
  const cases = inland + crossing + sea + air + post;
  const sold = around(cases * 0.35, 28);
  const grams = (mean: number, k: number): number => Math.round(mean * cases * (0.3 + 1.4 * u(k)) * (u(k + 100) < 0.03 ? 12 : 1));
  const area = own(29) < 0.25 ? Math.round(u(30) * 400) : 0;
  return {
    'vu.bien-gioi': crossing, 'vu.duong-bien': sea, 'vu.hang-khong': air, 'vu.chuyen-phat': post, 'vu.noi-dia': inland, 'vu-xuyen-quoc-gia': Math.min(cases, around(crossing * 0.3 + 0.1, 31)),
    'vu-khong-gian-mang': Math.min(cases, around(cases * 0.06, 32)), 'vu-to-chuc-chua-chap': Math.min(cases, around(cases * 0.2, 33)), 'nghi-can': cases + around(cases * 0.45, 34), 'truy-na-bat': around(0.7, 35),
    'ban-le-phat-hien': sold, 'ban-le-xu-ly': Math.round(sold * (0.86 + 0.14 * u(36))),
    'thu-giu-gam.heroin': grams(22, 37), 'thu-giu-gam.thuoc-phien': grams(3, 38), 'thu-giu-gam.can-sa': grams(14, 39), 'thu-giu-gam.cocain': grams(0.6, 40), 'thu-giu-gam.methamphetamin': grams(38, 41),
    'thu-giu-gam.ketamin': grams(9, 42), 'thu-giu-gam.tong-hop-khac': grams(4, 43), 'thu-giu-gam.khac': grams(1, 44), 'thu-giu-vien.tong-hop': grams(40, 45), 'thu-giu-vien.vien-khac': grams(2, 46),
    'dien-tich-phat-hien': area, 'dien-tich-triet-pha': area,
  };
}

/** The quarterly return of a province. */
export function provinceQuarter(seed: ProvinceSeed, quarter: string): Figures {
  const { u, around, own } = dice(seed.code, quarter);
  const months = monthNumber(monthsOf(quarter)[0] ?? '2025-01') - monthNumber('2024-12');
  const grows = (from: number, most: number, k: number): number => Math.min(1, from + (most - from) * Math.min(1, months / 60) + 0.04 * own(k));
  const units = 4 + Math.round(own(50) * 6);
  const stations = seed.communes;
  const due = around(38, 51);
  const budget = Math.round((20 + seed.communes * 0.7) * 1e3) * 1e6;
  const spent = (share: number, k: number): number => Math.round(budget * share * 0.25 * (0.6 + 0.5 * u(k)) / 1e6) * 1e6;
  const need = Math.round(seed.residents * 0.0024);
  return {
    'so-xa': seed.communes, 'xa-duoc-cong-nhan': Math.round(seed.communes * grows(0.1, 0.5, 52) * (0.6 + 0.6 * own(53))), 'tinh-khong-ma-tuy': 0, 'tinh-tren-tuyen': own(54) < 0.5 ? 1 : 0,
    'du-toan-tinh.trung-uong': Math.round(budget * 0.7 / 1e6) * 1e6, 'du-toan-tinh.dia-phuong': Math.round(budget * 0.28 / 1e6) * 1e6, 'du-toan-tinh.khac': Math.round(budget * 0.02 / 1e6) * 1e6,
    'giai-ngan-tinh.trung-uong': spent(0.7, 55), 'giai-ngan-tinh.dia-phuong': spent(0.28, 56), 'giai-ngan-tinh.khac': spent(0.02, 57),
    'don-vi-chuyen-trach': units, 'don-vi-trang-bi': Math.round(units * grows(0.45, 0.9, 58)), 'tram-y-te': stations, 'tram-y-te-du': Math.round(stations * grows(0.4, 0.85, 59)),
    'co-so-cong-lap': 2 + Math.round(own(60) * 2), 'co-so-cong-lap-du': 1 + Math.round(own(61)), 'bao-dai': 3, 'bao-dai-chuyen-muc': 1 + Math.round(own(62) * 2),
    'nhiem-vu-den-han': due, 'nhiem-vu-dung-han': Math.round(due * (0.72 + 0.25 * u(63))), 'hop-bcd': 1 + Math.round(u(64)), 'van-ban': around(6, 65),
    'uoc-tinh-can-can-thiep': need, 'cho-dieu-tri-thay-the': Math.round(need * grows(0.25, 0.5, 66)), 'dieu-tri-thay-the': Math.round(need * grows(0.18, 0.4, 67)), 'ho-tro-phap-ly': around(need * 0.01, 68),
  };
}
