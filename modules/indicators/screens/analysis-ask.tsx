import { useState } from 'react';
import { periodRange, periodTypeOf, periodTypes, type PeriodType } from '#kernel/period.ts';
import { call } from '#web/api.ts';
import { language, named, sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Chips } from '#web/kit/chips.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Checkbox, Select } from '#web/kit/field.tsx';
import { getUnit, searchUnits } from '#modules/org-units/schema.ts';
import type { Measure, PivotQuery } from '../schema.ts';
import { choosablePeriods, findMeasures, finestType, keyOfMeasure, lastOf, lastPeriods, type Book } from './analysis-book.ts';
import { sayPeriod } from './figure.tsx';

export type AskProps = { readonly book: Book; readonly query: PivotQuery; readonly onQuery: (query: PivotQuery) => void; /** Names of units, as far as an answer brought them. */ readonly names?: ReadonlyMap<string, string> };

/** What is asked, of whom, when: the three parts every question has. */
export function AskMain(props: AskProps) {
  return <div className="ask"><Measures {...props} /><Units {...props} /><Periods {...props} /></div>;
}

function Measures({ book, query, onQuery }: AskProps) {
  const { measures } = query;
  const put = (next: readonly Measure[]): void => {
    const type = periodTypeOf(query.periods[0] ?? '') ?? 'month';
    const finest = finestType(book, next);
    const periods = next.length > 0 && (query.periods.length === 0 || periodTypes.indexOf(type) < periodTypes.indexOf(finest)) ? lastPeriods(book, finest, finest === 'month' ? 12 : 4) : query.periods;
    onQuery({ ...query, measures: [...next], periods: [...periods] });
  };
  return (
    <fieldset>
      <legend>{t('indicators.ask-what')}</legend>
      <Combobox label={t('indicators.add-measure')} hint={t('indicators.add-measure-hint')} value={undefined} clearOnPick load={async (typed) => findMeasures(book, typed, measures)}
        onPick={(option) => { const facts = book.measures.get(option?.value ?? ''); if (facts !== undefined) put([...measures, facts.measure]); }} />
      <Chips items={measures.map((one) => ({ value: keyOfMeasure(one), label: book.measures.get(keyOfMeasure(one))?.shortName[language()] ?? one.id }))} onRemove={(key) => put(measures.filter((one) => keyOfMeasure(one) !== key))} />
    </fieldset>
  );
}

const findUnits = async (typed: string, signal: AbortSignal): Promise<readonly Option[]> => {
  if (typed.trim() === '') return [{ value: '00', label: t('indicators.nation') }];
  const answer = await call(searchUnits, { query: { q: typed, limit: 20, former: 'no' } }, { signal });
  return answer.ok ? answer.value.hits.filter((hit) => hit.kind === 'unit' && hit.validTo === null).map((hit) => ({ value: hit.code, label: named(hit), hint: hit.placeVi })) : [];
};

function Units({ book, query, onQuery, names: told }: AskProps) {
  const { units } = query;
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const of = useQuery(getUnit, units.of === '00' || names[units.of] !== undefined ? undefined : { params: { code: units.of }, query: {} });
  const sayCode = (code: string): string => (code === '00' ? t('indicators.nation') : (names[code] ?? told?.get(code) ?? (of.value?.current.code === code ? named(of.value.current) : code)));
  const levels = ['self', 'children', ...book.dictionary.head.levels.slice(1).map((_, at) => (at === 0 ? 'province' : at === 1 ? 'commune' : `level-${at + 2}`)), 'list'];
  const sayLevel = (level: string): string => {
    const at = level === 'province' ? 1 : level === 'commune' ? 2 : Number(/^level-(\d+)$/.exec(level)?.[1] ?? Number.NaN) - 1;
    const word = book.dictionary.head.levels[at]?.[language()];
    return word === undefined ? sayKey(`indicators.level.${level}`) : t('indicators.level.all', { level: word });
  };
  const list = units.list ?? [];
  return (
    <fieldset>
      <legend>{t('indicators.ask-where')}</legend>
      <Select label={t('indicators.units-shown')} value={units.level} choices={levels.map((level) => ({ value: level, label: sayLevel(level) }))} onChoose={(level) => onQuery({ ...query, units: level === 'list' ? { of: units.of, level, list: list.length > 0 ? list : [units.of] } : { of: units.of, level } })} />
      {units.level === 'list' ? (
        <>
          <Combobox label={t('indicators.add-unit')} value={undefined} clearOnPick load={findUnits} onPick={(option) => { if (option !== undefined && !list.includes(option.value)) { setNames({ ...names, [option.value]: option.label }); onQuery({ ...query, units: { ...units, list: [...list, option.value] } }); } }} />
          <Chips items={list.map((code) => ({ value: code, label: sayCode(code) }))} onRemove={(code) => onQuery({ ...query, units: { ...units, list: list.filter((one) => one !== code) } })} />
        </>
      ) : <Combobox label={t('indicators.units-of')} value={{ value: units.of, label: sayCode(units.of) }} load={findUnits} onPick={(option) => { if (option !== undefined) { setNames({ ...names, [option.value]: option.label }); onQuery({ ...query, units: { ...units, of: option.value } }); } }} />}
    </fieldset>
  );
}

function Periods({ book, query, onQuery }: AskProps) {
  const { periods } = query;
  const type = periodTypeOf(periods[0] ?? '') ?? 'month';
  const first = periods[0] ?? lastOf(book, type);
  const last = periods.at(-1) ?? first;
  const choices = choosablePeriods(book, type, [first, last]).map((one) => ({ value: one, label: sayPeriod(one) }));
  const put = (from: string, to: string): void => onQuery({ ...query, periods: from <= to ? periodRange(from, to).slice(-240) : periodRange(to, from).slice(-240) });
  return (
    <fieldset>
      <legend>{t('indicators.ask-when')}</legend>
      <Select<PeriodType> label={t('indicators.period-type')} value={type} choices={periodTypes.map((one) => ({ value: one, label: sayKey(`indicators.period-type.${one}`) }))} onChoose={(next) => onQuery({ ...query, periods: lastPeriods(book, next, next === 'month' ? 12 : 4) })} />
      <div className="pair">
        <Select label={t('indicators.from')} value={first} choices={choices} onChoose={(from) => put(from, last)} />
        <Select label={t('indicators.to')} value={last} choices={choices} onChoose={(to) => put(first, to)} />
      </div>
    </fieldset>
  );
}

/** Standing of the figures and the map they are counted on. */
export function AskStanding({ query, onQuery }: Omit<AskProps, 'book'>) {
  const { mapDay, ...rest } = query;
  return (
    <div className="ask">
      <Select label={t('indicators.standing')} value={query.standing} choices={[{ value: 'reported', label: t('indicators.reported') }, { value: 'approved', label: t('indicators.approved') }, { value: 'both', label: t('indicators.both-standings') }]} onChoose={(standing) => onQuery({ ...query, standing })} />
      <DateInput label={t('indicators.map-day')} hint={t('indicators.map-day-hint')} value={mapDay ?? undefined} onDay={(day) => onQuery(day === undefined ? rest : { ...rest, mapDay: day })} />
      <Checkbox label={t('indicators.with-counts')} checked={query.counts === true} onCheck={(counts) => { const { counts: _before, ...others } = query; onQuery(counts ? { ...others, counts: true } : others); }} />
    </div>
  );
}
