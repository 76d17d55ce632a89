/**
 * A second evaluator of Decision 28/2025, written from the decision's text alone and sharing nothing with the engine: plain numbers, one
 * reading at a time, no lower bounds. It knows what a number is or does not know it at all.
 */
type Maybe = number | undefined;
export type Place = {
  residents: Maybe; withRecords: Maybe; outside: Maybe; outsideMost: Maybe; points: Maybe; pointsSeen: Maybe; arrested: Maybe; plants: Maybe; area: Maybe; inside: Maybe; between: Maybe; violations: Maybe; fugitives: Maybe; fugitivesMost: Maybe;
};
export type Way = { treated: boolean; higher: boolean; whole: boolean };
/** 1 yes, 0 no, 0.5 nobody knows: "and" is the least, "or" the most. */
type Truth = 0 | 0.5 | 1;
const sure = (yes: boolean): Truth => (yes ? 1 : 0);
const and = (...list: Truth[]): Truth => (list.includes(0) ? 0 : list.includes(0.5) ? 0.5 : 1);
const or = (...list: Truth[]): Truth => (list.includes(1) ? 1 : list.includes(0.5) ? 0.5 : 0);
const ask = (n: Maybe, is: (n: number) => boolean): Truth => (n === undefined ? 0.5 : sure(is(n)));

/** Fractions of residents are compared in parts of a hundred thousand: 0.5 % are 500, 0.05 % are 50. */
const part = (n: Maybe, of: Maybe, is: (per: (bound: number) => number) => boolean): Truth => (n === undefined || of === undefined || of === 0 ? 0.5 : sure(is((bound) => n * 100_000 - bound * of)));

function atLeast(needed: number, list: Truth[]): Truth {
  const yes = list.filter((one) => one === 1).length;
  const perhaps = list.filter((one) => one === 0.5).length;
  return yes >= needed ? 1 : yes + perhaps < needed ? 0 : 0.5;
}

/** Art. 6, all three. */
export function noDrugs(p: Place, whole: boolean): Truth {
  const using = ask(whole ? p.outsideMost : p.outside, (n) => n === 0);
  const law = and(ask(p.violations, (n) => n === 0), ask(whole ? p.fugitivesMost : p.fugitives, (n) => n === 0));
  const points = ask(whole ? p.pointsSeen : p.points, (n) => n === 0);
  return and(using, law, points);
}

/** Art. 4, class by class. */
export function classes(p: Place, way: Way): { I: Truth; II: Truth; III: Truth } {
  const people = way.treated ? p.withRecords : p.outside;
  const points = way.whole ? p.pointsSeen : p.points;
  const isI = { a: part(people, p.residents, (over) => over(500) >= 0), b: ask(points, (n) => n >= 2), c: part(p.arrested, p.residents, (over) => over(100) >= 0), d: or(ask(p.plants, (n) => n >= 3000), ask(p.area, (n) => n >= 750)) };
  const isII = {
    a: part(people, p.residents, (over) => over(100) >= 0 && (way.higher || over(500) < 0)), b: ask(points, (n) => (way.higher ? n >= 1 : n === 1)),
    c: part(p.arrested, p.residents, (over) => over(50) >= 0 && (way.higher || over(100) < 0)),
    d: or(ask(p.plants, (n) => n >= 500 && (way.higher || n < 3000)), ask(p.area, (n) => n >= 125 && (way.higher || n < 750))),
  };
  const isIII = {
    a: part(people, p.residents, (over) => way.higher || over(100) < 0), c: part(p.arrested, p.residents, (over) => way.higher || over(50) < 0), d: or(ask(p.plants, (n) => way.higher || n < 500), ask(p.area, (n) => way.higher || n < 125)),
  };
  const onRoute = or(ask(p.inside, (n) => n >= 1), ask(p.between, (n) => n >= 1));
  const letters = ['a', 'b', 'c', 'd'] as const;
  const twoOrHigher = atLeast(2, letters.map((one) => or(isI[one], isII[one])));
  const threeOrHigher = atLeast(2, letters.map((one) => (one === 'b' ? or(isI.b, isII.b) : or(isI[one], isII[one], isIII[one]))));
  return {
    I: atLeast(3, [isI.a, isI.b, isI.c, isI.d, and(twoOrHigher, onRoute)]), II: atLeast(3, [isII.a, isII.b, isII.c, isII.d, and(threeOrHigher, onRoute)]), III: or(isIII.a, isIII.c, isIII.d),
  };
}

/** Drug-free first, then I, II, III, else not classified; the first that is not certain leaves the question open. */
export function answer(p: Place, way: Way): string {
  const { I, II, III } = classes(p, way);
  for (const [name, truth] of [['drug-free', noDrugs(p, way.whole)], ['I', I], ['II', II], ['III', III]] as const) {
    if (truth === 1) return name;
    if (truth === 0.5) return 'cannot-judge';
  }
  return 'not-classified';
}
