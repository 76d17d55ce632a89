import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/words.ts';
import { DateInput } from '../kit/date-input.tsx';
import { TextInput } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { useScope } from '../place.ts';
import type { ScopeSource, UnitChoice } from './config.ts';

export type ScopePanelProps = { readonly source: ScopeSource; readonly onClose: () => void };

/** Nation, then a province, then a commune; or typed. And the day whose units are meant. */
export function ScopePanel({ source, onClose }: ScopePanelProps) {
  const scope = useScope();
  const [typed, setTyped] = useState('');
  const [within, setWithin] = useState<UnitChoice>();
  const [units, setUnits] = useState<readonly UnitChoice[]>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.querySelector('input')?.focus(); }, []);
  useEffect(() => {
    const stop = new AbortController();
    const ask = typed.trim() !== '' ? source.search(typed, scope.asOf, stop.signal) : within ? source.communes(within.province, scope.asOf) : source.provinces(scope.asOf);
    void ask.then((found) => { if (!stop.signal.aborted) setUnits(found); });
    return () => stop.abort();
  }, [typed, within, scope.asOf, source]);
  const choose = (unit: UnitChoice | undefined): void => {
    scope.choose({ province: unit?.province, commune: unit?.commune });
    onClose();
  };
  const press = (unit: UnitChoice): void => {
    if (unit.commune === undefined && typed.trim() === '' && !within) setWithin(unit);
    else choose(unit);
  };
  return (
    <div className="scope-pop" role="dialog" aria-label={t('shell.scope')} ref={box}>
      <TextInput label={t('shell.scope-find')} value={typed} onText={setTyped} autoComplete="off" spellCheck={false} />
      <div className="path">
        <button type="button" className="linkish" onClick={() => choose(undefined)}>{t('shell.nation')}</button>
        {within && <><Icon name="right" size={12} /><button type="button" className="linkish" onClick={() => setWithin(undefined)}>{within.name}</button></>}
      </div>
      <div className="units">
        {within && typed.trim() === '' && <button type="button" onClick={() => choose(within)}><b>{t('shell.scope-all-communes')}</b></button>}
        {units?.map((unit) => (
          <button key={`${unit.province}${unit.commune ?? ''}`} type="button" aria-current={unit.commune === scope.commune && unit.province === scope.province ? 'true' : undefined} onClick={() => press(unit)}>
            <span>{unit.name}</span>{unit.hint !== undefined ? <span className="muted xs">{unit.hint}</span> : unit.commune === undefined && typed.trim() === '' && <Icon name="right" size={12} />}
          </button>
        ))}
        {units?.length === 0 && <p className="small muted" role="status">{t('kit.nothing-found')}</p>}
      </div>
      <DateInput label={t('shell.scope-as-of')} value={scope.asOf} onDay={(asOf) => scope.choose({ asOf })} optional />
    </div>
  );
}
