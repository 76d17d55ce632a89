/** What a province's monthly returns say of its facilities, made whole: a month whose return is missing is filled in so that the next one opens right. */
import { type FlowKind, flowKinds, type Regime } from '../schema.ts';

/** By `element` or `element/cell`. */
export type MonthFigures = ReadonlyMap<string, number>;
export type Month = {
  readonly period: string; readonly first: string; readonly last: string; readonly figures: MonthFigures;
  /** Units of each movement in the month. */
  readonly flows: Readonly<Record<Regime, Readonly<Record<FlowKind, number>>>>;
};
export type Held = Record<Regime, number>;
type Wanted = { readonly period: string; readonly first: string; readonly last: string; readonly figures: MonthFigures | undefined };

const at = (figures: MonthFigures, key: string): number => figures.get(key) ?? 0;
const came = (figures: MonthFigures): number => at(figures, 'vao-co-so/tu-nguyen') + at(figures, 'vao-co-so/bat-buoc');
const went = (figures: MonthFigures): number => ['hoan-thanh', 'chuyen-di', 'tu-bo', 'tu-vong'].reduce((sum, cell) => sum + at(figures, `ra-co-so/${cell}`), 0);
const there = (figures: MonthFigures): Held => ({ voluntary: at(figures, 'co-mat/tu-nguyen'), compulsory: at(figures, 'co-mat/bat-buoc') });
const sum = ({ voluntary, compulsory }: Held): number => voluntary + compulsory;

/** Who was there before the first month: by the return before it, else by going back from its own. */
export function startOf(before: MonthFigures | undefined, months: readonly Wanted[]): Held | undefined {
  if (before !== undefined) return there(before);
  const own = months.find((one) => one.figures !== undefined)?.figures;
  if (own === undefined) return undefined;
  const was = sum(there(own)) - came(own) + went(own);
  const voluntary = Math.round(was * (there(own).voluntary / Math.max(1, sum(there(own)))));
  return { voluntary, compulsory: was - voluntary };
}

/** The movements of each month, from the start to what each return says was there at its end. */
export function planMonths(start: Held, months: readonly Wanted[]): Month[] {
  let open = start;
  return months.map((month, i): Month => {
    const figures = month.figures ?? filledIn(open, months.slice(i + 1).find((one) => one.figures !== undefined)?.figures, months.find((one) => one.figures !== undefined)?.figures, i + 1 < months.length);
    const flows = flowsTo(open, figures);
    open = after(open, flows);
    return { ...month, figures, flows };
  });
}
const after = (open: Held, flows: Month['flows']): Held => {
  const regime = (one: Regime): number => flowKinds.reduce((left, kind) => left + (kind === 'admitted' || kind === 'received' ? 1 : -1) * flows[one][kind], open[one]);
  return { voluntary: regime('voluntary'), compulsory: regime('compulsory') };
};

/** A month nobody reported: like another month, ending where the next return begins. */
function filledIn(open: Held, next: MonthFigures | undefined, like: MonthFigures | undefined, nextFollows: boolean): MonthFigures {
  const copy = new Map(like ?? []);
  const target = next !== undefined && nextFollows ? sum(there(next)) - came(next) + went(next) : sum(open);
  for (const cell of ['chuyen-di', 'tu-bo']) copy.set(`ra-co-so/${cell}`, 0);
  for (const key of ['ra-co-so/tu-vong', 'tu-vong', 'tu-vong-ra-soat']) copy.set(key, 0);
  const out = sum(open) + came(copy) - target;
  copy.set('ra-co-so/hoan-thanh', Math.max(0, out));
  if (out < 0) copy.set('vao-co-so/bat-buoc', at(copy, 'vao-co-so/bat-buoc') - out);
  const voluntary = Math.round(target * (open.voluntary / Math.max(1, sum(open))));
  return copy.set('co-mat/tu-nguyen', voluntary).set('co-mat/bat-buoc', target - voluntary);
}

/** Reasons for leaving have no regime in the return: so many leave voluntary stay as bring it to its end, those of their own accord first. */
function flowsTo(open: Held, figures: MonthFigures): Month['flows'] {
  const came = { voluntary: at(figures, 'vao-co-so/tu-nguyen'), compulsory: at(figures, 'vao-co-so/bat-buoc') };
  let left = Math.max(0, Math.min(went(figures), open.voluntary + came.voluntary - there(figures).voluntary));
  const taken = (cell: string): [voluntary: number, compulsory: number] => {
    const all = at(figures, `ra-co-so/${cell}`);
    const voluntary = Math.min(all, left);
    left -= voluntary;
    return [voluntary, all - voluntary];
  };
  const [byOwn, completed, away, died] = [taken('tu-bo'), taken('hoan-thanh'), taken('chuyen-di'), taken('tu-vong')];
  const regime = (i: 0 | 1, admitted: number): Record<FlowKind, number> => ({ admitted, received: 0, completed: completed[i], moved: 0, away: away[i], left: byOwn[i], died: died[i] });
  return { voluntary: regime(0, came.voluntary), compulsory: regime(1, came.compulsory) };
}

/** The part of a month that has passed, like the month before it. */
export function begun(like: Month, period: string, days: { readonly first: string; readonly last: string }, share: number): Month {
  const part = (flows: Readonly<Record<FlowKind, number>>): Record<FlowKind, number> => ({ ...zero, admitted: Math.round(flows.admitted * share), completed: Math.round(flows.completed * share), left: Math.round(flows.left * share) });
  const figures = new Map(like.figures);
  for (const [key, value] of figures) if (!/^(co-mat|can-bo|cho-thiet|dang-cho|hoc-nghe)/.test(key)) figures.set(key, Math.round(value * share));
  for (const key of ['tu-vong', 'tu-vong-ra-soat', 'ra-co-so/tu-vong', 'kiem-tra-ngoai']) figures.set(key, 0);
  return { period, ...days, figures, flows: { voluntary: part(like.flows.voluntary), compulsory: part(like.flows.compulsory) } };
}
const zero: Record<FlowKind, number> = { admitted: 0, received: 0, completed: 0, moved: 0, away: 0, left: 0, died: 0 };
