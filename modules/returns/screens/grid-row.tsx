import { memo, useEffect, useRef, useState } from 'react';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { IconButton } from '#web/kit/button.tsx';
import { Icon } from '#web/kit/icon.tsx';
import type { CellValue } from '../schema.ts';
import { explanationField, prefillField } from '../entry/answers.ts';
import type { Box } from '../entry/boxes.ts';
import type { Finding } from '../entry/live-rules.ts';
import { editText } from '../entry/typed.ts';
import { looksPersonal } from '#kernel/personal.ts';
import type { GridStore } from './grid-store.ts';
import { useRow } from './use-grid.ts';
import { registerName, say, sayFinding, shown, totalOf } from './words.ts';

export const boxId = (slot: number): string => `o-${slot}`;
const textOfValue = (value: CellValue): string => (value === null ? '' : value === 'no-data' ? t('returns.no-data-short') : number(value, 3));

type RowProps = { readonly store: GridStore; readonly box: Box; readonly readOnly: boolean; readonly lastLabel: string; readonly onHelp: (box: Box) => void };

/**
 * One row. Its text lives in the input, so a key draws nothing; the row is drawn again when its verdict changes. Each input is a form of its
 * own: what fills in addresses looks, at every focus, at all inputs of one form, and sixty of them took a third of a key.
 */
export const GridRow = memo(function GridRow({ store, box, readOnly, lastLabel, onHelp }: RowProps) {
  useRow(store, box.slot);
  const input = useRef<HTMLInputElement>(null);
  const entered = useRef<{ value: CellValue; text: string } | undefined>(undefined);
  const value = store.valueOf(box.slot);
  const problem = store.problemOf(box.slot);
  const findings = store.findingsAt(box.slot);
  const version = store.versionOf(box.slot);
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    const focused = document.activeElement === element;
    const text = problem?.text ?? (focused ? editText(store.valueOf(box.slot), store.decimalMark) : textOfValue(store.valueOf(box.slot)));
    element.value = text;
    if (focused) {
      element.select();
      entered.current = { value: store.valueOf(box.slot), text };
    }
  }, [store, box.slot, version]); // not at each key: the text of a box being typed in is the person's
  const bad = problem !== undefined || findings.some((finding) => finding.severity === 'hard');
  const warned = findings.some((finding) => finding.severity === 'soft' && store.explanationOf(finding) === '');
  const prefilled = box.prefill !== null && value === box.prefill.value;
  const told = `${boxId(box.slot)}-why`;
  return (
    <tr className={box.part ? 'sub' : undefined}>
      <td className="c-no">{box.number}</td>
      <th scope="row" className="c-nm">
        <label htmlFor={boxId(box.slot)}>{say(box.name)}{box.compulsory && <span className="muted" title={t('returns.compulsory')}>{'\u00a0*'}</span>}</label>
        <span className="rowhelp"><IconButton icon="info" label={t('returns.help-of', { name: say(box.name) })} onClick={() => onHelp(box)} /></span>
        <div id={told}>
          {problem && <TextTrouble store={store} box={box} />}
          {findings.map((finding) => <FindingLine key={finding.rule} store={store} finding={finding} readOnly={readOnly} />)}
          {box.prefill !== null && <PrefillLine store={store} box={box} readOnly={readOnly} />}
        </div>
      </th>
      <td className="c-un muted">{say(box.element.unit)}</td>
      <td className="num c-pv muted" data-l={lastLabel}>{shown(box.last)}</td>
      <td className="num c-in"><form>
        <input
          ref={input} id={boxId(box.slot)} data-slot={box.slot} className={`cell${bad ? ' err' : warned ? ' wrn' : prefilled ? ' auto' : ''}${value === 'no-data' ? ' nod' : ''}`} inputMode="decimal" enterKeyHint="next" autoComplete="off"
          readOnly={readOnly} aria-describedby={told} aria-invalid={bad || undefined}
          onFocus={(event) => {
            const element = event.currentTarget;
            const text = store.problemOf(box.slot)?.text ?? editText(store.valueOf(box.slot), store.decimalMark);
            entered.current = { value: store.valueOf(box.slot), text };
            if (!readOnly && element.value !== text) element.value = text;
            element.select();
            store.enter(box);
          }}
          onInput={(event) => store.type(box, event.currentTarget.value)}
          onBlur={(event) => {
            const text = event.currentTarget.value;
            if (!readOnly && entered.current !== undefined && text !== entered.current.text) store.commit(box, text, entered.current.value);
            entered.current = undefined;
            const rests = textOfValue(store.valueOf(box.slot));
            if (store.problemOf(box.slot) === undefined && text !== rests) event.currentTarget.value = rests;
          }}
        />
      </form></td>
      <td className="num c-ct muted" data-l={t('returns.year-to-date')}>{shown(totalOf(box))}</td>
    </tr>
  );
});

/** A text that is no value yet: asked about with both readings, or told why it cannot be one. */
function TextTrouble({ store, box }: { readonly store: GridStore; readonly box: Box }) {
  const problem = store.problemOf(box.slot);
  if (problem === undefined) return null;
  if (problem.code !== 'ask') return <div className="why bad"><Icon name="bad" size={14} /><span>{sayKey(`typed.${problem.code}`, { text: problem.text })}</span></div>;
  const { whole = 0, decimal = 0 } = problem;
  return (
    <div className="why bad"><Icon name="bad" size={14} /><span className="asktag">{t('returns.ask-number', { text: problem.text })}
      {[whole, decimal].map((choice) => <button key={choice} type="button" className="linkish" onClick={() => store.apply('typed', [[box.slot, choice]])}>{number(choice, 3)}</button>)}
    </span></div>
  );
}

function FindingLine({ store, finding, readOnly }: { readonly store: GridStore; readonly finding: Finding; readonly readOnly: boolean }) {
  const [open, setOpen] = useState(false);
  const soft = finding.severity === 'soft';
  const explained = store.explanationOf(finding);
  const name = explanationField(finding.rule, finding.kind === 'unusual' ? finding.slot : 0);
  return (
    <div className={`why ${soft ? (explained === '' ? 'warn' : 'info') : 'bad'}`}><Icon name={soft ? 'warn' : 'bad'} size={14} /><span>{sayFinding(finding, store)}{' '}
      {readOnly && explained !== '' && <>{t('returns.explanation')}: {explained}</>}
      {soft && !readOnly && <button type="button" className="linkish" aria-expanded={open} onClick={() => setOpen(!open)}>{t(explained === '' ? 'returns.explain' : 'returns.explained')}</button>}
      {soft && !readOnly && open && <Sentence label={t('returns.explanation')} initial={explained} onText={(text) => store.say(name, text, finding.slot)} />}
    </span></div>
  );
}

/** Where a prefilled figure comes from; another one is asked for its reason, and shown with it ever after. */
function PrefillLine({ store, box, readOnly }: { readonly store: GridStore; readonly box: Box; readonly readOnly: boolean }) {
  const differs = store.differs(box);
  const reason = store.reasonOf(box.slot);
  if (readOnly && !differs) return null;
  const facts = { register: registerName(box), value: shown(box.prefill?.value ?? null) };
  const asks = differs && !readOnly;
  return (
    <div className={`why ${asks && reason.trim() === '' ? 'warn' : 'info'}`}><Icon name={asks && reason.trim() === '' ? 'warn' : 'info'} size={14} /><span>{t(!differs ? 'returns.prefilled' : asks ? 'returns.prefill-changed' : 'returns.prefill-differs', facts)}{differs && readOnly && reason !== '' && ` ${t('returns.prefill-because', { reason })}`}
      {asks && <Sentence label={t('returns.prefill-reason')} initial={reason} onText={(text) => store.say(prefillField(box.slot), text, box.slot)} />}
    </span></div>
  );
}

/** One sentence beside a figure. It says when it holds a number of a person, which no return may (SECURITY E1). */
export function Sentence({ label, initial, onText }: { readonly label: string; readonly initial: string; readonly onText: (text: string) => void }) {
  const [text, setText] = useState(initial);
  return (
    <>
      <textarea className="in" rows={2} aria-label={label} maxLength={1000} value={text} onInput={(event) => { setText(event.currentTarget.value); onText(event.currentTarget.value); }} />
      {looksPersonal(text) && <span className="c-bad" role="alert">{t('returns.personal-note')}</span>}
    </>
  );
}
