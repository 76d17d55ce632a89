import { useEffect, useState } from 'react';
import { call } from '#web/api.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { Chips } from '#web/kit/chips.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { fold } from '#kernel/fold.ts';
import { searchUnits } from '#modules/org-units/schema.ts';
import type { OfficeClass } from '../schema.ts';

/** Classes a person may address from here; words by key `office-class.<id>`. */
const offeredClasses = ['UBND-TINH', 'UBND-XA', 'CAT', 'CA-XA', 'MINS', 'LOCAL', 'SO-NGANH'] as const;

type PickerProps = {
  readonly label: string;
  readonly hint?: string;
  readonly offices: readonly string[];
  /** Given: classes such as "all provinces" may be chosen too. */
  readonly classes?: readonly OfficeClass[];
  /** `words`: the names of all that is chosen now, for the cell of the matrix. */
  readonly onChange: (offices: string[], classes: OfficeClass[], words: string) => void;
};

/** Offices one by one (by any name, old or new, with or without accents) and whole classes. */
export function OfficePicker({ label, hint, offices, classes, onChange }: PickerProps) {
  const names = useOfficeNames(offices);
  const chosen = [
    ...(classes ?? []).map((one) => ({ value: `class:${one.officeClass}`, label: className(one) })),
    ...offices.map((office) => ({ value: office, label: names.get(office) ?? office })),
  ];
  const pick = (option: Option | undefined): void => {
    if (option === undefined) return;
    if (chosen.some((one) => one.value === option.value)) return;
    const words = wordsOf([...chosen, option]);
    if (option.value.startsWith('class:')) onChange([...offices], [...(classes ?? []), { officeClass: option.value.slice(6) }], words);
    else {
      known.set(option.value, option.label);
      onChange([...offices, option.value], [...(classes ?? [])], words);
    }
  };
  const remove = (value: string): void => {
    const words = wordsOf(chosen.filter((one) => one.value !== value));
    if (value.startsWith('class:')) onChange([...offices], (classes ?? []).filter((one) => `class:${one.officeClass}` !== value), words);
    else onChange(offices.filter((office) => office !== value), [...(classes ?? [])], words);
  };
  return (
    <div className="stack-s">
      <Combobox label={label} {...(hint === undefined ? {} : { hint })} value={undefined} clearOnPick onPick={pick} load={(typed, signal) => load(typed, signal, classes !== undefined)} />
      {chosen.length > 0 && <Chips items={chosen.slice(0, 30)} onRemove={remove} />}
      {chosen.length > 30 && <p className="small muted">{t('directives.and-more', { count: chosen.length - 30 })}</p>}
    </div>
  );
}

const wordsOf = (all: readonly { readonly label: string }[]): string => `${all.slice(0, 8).map((one) => one.label).join(', ')}${all.length > 8 ? ` ${t('directives.and-more', { count: all.length - 8 })}` : ''}`;

function className(one: OfficeClass): string {
  const name = sayKey(`office-class.${one.officeClass}`, {}, one.officeClass);
  const limits = [...(one.provinces ?? []), ...(one.kinds ?? []).map((kind) => sayKey(`unit-kind.${kind}`, {}, kind))];
  return limits.length === 0 ? name : `${name} (${limits.join(', ')})`;
}

async function load(typed: string, signal: AbortSignal, withClasses: boolean): Promise<Option[]> {
  const folded = fold(typed);
  const classes = withClasses ? offeredClasses.map((id) => ({ value: `class:${id}`, label: sayKey(`office-class.${id}`) })).filter((option) => fold(option.label).includes(folded)) : [];
  if (typed.trim() === '') return classes;
  const found = await call(searchUnits, { query: { q: typed, limit: 30 } }, { signal });
  const hits = found.ok ? found.value.hits.filter((hit) => hit.kind === 'office') : [];
  return [...classes, ...hits.map((hit) => ({ value: hit.code, label: language() === 'vi' ? hit.nameVi : hit.nameEn, hint: hit.placeVi }))];
}

const known = new Map<string, string>();

/** Offices by name, parted by semicolons. */
export function OfficeNames({ offices }: { readonly offices: readonly string[] }) {
  const names = useOfficeNames(offices);
  return <>{offices.map((office) => names.get(office) ?? office).join('; ')}</>;
}

/** Names of offices already chosen, asked for once. */
function useOfficeNames(offices: readonly string[]): ReadonlyMap<string, string> {
  const [, setRound] = useState(0);
  const wanted = offices.slice(0, 30).filter((office) => !known.has(office)).join(' ');
  useEffect(() => {
    if (wanted === '') return undefined;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      for (const office of wanted.split(' ')) {
        const found = await call(searchUnits, { query: { q: office, limit: 5 } }, { signal: stop.signal });
        const hit = found.ok ? found.value.hits.find((one) => one.code === office) : undefined;
        known.set(office, hit === undefined ? office : language() === 'vi' ? hit.nameVi : hit.nameEn);
      }
      setRound((n) => n + 1);
    };
    void ask();
    return () => stop.abort();
  }, [wanted]);
  return known;
}
