import { language, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Checkbox } from '#web/kit/field.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { listGroupSets } from '#modules/org-units/schema.ts';
import type { PivotQuery } from '../schema.ts';
import { axesFor, hasAttribute } from './analysis-book.ts';
import type { AskProps } from './analysis-ask.tsx';

type Where = NonNullable<PivotQuery['where']>;
const withWhere = (query: PivotQuery, where: Where): PivotQuery => {
  const { where: _before, ...rest } = query;
  const kept: Where = { ...((where.axes ?? []).length > 0 ? { axes: where.axes } : {}), ...((where.groups ?? []).length > 0 ? { groups: where.groups } : {}), ...((where.attributes ?? []).length > 0 ? { attributes: where.attributes } : {}) };
  return Object.keys(kept).length === 0 ? rest : { ...rest, where: kept };
};
const toggled = (list: readonly string[], one: string, on: boolean): string[] => (on ? [...list.filter((other) => other !== one), one] : list.filter((other) => other !== one));

/** Breakdowns, groups of units and the further dimension of a return: as dimensions of the answer, or as filters. */
export function AskParts({ book, query, onQuery }: AskProps) {
  const axes = axesFor(book, query.measures);
  const only = (id: string): readonly string[] => query.where?.axes?.find((one) => one.axis === id)?.options ?? [];
  const filter = (id: string, options: readonly string[]): void => onQuery(withWhere(query, { ...query.where, axes: [...(query.where?.axes ?? []).filter((one) => one.axis !== id), ...(options.length > 0 ? [{ axis: id, options: [...options] }] : [])] }));
  return (
    <div className="ask">
      <fieldset>
        <legend>{t('indicators.breakdowns')}</legend>
        {axes.length === 0 && <p className="muted small">{t('indicators.no-breakdown')}</p>}
        {axes.map((axis) => (
          <div key={axis.id}>
            <Checkbox label={axis.name[language()]} checked={(query.axes ?? []).includes(axis.id)} disabled={!(query.axes ?? []).includes(axis.id) && (query.axes ?? []).length >= 4} onCheck={(on) => onQuery({ ...query, axes: toggled(query.axes ?? [], axis.id, on) })} />
            <Only name={axis.name[language()]} options={axis.options.map((option) => ({ id: option.id, label: option.name[language()] }))} chosen={only(axis.id)} onChoose={(options) => filter(axis.id, options)} />
          </div>
        ))}
        {hasAttribute(book, query.measures) && <Checkbox label={t('indicators.dim.attribute')} checked={query.attribute === true} onCheck={(on) => { const { attribute: _before, ...rest } = query; onQuery(on ? { ...rest, attribute: true } : rest); }} />}
      </fieldset>
      <Groups query={query} onQuery={onQuery} />
    </div>
  );
}

function Groups({ query, onQuery }: Omit<AskProps, 'book'>) {
  const sets = useQuery(listGroupSets, { query: {} });
  const only = (id: string): readonly string[] => query.where?.groups?.find((one) => one.set === id)?.groups ?? [];
  const filter = (id: string, groups: readonly string[]): void => onQuery(withWhere(query, { ...query.where, groups: [...(query.where?.groups ?? []).filter((one) => one.set !== id), ...(groups.length > 0 ? [{ set: id, groups: [...groups] }] : [])] }));
  return (
    <fieldset>
      <legend>{t('indicators.group-sets')}</legend>
      <p className="muted small">{t('indicators.group-sets-say')}</p>
      <RemoteView of={sets} lines={4}>{(value) => value.sets.filter((set) => !set.lone).map((set) => (
        <div key={set.id}>
          <Checkbox label={set.name[language()]} checked={(query.groups ?? []).includes(set.id)} disabled={!(query.groups ?? []).includes(set.id) && (query.groups ?? []).length >= 4} onCheck={(on) => onQuery({ ...query, groups: toggled(query.groups ?? [], set.id, on) })} />
          <Only name={set.name[language()]} options={set.groups.map((group) => ({ id: group.id, label: group.name[language()] }))} chosen={only(set.id)} onChoose={(groups) => filter(set.id, groups)} />
        </div>
      ))}</RemoteView>
    </fieldset>
  );
}

/** Only some of the options; none chosen means all. */
function Only({ name, options, chosen, onChoose }: { readonly name: string; readonly options: readonly { readonly id: string; readonly label: string }[]; readonly chosen: readonly string[]; readonly onChoose: (chosen: readonly string[]) => void }) {
  return (
    <details className="only"><summary>{chosen.length === 0 ? t('indicators.only-some') : t('indicators.only-chosen', { count: chosen.length, of: options.length })}<span className="vh">: {name}</span></summary>
      <div className="options">{options.map((option) => <Checkbox key={option.id} label={option.label} checked={chosen.includes(option.id)} onCheck={(on) => onChoose(toggled(chosen, option.id, on))} />)}</div>
    </details>
  );
}
