import { number } from '../i18n/format.ts';
import { t } from '../i18n/words.ts';
import { Icon } from './icon.tsx';

/** What was chosen, each with a cross to take it away. */
export const Chips = ({ items, onRemove }: { readonly items: readonly { readonly value: string; readonly label: string }[]; readonly onRemove?: (value: string) => void }) => (
  <ul className="chips">
    {items.map((item) => (
      <li key={item.value} className="chip">
        {item.label}
        {onRemove && <button type="button" aria-label={t('kit.remove-one', { name: item.label })} onClick={() => onRemove(item.value)}><Icon name="close" size={12} /></button>}
      </li>
    ))}
  </ul>
);

/** Filters as buttons that are in or out. */
export const FilterChips = <V extends string>({ label, value, choices, onChoose }: { readonly label: string; readonly value: V; readonly choices: readonly { readonly value: V; readonly label: string; readonly count?: number }[]; readonly onChoose: (value: V) => void }) => (
  <div className="filters" role="group" aria-label={label}>
    {choices.map((choice) => (
      <button key={choice.value} type="button" className="chip" aria-pressed={choice.value === value} onClick={() => onChoose(choice.value)}>
        {choice.label}{choice.count !== undefined && ` ${number(choice.count)}`}
      </button>
    ))}
  </div>
);
