import { t } from '#web/i18n/words.ts';
import { DateInput } from '#web/kit/date-input.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { countOf } from '../rules/day-form.ts';
import { normPlaces } from '../rules/capacity.ts';
import { type ProfileInput, type Terrain, terrains } from '../schema.ts';

/** As typed; numbers are read when it is sent. */
export type ProfileTyped = { readonly validFrom: string | undefined; readonly nameVi: string; readonly nameEn: string; readonly terrain: Terrain; readonly commune: string; readonly landM2: string; readonly places: string; readonly beds: string; readonly decision: string };
export const emptyProfile: ProfileTyped = { validFrom: undefined, nameVi: '', nameEn: '', terrain: 'rural', commune: '', landM2: '', places: '', beds: '', decision: '' };
export const profileTyped = (profile: ProfileInput): ProfileTyped => ({ ...profile, validFrom: undefined, commune: profile.commune ?? '', landM2: String(profile.landM2), places: String(profile.places), beds: String(profile.beds), decision: '' });

/** @returns undefined while a part is missing */
export function readProfile(typed: ProfileTyped): ProfileInput | undefined {
  const [places, beds] = [countOf(typed.places), countOf(typed.beds)];
  const land = typed.landM2.replace(/[\s.]/g, '');
  if (typed.validFrom === undefined || typed.nameVi.trim() === '' || places === undefined || beds === undefined || !/^\d{1,8}$/.test(land)) return undefined;
  const nameVi = typed.nameVi.trim();
  return { ...typed, validFrom: typed.validFrom, nameVi, nameEn: typed.nameEn.trim() === '' ? nameVi : typed.nameEn.trim(), commune: typed.commune.trim() === '' ? null : typed.commune.trim(), landM2: Number(land), places, beds };
}

/** Places by norm follow from land and terrain, shown while they are typed. */
export function ProfileFields({ typed, onChange }: { readonly typed: ProfileTyped; readonly onChange: (next: ProfileTyped) => void }) {
  const set = (part: Partial<ProfileTyped>): void => onChange({ ...typed, ...part });
  const land = Number(typed.landM2.replace(/[\s.]/g, ''));
  return (
    <>
      <TextInput label={t('facilities.name-vi')} value={typed.nameVi} onText={(nameVi) => set({ nameVi })} maxLength={200} />
      <TextInput label={t('facilities.name-en')} optional value={typed.nameEn} onText={(nameEn) => set({ nameEn })} maxLength={200} />
      <div className="grid2">
        <DateInput label={t('facilities.valid-from')} value={typed.validFrom} onDay={(validFrom) => set({ validFrom })} />
        <TextInput label={t('facilities.commune-code')} optional width="short" value={typed.commune} onText={(commune) => set({ commune })} />
        <Select label={t('facilities.terrain')} value={typed.terrain} onChoose={(terrain) => set({ terrain })} choices={terrains.map((one) => ({ value: one, label: t(`facilities.terrain-${one}`) }))} />
        <TextInput label={t('facilities.land')} width="short" inputMode="numeric" value={typed.landM2} onText={(landM2) => set({ landM2 })} hint={Number.isFinite(land) && land > 0 ? t('facilities.norm-is', { count: normPlaces(land, typed.terrain) }) : undefined} />
        <TextInput label={t('facilities.places')} width="short" inputMode="numeric" value={typed.places} onText={(places) => set({ places })} />
        <TextInput label={t('facilities.beds')} width="short" inputMode="numeric" value={typed.beds} onText={(beds) => set({ beds })} />
      </div>
      <TextInput label={t('facilities.decision')} optional value={typed.decision} onText={(decision) => set({ decision })} maxLength={120} />
    </>
  );
}
