import { useState } from 'react';
import { fold } from '#kernel/fold.ts';
import { t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Chips } from '#web/kit/chips.tsx';
import { Combobox } from '#web/kit/combobox.tsx';
import { getUnitTree } from '#modules/org-units/schema.ts';
import type { Area } from '../schema.ts';

/** Communes picked one after another by name; of one province when the pilot is a province's. */
export function AreaPicker({ label, province, areas, onAreas }: { readonly label: string; readonly province: string; readonly areas: readonly Area[]; readonly onAreas: (areas: Area[]) => void }) {
  const tree = useQuery(getUnitTree, { query: {} });
  const [names] = useState(() => new Map<string, string>());
  const all = (tree.value?.provinces ?? []).filter((one) => province === '00' || one.code === province);
  for (const one of all) for (const [code, name] of one.communes) names.set(code, name);
  const load = async (typed: string) => {
    const wanted = fold(typed);
    return all.flatMap((one) => one.communes.filter(([, name]) => fold(name).includes(wanted)).map(([code, name]) => ({ value: `${one.code}/${code}`, label: name, hint: one.nameVi }))).filter((one) => !areas.some((area) => one.value.endsWith(area.commune))).slice(0, 30);
  };
  return (
    <div>
      <Combobox label={label} hint={t('prevention.area-hint')} value={undefined} clearOnPick load={load} onPick={(option) => { if (option !== undefined) onAreas([...areas, { province: option.value.slice(0, 2), commune: option.value.slice(3) }]); }} />
      {areas.length > 0 && <Chips items={areas.map((area) => ({ value: area.commune, label: names.get(area.commune) ?? area.commune }))} onRemove={(code) => onAreas(areas.filter((area) => area.commune !== code))} />}
    </div>
  );
}
