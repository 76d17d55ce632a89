import { useRef } from 'react';
import { call } from '#web/api.ts';
import { day } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { useScope } from '#web/place.ts';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { searchUnits, type SearchHit } from '../schema.ts';
import { useGo } from './go.ts';
import { hitTarget } from './addresses.ts';

const hintOf = (hit: SearchHit): string => [hit.placeVi, hit.validTo === null ? '' : hit.code === '' ? t('org-units.name-gone') : t('org-units.was-until', { day: day(hit.validTo) })].filter((part) => part !== '').join(' · ');

/** Finds any unit of the country by today's or a former name, or by code, and opens its page. */
export function UnitFinder() {
  const go = useGo();
  const { asOf } = useScope();
  const hits = useRef(new Map<string, SearchHit>());
  const load = async (typed: string, signal: AbortSignal): Promise<readonly Option[]> => {
    if (typed.trim() === '') return [];
    const answer = await call(searchUnits, { query: { q: typed, limit: 20, ...(asOf === undefined ? {} : { asOf }) } }, { signal });
    const found = answer.ok ? answer.value.hits.filter((hit) => hit.kind === 'unit' && hit.level !== 'nation') : [];
    hits.current = new Map(found.map((hit, at) => [`${at}`, hit]));
    return found.map((hit, at) => ({ value: `${at}`, label: named(hit), hint: hintOf(hit) }));
  };
  const pick = (option: Option | undefined): void => {
    const hit = option && hits.current.get(option.value);
    const target = hit && hitTarget(hit);
    if (target) go(target.path, target.query);
  };
  return <Combobox label={t('org-units.find-unit')} hint={t('org-units.find-unit-hint')} value={undefined} onPick={pick} load={load} clearOnPick />;
}
