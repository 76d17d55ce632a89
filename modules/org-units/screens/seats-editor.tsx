import { useEffect, useRef } from 'react';
import { call } from '#web/api.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { searchUnits, type Office } from '../schema.ts';
import { newSeat, seatField, seatRoles, type SeatDraft } from './committee-draft.ts';
import { matches, saySeat } from './words.ts';

type SeatsEditorProps = { readonly seats: readonly SeatDraft[]; readonly province: string; readonly offices: readonly Office[]; readonly errorOf: (field: string) => string | undefined; readonly onSeats: (seats: readonly SeatDraft[]) => void };

/** One line a seat. A seat belongs to a post of an office; a name is optional and is the only thing about a person that is kept. */
export function SeatsEditor({ seats, province, offices, errorOf, onSeats }: SeatsEditorProps) {
  const list = useRef<HTMLOListElement>(null);
  const added = useRef(false);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    list.current?.lastElementChild?.querySelector('select')?.focus();
  });
  const change = (key: string, changes: Partial<SeatDraft>): void => onSeats(seats.map((seat) => (seat.key === key ? { ...seat, ...changes } : seat)));
  return (
    <fieldset className="field">
      <legend>{t('org-units.seats-title', { count: seats.length })}</legend>
      <p className="hint">{t('org-units.seats-hint')}</p>
      {errorOf('c-seat-add') !== undefined && <p className="err">{errorOf('c-seat-add')}</p>}
      <ol className="stack" ref={list}>
        {seats.map((seat, at) => <SeatLine key={seat.key} seat={seat} at={at} offices={offices} errorOf={errorOf} onChange={(changes) => change(seat.key, changes)} onRemove={() => onSeats(seats.filter((one) => one.key !== seat.key))} />)}
      </ol>
      <p className="actions">
        <Button id="c-seat-add" icon="plus" onClick={() => { added.current = true; onSeats([...seats, newSeat(seats.some((seat) => seat.role === 'chair') ? 'member' : 'chair', `UBND:${province}`)]); }}>{t('org-units.seat-add')}</Button>
      </p>
    </fieldset>
  );
}

type SeatLineProps = { readonly seat: SeatDraft; readonly at: number; readonly offices: readonly Office[]; readonly errorOf: (field: string) => string | undefined; readonly onChange: (changes: Partial<SeatDraft>) => void; readonly onRemove: () => void };

function SeatLine({ seat, at, offices, errorOf, onChange, onRemove }: SeatLineProps) {
  const office = offices.find((one) => one.id === seat.office);
  const posts = `${seatField(seat, 'post')}-known`;
  const load = async (typed: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const near = offices.filter((one) => matches(typed, one.nameVi, one.nameEn, one.id)).map((one) => ({ value: one.id, label: named(one) }));
    if (typed.trim() === '' || near.length > 4) return near;
    const answer = await call(searchUnits, { query: { q: typed, limit: 20, former: 'no' } }, { signal });
    const found = answer.ok ? answer.value.hits.filter((hit) => hit.kind === 'office' && !near.some((one) => one.value === hit.code)).map((hit) => ({ value: hit.code, label: named(hit), hint: hit.placeVi })) : [];
    return [...near, ...found];
  };
  return (
    <li className="card"><div className="body" role="group" aria-label={t('org-units.seat-line', { at: at + 1, role: saySeat(seat.role) })}>
      <div className="row between"><b>{t('org-units.seat-line', { at: at + 1, role: saySeat(seat.role) })}</b><IconButton icon="close" label={t('org-units.seat-remove', { at: at + 1 })} onClick={onRemove} /></div>
      <div className="grid2">
        <Select id={seatField(seat, 'role')} label={t('org-units.seat-role')} value={seat.role} choices={seatRoles.map((role) => ({ value: role, label: saySeat(role) }))} onChoose={(role) => onChange({ role })} error={errorOf(seatField(seat, 'role'))} />
        <Combobox id={seatField(seat, 'office')} label={t('org-units.office')} value={seat.office === '' ? undefined : { value: seat.office, label: office === undefined ? seat.office : named(office) }} load={load} onPick={(option) => onChange({ office: option?.value ?? '' })} error={errorOf(seatField(seat, 'office'))} />
        <TextInput id={seatField(seat, 'post')} label={t('org-units.seat-post')} value={seat.post} onText={(post) => onChange({ post })} list={posts} error={errorOf(seatField(seat, 'post'))} maxLength={120} autoComplete="off" />
        <TextInput label={t('org-units.seat-holder')} optional value={seat.holder} onText={(holder) => onChange({ holder })} maxLength={120} autoComplete="off" />
      </div>
      <datalist id={posts}>{(office?.posts ?? []).map((post) => <option key={post.id} value={post.nameVi} />)}</datalist>
    </div></li>
  );
}
