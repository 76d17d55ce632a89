import { useMemo, useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select } from '#web/kit/field.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { pastedValues, type PasteRow, planPaste } from '../entry/paste.ts';
import type { Marks } from '../entry/typed.ts';
import type { GridStore } from './grid-store.ts';
import { fullName, shown } from './words.ts';

type PasteProps = { readonly store: GridStore; readonly text: string; readonly from: number; readonly onClose: (written: boolean) => void };

/** What a paste would write, row by row, before it does: Enter confirms, and the whole paste is one undo. */
export function PasteDialog({ store, text, from, onClose }: PasteProps) {
  const [column, setColumn] = useState<number>();
  const [marks, setMarks] = useState<Marks>();
  const plan = useMemo(() => planPaste(text, { boxes: store.outline.boxes, values: store.values, from, ...(column === undefined ? {} : { column }), ...(marks === undefined ? {} : { marks }) }), [text, from, column, marks, store]);
  const confirm = (): void => {
    store.apply('pasted', pastedValues(plan));
    onClose(true);
  };
  return (
    <Dialog open kind="wide" title={t('returns.paste-title')} onClose={() => onClose(false)}
      footer={<><Button onClick={() => onClose(false)}>{t('kit.cancel')}</Button><Button look="primary" autoFocus disabled={plan.sets === 0} onClick={confirm}>{t('returns.paste-confirm', { count: plan.sets })}</Button></>}>
      <p>{t(plan.by === 'names' ? 'returns.paste-by-names' : 'returns.paste-by-place', { line: store.outline.boxes[from]?.number ?? '' })}</p>
      {plan.left > 0 && <Notice tone="warn"><p>{t('returns.paste-left', { count: plan.left })}</p></Notice>}
      {plan.marks !== 'unknown' && <p className="small muted">{t(plan.marks === 'comma-decimal' ? 'returns.marks-comma' : 'returns.marks-point')}</p>}
      {(plan.rows.some((row) => row.verdict === 'ask') || marks !== undefined) && (
        <Select label={t('returns.marks-ask')} value={marks ?? 'unknown'} onChoose={(value) => setMarks(value)}
          choices={[{ value: 'unknown', label: t('returns.marks-choose') }, { value: 'comma-decimal', label: t('returns.marks-comma-choice') }, { value: 'point-decimal', label: t('returns.marks-point-choice') }]} />
      )}
      {plan.columns.length > 1 && <Select label={t('returns.paste-column')} value={String(plan.column)} onChoose={(value) => setColumn(Number(value))} choices={plan.columns.map((at) => ({ value: String(at), label: t('returns.paste-column-n', { n: at + 1 }) }))} />}
      <div className="scroll"><table className="tbl plan">
        <caption className="vh">{t('returns.paste-title')}</caption>
        <thead><tr><th scope="col">{t('returns.col-row')}</th><th scope="col">{t('returns.paste-text')}</th><th scope="col">{t('returns.col-element')}</th><th scope="col" className="num">{t('returns.before')}</th><th scope="col" className="num">{t('returns.after')}</th><th scope="col">{t('returns.verdict')}</th></tr></thead>
        <tbody>{plan.rows.map((row) => <PlanRow key={row.row} row={row} />)}</tbody>
      </table></div>
    </Dialog>
  );
}

const kindOf = (verdict: PasteRow['verdict']): 'ok' | 'idle' | 'warn' | 'bad' => {
  if (verdict === 'set') return 'ok';
  if (verdict === 'same' || verdict === 'heading' || verdict === 'blank') return 'idle';
  return verdict === 'ask' || verdict === 'beyond-end' || verdict === 'no-box' ? 'warn' : 'bad';
};

const PlanRow = ({ row }: { readonly row: PasteRow }) => (
  <tr>
    <td className="at">{row.row}</td><td className="given">{row.text}{row.name !== '' && <small>{row.name}</small>}</td><th scope="row">{row.box && `${row.box.number} ${fullName(row.box)}`}</th>
    <td className="num was">{row.box && shown(row.before)}</td><td className="num">{row.box && shown(row.after)}</td>
    <td className="says"><StatusBadge kind={kindOf(row.verdict)} bare>{sayKey(`paste.${row.verdict}`, { text: row.text }, sayKey(`typed.${row.verdict}`, { text: row.text }))}</StatusBadge>{row.as !== 'plain' && row.verdict === 'set' && <small>{sayKey(`read-as.${row.as}`)}</small>}</td>
  </tr>
);
