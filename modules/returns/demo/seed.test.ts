import assert from 'node:assert/strict';
import test from 'node:test';
import { periodRange } from '#kernel/period.ts';
import { beginLife, liveMonth } from './commune.ts';
import { sharedOut } from './merged.ts';
import { facilityMonth, policeMonth, provinceQuarter } from './province.ts';

const communes = Array.from({ length: 120 }, (_, i) => ({ code: String(10_000 + i * 7), kind: i % 5 === 0 ? 'ward' : 'commune', province: '01', residents: 3000 + i * 101 }));
const months = periodRange('2024-12', '2026-11');
const sum = (figures: Readonly<Record<string, number>>, element: string): number => Object.entries(figures).reduce((all, [key, value]) => (key === element || key.startsWith(`${element}.`) ? all + value : all), 0);

test('a made-up commune agrees with itself: points carry over, parts stay below wholes, spending below what was given', () => {
  for (const commune of communes) {
    const life = beginLife(commune);
    let points: number | undefined;
    let spent = 0;
    for (const month of months) {
      const figures = liveMonth(life, commune, month);
      const of = (element: string): number => sum(figures, element);
      assert.ok(Object.values(figures).every((value) => Number.isSafeInteger(value) && value >= 0), `${commune.code} ${month}`);
      if (points !== undefined) assert.equal(of('diem'), points + of('diem-phat-hien') - of('diem-triet-xoa'));
      points = of('diem');
      assert.ok(of('da-tiep-can') <= of('ho-so-quan-ly') && of('dang-dieu-tri') <= of('ho-so-quan-ly') && of('diem-tai-phat') <= of('diem-phat-hien'));
      assert.ok(of('truong-mo-hinh') <= of('truong-pho-bien') && of('truong-pho-bien') <= of('truong-tong') && of('viec-lam') <= of('ke-hoach-ho-tro') && of('vay-von') <= of('viec-lam'));
      if (month.endsWith('-01')) spent = 0;
      spent += of('kinh-phi-chi');
      assert.ok(spent <= of('kinh-phi-giao'), `${commune.code} ${month}: ${spent} of ${of('kinh-phi-giao')}`);
      assert.equal(of('ba-dieu-kien'), 1);
    }
  }
});

test('a facility month closes: who is present = who was + who came − who left', () => {
  const seed = { code: '38', communes: 166, residents: 4_000_000 };
  let before: number | undefined;
  for (const month of months) {
    const figures = facilityMonth(seed, month);
    const now = sum(figures, 'co-mat');
    if (before !== undefined) assert.equal(now, before + sum(figures, 'vao-co-so') - sum(figures, 'ra-co-so'));
    before = now;
  }
});

test('the same seed gives the same figures', () => {
  const lived = (): unknown => communes.slice(0, 20).map((commune) => { const life = beginLife(commune); return months.map((month) => liveMonth(life, commune, month)); });
  assert.deepEqual(lived(), lived());
  assert.deepEqual(policeMonth({ code: '01', communes: 126, residents: 1 }, '2026-03'), policeMonth({ code: '01', communes: 126, residents: 1 }, '2026-03'));
  assert.deepEqual(provinceQuarter({ code: '01', communes: 126, residents: 1 }, '2026-Q1'), provinceQuarter({ code: '01', communes: 126, residents: 1 }, '2026-Q1'));
});

test('months of communes that became one: every count of the parts adds up to the whole, parts agree with themselves as any commune does', () => {
  const ofEach = ['ke-hoach-nam', 'ba-dieu-kien', 'diem-tu-van'];
  for (const commune of communes.slice(0, 40)) {
    const life = beginLife(commune);
    for (const month of months) {
      const whole = liveMonth(life, commune, month);
      const shared = sharedOut(whole);
      for (const [key, value] of Object.entries(whole)) if (!ofEach.some((one) => key.startsWith(one))) assert.equal(shared.reduce((all, part) => all + (part[key] ?? 0), 0), value, `${commune.code} ${month} ${key}`);
      for (const part of shared) {
        const of = (element: string): number => sum(part, element);
        assert.ok(Object.values(part).every((value) => Number.isSafeInteger(value) && value >= 0));
        assert.ok(of('da-tiep-can') <= (part['ho-so-quan-ly.nguoi-nghien'] ?? 0) && of('viec-lam') <= of('ke-hoach-ho-tro') && of('vay-von') <= of('viec-lam') && of('truong-mo-hinh') <= of('truong-tong') && of('chi-dieu-tri') <= of('kinh-phi-chi'));
        assert.equal(of('ba-dieu-kien'), 1);
        assert.ok(part['ba-dieu-kien.dat'] !== 1 || (of('ngoai-ba-dien') === 0 && of('diem') === 0 && of('truy-na') === 0), `${commune.code} ${month}: met with ${of('ngoai-ba-dien')} outside`);
        assert.ok(of('diem-tu-van') <= sum(whole, 'diem-tu-van'));
        assert.ok(of('luot-truyen-thong') === 0 || of('buoi-truyen-thong') > 0);
      }
    }
  }
});
