import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Card, Pairs } from '#web/kit/card.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import type { DataSet, Dictionary } from '../schema.ts';
import { cellsOf, inWords, sayValidity } from './words.ts';

export const DataSetList = ({ dictionary }: { readonly dictionary: Dictionary }) => (
  <div className="stack">
    {dictionary.dataSets.length === 0 && <EmptyState title={t('definitions.none-found')}>{t('definitions.none-found-say')}</EmptyState>}
    {dictionary.dataSets.map((set) => <DataSetCard key={set.id} set={set} dictionary={dictionary} />)}
  </div>
);

const whoOf = ({ assignedTo }: DataSet): string => [
  ...assignedTo.levels.map((one) => sayKey(`definitions.level.${one}`, {}, one)), ...assignedTo.kinds, ...assignedTo.groups, ...(assignedTo.units.length > 0 ? [t('definitions.units-named', { count: assignedTo.units.length })] : []),
].join(', ');

/** How many cells a form has in all. */
const cellCount = (set: DataSet, dictionary: Dictionary): number => set.sections.flatMap((section) => section.elements)
  .reduce((sum, id) => sum + Math.max(1, cellsOf(dictionary, dictionary.elements.find((one) => one.id === id)?.disaggregation ?? null).length), 0);

function DataSetCard({ set, dictionary }: { readonly set: DataSet; readonly dictionary: Dictionary }) {
  const [, setQuery] = useQueryState();
  const rules = dictionary.rules.filter((rule) => rule.periodType === set.periodType && set.sections.some((section) => section.elements.some((id) => rule.left.formula.includes(`#{${id}}`) || rule.left.formula.includes(`#{${id}.`)))).length;
  return (
    <Card title={`${inWords(set.name)}${set.form === null ? '' : ` (${set.form})`}`} say={sayValidity(set)}>
      <Pairs pairs={[
        [t('definitions.filled-by'), whoOf(set)], [t('definitions.period-type'), sayKey(`definitions.period-type.${set.periodType}`)], [t('definitions.due'), t('definitions.due-days', { count: set.dueWorkingDays })],
        [t('definitions.closes'), set.closesAfterDays === null ? t('definitions.never-closes') : t('definitions.closes-days', { count: set.closesAfterDays })],
        [t('definitions.approval'), set.approval.map((step) => sayKey(`definitions.step.${step}`)).join(' → ')], [t('definitions.cells'), String(cellCount(set, dictionary))], [t('definitions.rules'), String(rules)],
        [t('definitions.source'), inWords(set.source)],
      ]} />
      {set.sections.map((section, at) => (
        <section key={section.id} className="stack">
          <h3>{at + 1}. {inWords(section.name)}</h3>
          <ol>
            {section.elements.map((id, row) => {
              const element = dictionary.elements.find((one) => one.id === id);
              return <li key={id}><span className="muted">{at + 1}.{row + 1}</span> <button type="button" className="linkish" onClick={() => setQuery({ muc: id }, { push: true })}>{element === undefined ? id : inWords(element.name)}</button></li>;
            })}
          </ol>
        </section>
      ))}
    </Card>
  );
}
