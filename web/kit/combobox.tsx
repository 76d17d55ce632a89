import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../i18n/words.ts';
import { Field, type FieldBase } from './field.tsx';

export type Option = { readonly value: string; readonly label: string; readonly hint?: string };

type ComboboxProps = FieldBase & {
  readonly value: Option | undefined;
  readonly onPick: (option: Option | undefined) => void;
  /** Answers for what was typed ('' when just opened); an earlier answer that comes late is dropped. */
  readonly load: (typed: string, signal: AbortSignal) => Promise<readonly Option[]>;
  readonly placeholder?: string;
  /** Empties the box after a pick, to add several one after another (see `Chips`). */
  readonly clearOnPick?: boolean;
};

type Found = { readonly options: readonly Option[]; readonly state: 'closed' | 'loading' | 'open' };

/** A box that offers answers while one types (WAI-ARIA combobox with a list). */
export function Combobox({ value, onPick, load, placeholder, clearOnPick = false, ...field }: ComboboxProps) {
  const [typed, setTyped] = useState<string>();
  const [found, setFound] = useState<Found>({ options: [], state: 'closed' });
  const [at, setAt] = useState(-1);
  const listId = useId();
  const stop = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => { stop.current?.abort(); clearTimeout(timer.current); }, []);

  const ask = (text: string, delay: number): void => {
    stop.current?.abort();
    clearTimeout(timer.current);
    const own = new AbortController();
    stop.current = own;
    setFound((before) => ({ options: before.options, state: 'loading' }));
    timer.current = setTimeout(() => {
      void load(text, own.signal).then((options) => {
        if (own.signal.aborted) return;
        setFound({ options, state: 'open' });
        setAt(options.length > 0 && text !== '' ? 0 : -1);
      });
    }, delay);
  };
  const close = (): void => {
    stop.current?.abort();
    clearTimeout(timer.current);
    setTyped(undefined);
    setAt(-1);
    setFound({ options: [], state: 'closed' });
  };
  const pick = (option: Option | undefined): void => { onPick(option); close(); };
  const onKey = (event: KeyboardEvent): void => {
    const open = found.state !== 'closed';
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) ask(typed ?? '', 0);
      else if (found.options.length > 0) setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : -1) + found.options.length) % found.options.length);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const option = found.options[at];
      if (option) pick(option);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const text = typed ?? (clearOnPick ? '' : (value?.label ?? ''));
  return (
    <Field {...field}>
      {(wiring) => (
        <div className="combo">
          <input
            {...wiring} className="in" type="text" role="combobox" autoComplete="off" spellCheck={false} placeholder={placeholder} value={text}
            aria-expanded={found.state !== 'closed'} aria-controls={listId} aria-autocomplete="list" {...(at >= 0 ? { 'aria-activedescendant': `${listId}-${at}` } : {})}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              if (event.currentTarget.value === '' && !clearOnPick) onPick(undefined);
              ask(event.currentTarget.value, 120);
            }}
            onClick={() => { if (found.state === 'closed') ask(typed ?? '', 0); }}
            onKeyDown={onKey}
            onBlur={close}
          />
          <OptionList id={listId} found={found} at={at} onPick={pick} label={typeof field.label === 'string' ? field.label : t('kit.options')} />
        </div>
      )}
    </Field>
  );
}

function OptionList({ id, found, at, onPick, label }: { readonly id: string; readonly found: Found; readonly at: number; readonly onPick: (option: Option) => void; readonly label: string }) {
  useEffect(() => { document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }); }, [id, at]);
  const none = found.options.length === 0;
  return (
    <>
      <div className={found.state === 'closed' || none ? 'vh' : 'list'} role="listbox" id={id} aria-label={label}>
        {found.options.map((option, index) => (
          <div key={option.value} id={`${id}-${index}`} role="option" aria-selected={index === at} className="opt" onMouseDown={(event) => { event.preventDefault(); onPick(option); }}>
            {option.label}{option.hint !== undefined && <small>{option.hint}</small>}
          </div>
        ))}
      </div>
      {found.state !== 'closed' && none && <div className="list"><div className="say">{found.state === 'loading' ? t('kit.searching') : t('kit.nothing-found')}</div></div>}
      <span className="vh" role="status">{found.state === 'open' ? t('kit.options-count', { count: found.options.length }) : ''}</span>
    </>
  );
}
