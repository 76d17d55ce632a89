/**
 * A made-up commune that lives month by month, so that its figures agree with one another as a real return's do: points left = points
 * before + found + recurred − removed, parts never exceed wholes, spending never exceeds what was given. Synthetic; no figure is real.
 */
import { chance, countAround, mixText } from './chance.ts';

export type CommuneSeed = { readonly code: string; readonly kind: string; readonly province: string; readonly residents: number };
/** Values by element, or `element.cell`; an element left out was not reported. */
export type Figures = Readonly<Record<string, number>>;

/** Months in which most meetings, lessons and checks fall: school terms, the June action month, the year's end. */
const season = [0.8, 0.6, 1, 1, 1.1, 1.6, 0.8, 0.9, 1.3, 1.2, 1.2, 1.3] as const;

type Life = {
  seed: number; readonly clean: boolean; readonly pace: number; readonly reach: number; onRecord: number; addicted: number; treated: number; aftercare: number; points: number;
  /** Of each removed point under watch, how many months ago it was removed; the one removed last stands last. */
  watched: number[];
  readonly schools: number; withModel: number; readonly workers: number; given: number; spentThisYear: number; readonly border: boolean; waiting: number; violations: number; finishedAYearAgo: number[];
};

export function beginLife({ code, kind, province, residents }: CommuneSeed): Life {
  const seed = mixText(code);
  const u = (n: number): number => chance(seed, n);
  const harder = 0.5 + chance(mixText(province), 1) * 1.2;
  const clean = u(1) < 0.32 - 0.1 * (harder - 0.5);
  const rate = clean ? 0.00003 : Math.exp(-6.6 + 1.1 * (u(2) + u(3) + u(4) - 1.5) * 2) * harder;
  const onRecord = Math.round(residents * rate);
  const reach = 0.45 + 0.35 * u(5);
  const schools = Math.max(2, Math.round(residents / (kind === 'ward' ? 4200 : 2600)));
  return {
    seed, clean, pace: 0.004 + 0.01 * u(6), reach, onRecord, addicted: Math.round(onRecord * 0.72), treated: Math.round(onRecord * reach * 0.4), aftercare: Math.round(onRecord * 0.12),
    points: !clean && u(7) < 0.16 ? 1 + Math.floor(u(8) * 2.4) : 0, watched: u(9) < 0.1 ? [Math.floor(u(14) * 5)] : [], schools, withModel: Math.floor(schools * u(10) * 0.4), workers: u(11) < 0.12 ? Math.round(2000 + u(12) * 18_000) : 0,
    given: 0, spentThisYear: 0, border: u(13) < 0.08, waiting: Math.round(onRecord * 0.05), violations: 0, finishedAYearAgo: [],
  };
}

/**
 * Lives one month.
 *
 * @param month `2026-03`; January is not where the programme's year begins: its first month is January's period, which starts on 15 December
 */
export function liveMonth(life: Life, seedOf: CommuneSeed, month: string): Figures {
  const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  const at = Number(month.slice(5, 7)) - 1;
  const u = (k: number): number => chance(life.seed, n, k);
  const busy = season[at] ?? 1;
  const around = (mean: number, k: number): number => countAround(mean, u(k));
  if (at === 0 || life.given === 0) {
    life.violations = 0;
    life.given = Math.round((60 + 180 * chance(life.seed, 20) + seedOf.residents / 400) * 1e6 / 1e5) * 1e5;
    life.spentThisYear = 0;
  }
  const dice = { busy, around, u };
  const figures = { ...organisation(life, seedOf, month, dice), ...communication(life, dice), ...care(life, dice), ...places(life, dice), ...money(life, dice, at) };
  life.violations += figures['vi-pham-cu-tru'] ?? 0;
  const met = life.violations === 0 && ['ngoai-ba-dien', 'truy-na', 'diem'].every((element) => figures[element] === 0);
  return { ...figures, 'ba-dieu-kien.dat': met ? 1 : 0, 'ba-dieu-kien.chua-dat': met ? 0 : 1 };
}

type Dice = { readonly busy: number; readonly around: (mean: number, k: number) => number; readonly u: (k: number) => number };

function organisation(life: Life, { residents }: CommuneSeed, month: string, { busy, around, u }: Dice): Record<string, number> {
  const standard = chance(life.seed, 30) < 0.35 + (Number(month.slice(0, 4)) - 2024) * 0.18 ? 1 : 0;
  return {
    'hop-chi-dao': around(0.9 * busy, 31), 'ke-hoach-nam': 1, 'nhan-khau': residents + Math.round((u(32) - 0.45) * residents * 0.002),
    'diem-tu-van.dat': life.addicted > 0 ? standard : 0, 'diem-tu-van.chua-dat': life.addicted > 0 ? 1 - standard : 0, 'tap-huan': u(33) < 0.25 * busy ? around(14, 34) : 0,
  };
}

function communication(life: Life, { busy, around, u }: Dice): Record<string, number> {
  const sessions = around(4.2 * busy, 40);
  if (life.withModel < life.schools && u(41) < 0.05 * busy) life.withModel += 1;
  const told = Math.min(life.schools, Math.max(life.withModel, Math.round(life.schools * (0.55 + 0.4 * chance(life.seed, 42)))));
  return {
    'buoi-truyen-thong': sessions, 'luot-truyen-thong': sessions === 0 ? 0 : around(sessions * (38 + 40 * chance(life.seed, 43)), 44), 'tin-bai': around(6 * busy, 45),
    'truong-tong': life.schools, 'truong-pho-bien': told, 'truong-mo-hinh': life.withModel, 'hoat-dong-truong': around(life.withModel * 0.8 * busy, 46),
    'lao-dong-kcn': life.workers, 'lao-dong-pho-bien': Math.round(life.workers * (0.35 + 0.4 * chance(life.seed, 47))), 'gia-dinh-tu-van': around(Math.max(0.4, life.onRecord * 0.12) * busy, 48),
  };
}

function care(life: Life, { busy, around, u }: Dice): Record<string, number> {
  const joined = Math.min(life.waiting + life.onRecord, around(life.onRecord * 0.009, 50));
  const finished = Math.min(life.treated, around(life.treated * 0.02, 51));
  life.onRecord = Math.max(0, life.onRecord + around(life.onRecord * 0.012, 52) - around(life.onRecord * (0.013 + life.pace * 0.4), 53));
  life.addicted = Math.min(life.onRecord, Math.round(life.onRecord * (0.7 + 0.04 * chance(life.seed, 54))));
  life.treated = Math.min(Math.max(0, life.onRecord - life.aftercare), life.treated + joined - finished);
  life.aftercare = Math.max(0, Math.min(life.onRecord - life.treated, life.aftercare + finished - around(life.aftercare * 0.03, 55)));
  life.waiting = Math.min(Math.max(0, life.onRecord - life.treated - life.aftercare), around(life.onRecord * 0.03, 56));
  life.finishedAYearAgo.push(finished);
  const substitution = Math.round(life.treated * 0.48);
  const home = Math.round(life.treated * 0.36);
  const outside = life.clean && life.onRecord < 3 ? 0 : Math.max(0, life.onRecord - substitution - home - life.aftercare);
  const reached = Math.min(life.addicted, Math.round(life.addicted * Math.min(0.95, life.reach + 0.22 + 0.05 * u(49))));
  const willing = Math.round(joined * (0.7 + 0.2 * chance(life.seed, 57)));
  const yearAgo = life.finishedAYearAgo.length > 12 ? (life.finishedAYearAgo.at(-13) ?? 0) : around(life.treated * 0.02, 58);
  const planned = Math.max(finished, around(life.aftercare * 0.05, 59));
  const working = Math.min(planned, Math.round(planned * (0.25 + 0.3 * u(60))));
  const borrowers = Math.min(working, Math.floor(u(61) * 1.6));
  return {
    'ho-so-quan-ly.nguoi-nghien': life.addicted, 'ho-so-quan-ly.nguoi-su-dung': life.onRecord - life.addicted, 'da-tiep-can': reached,
    'dang-dieu-tri.thay-the': substitution, 'dang-dieu-tri.tai-nha': home, 'dang-dieu-tri.tam-ly-xa-hoi': life.treated - substitution - home, 'quan-ly-sau-cai': life.aftercare, 'ngoai-ba-dien': outside,
    'luot-tu-van': around(Math.max(0.5, life.onRecord * 0.4) * busy, 62), 'bat-dau-dieu-tri.tu-nguyen': willing, 'bat-dau-dieu-tri.bat-buoc': joined - willing,
    'hoan-thanh': finished, 'duy-tri-12-thang': Math.round(yearAgo * (0.4 + 0.4 * u(63))), 'dang-cho': life.waiting,
    'ke-hoach-ho-tro': planned, 'viec-lam': working, 'vay-von': borrowers, 'tien-vay': borrowers * (30 + Math.round(u(64) * 14) * 10) * 1e6, 'di-hoc': u(65) < 0.05 ? 1 : 0,
    'sau-cai-12-thang': yearAgo, 'viec-lam-12-thang': Math.round(yearAgo * (0.25 + 0.35 * u(66))), 'ho-tro-y-te': around(life.aftercare * 0.2, 67),
  };
}

/** The month of removal and the five after it: 180 days, for what is not removed on the first days of a month. */
const monthsWatched = 6;

function places(life: Life, { busy, around, u }: Dice): Record<string, number> {
  const watched = life.watched.map((months) => months + 1).filter((months) => months < monthsWatched);
  const recurred = watched.length > 0 && u(71) < 0.015 ? 1 : 0;
  const found = (life.clean ? 0 : around(0.05 * busy, 70)) + recurred;
  const there = life.points + found;
  const removed = Math.min(there, there > 0 && u(72) < 0.22 ? 1 + Math.floor(u(73) * 1.5) : 0);
  life.points = there - removed;
  life.watched = [...watched.slice(0, watched.length - recurred), ...new Array<number>(removed).fill(0)];
  const plants = u(75) < 0.004 ? Math.round(20 + u(76) * 900) : 0;
  return {
    diem: life.points, 'diem-phat-hien': found, 'diem-triet-xoa': removed, 'diem-theo-doi': life.watched.length, 'diem-tai-phat': recurred,
    'nguoi-bi-bat': life.clean ? 0 : around(life.onRecord * 0.012 * busy, 77), cay: plants, 'dien-tich-cay': Math.round(plants / 4), 'vi-pham-cu-tru': life.clean ? (u(78) < 0.012 ? 1 : 0) : around(life.onRecord * 0.008 * busy, 79),
    'truy-na': !life.clean && u(80) < 0.012 ? 1 : 0, 'tuyen-trong-diem.noi-tinh': life.border || chance(life.seed, 81) < 0.06 ? 1 : 0, 'tuyen-trong-diem.lien-tinh': life.border ? 1 : 0,
  };
}

function money(life: Life, { busy, u }: Dice, month: number): Record<string, number> {
  const left = life.given - life.spentThisYear;
  const spend = Math.round((left / (12 - month)) * Math.min(1, 0.55 + 0.5 * u(90) * busy) / 1e5) * 1e5;
  life.spentThisYear += spend;
  const [central, other] = [Math.round(life.given * 0.6 / 1e5) * 1e5, Math.round(life.given * 0.05 / 1e5) * 1e5];
  const [spentCentral, spentOther] = [Math.round(spend * 0.6 / 1e5) * 1e5, Math.round(spend * 0.05 / 1e5) * 1e5];
  return {
    'kinh-phi-giao.trung-uong': central, 'kinh-phi-giao.khac': other, 'kinh-phi-giao.dia-phuong': life.given - central - other,
    'kinh-phi-chi.trung-uong': spentCentral, 'kinh-phi-chi.khac': spentOther, 'kinh-phi-chi.dia-phuong': spend - spentCentral - spentOther,
    'chi-dieu-tri': Math.round(spend * 0.32 / 1e5) * 1e5, 'dong-gop': u(91) < 0.2 ? Math.round(u(92) * 60) * 1e5 : 0,
  };
}
