/** Which boxes of the communes' monthly return the criteria stand on. The order is the order of columns in memory; add at the end only. */
import type { Quantity } from '../schema.ts';

export const dataSet = 'xa-thang';
export const boxes = [
  { element: 'nhan-khau', cell: '' },
  { element: 'ho-so-quan-ly', cell: 'nguoi-nghien' },
  { element: 'ho-so-quan-ly', cell: 'nguoi-su-dung' },
  { element: 'ngoai-ba-dien', cell: '' },
  { element: 'diem', cell: '' },
  { element: 'diem-phat-hien', cell: '' },
  { element: 'diem-triet-xoa', cell: '' },
  { element: 'nguoi-bi-bat', cell: '' },
  { element: 'cay', cell: '' },
  { element: 'dien-tich-cay', cell: '' },
  { element: 'vi-pham-cu-tru', cell: '' },
  { element: 'truy-na', cell: '' },
  { element: 'tuyen-trong-diem', cell: 'noi-tinh' },
  { element: 'tuyen-trong-diem', cell: 'lien-tinh' },
  { element: 'dang-dieu-tri', cell: 'thay-the' },
  { element: 'dang-dieu-tri', cell: 'tai-nha' },
  { element: 'quan-ly-sau-cai', cell: '' },
  { element: 'da-tiep-can', cell: '' },
] as const;
export const box = {
  residents: 0, addicted: 1, using: 2, outside: 3, points: 4, found: 5, removed: 6, arrested: 7, plants: 8, plantArea: 9, violations: 10, fugitives: 11,
  routeInside: 12, routeBetween: 13, substitution: 14, atHome: 15, aftercare: 16, reached: 17,
} as const;
export const boxCount = boxes.length;
/** The first so many are what criteria ask for; the rest stands beside them. */
export const criteriaBoxes = 14;

/** Boxes of elements whose small counts are protected below a province (SECURITY E4). */
export const protectedBoxes: ReadonlySet<number> = new Set([box.addicted, box.using, box.outside, box.substitution, box.atHome, box.aftercare, box.reached]);
/** Quantities that are made of them. */
export const protectedQuantities: ReadonlySet<Quantity> = new Set<Quantity>(['managed-rate', 'people-using']);

type Over = 'closing-day' | 'sum' | 'largest';
/** What a quantity is read from, in one way of reading. */
export function boxesOf(quantity: Quantity, { people, window }: { people: 'counted' | 'not-counted'; window: 'closing-day' | 'whole-period' }): { readonly box: number; readonly over: Over; readonly side: 'numerator' | 'denominator' }[] {
  const top = (list: readonly number[], over: Over) => list.map((one) => ({ box: one, over, side: 'numerator' as const }));
  const residents = { box: box.residents, over: 'closing-day' as const, side: 'denominator' as const };
  const stock: Over = window === 'closing-day' ? 'closing-day' : 'largest';
  switch (quantity) {
    case 'managed-rate': return [...top(people === 'counted' ? [box.addicted, box.using] : [box.outside], 'closing-day'), residents];
    case 'offender-rate': return [...top([box.arrested], 'sum'), residents];
    case 'points': return window === 'closing-day' ? top([box.points], 'closing-day') : [...top([box.points], 'largest'), ...top([box.found], 'sum')];
    case 'plants': return top([box.plants], 'sum');
    case 'plant-area': return top([box.plantArea], 'sum');
    case 'on-route': return top([box.routeInside, box.routeBetween], 'closing-day');
    case 'people-using': return top([box.outside], stock);
    case 'resident-violations': return top([box.violations], 'sum');
    case 'fugitives-hiding': return top([box.fugitives], stock);
    case 'class-I-II-share': return [];
  }
}
