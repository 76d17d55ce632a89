import { useEffect, useState } from 'react';
import { moment, number } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, Pairs } from '#web/kit/card.tsx';
import { Checkbox, TextArea } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { useQuery } from '#web/query.ts';
import { getReturnForm, type QueueRow, type ReturnForm, type Step } from '../schema.ts';
import { outlineOf } from '../entry/boxes.ts';
import type { Made } from './use-decisions.ts';
import { pathOf } from './use-return.ts';
import { fullName, periodName, say, shown } from './words.ts';

type DetailProps = { readonly row: QueueRow; readonly step: Step; readonly returning: boolean; readonly onReturning: (open: boolean) => void; readonly onDecide: (made: Made) => void };

/** One return before its reviewer: what is unusual, what moved since an approval, what the unit says, and the figures beside last time's. */
export function QueueDetail({ row, step, returning, onReturning, onDecide }: DetailProps) {
  const { attribute, ...params } = row.key;
  const form = useQuery(getReturnForm, { params, query: attribute === '' ? {} : { attribute } });
  const [sections, setSections] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  useEffect(() => { if (returning) document.getElementById('ly-do')?.focus(); }, [returning]); // a browser heeds autofocus once a page
  const part = [...sections];
  const approve = (): void => onDecide({ rows: [row], step, verdict: step === 'ministry' ? 'accept' : 'approve', sections: part });
  return (
    <Card title={`${named(row.unit)}, ${periodName(row.key.period).toLowerCase()}`} say={t('returns.sent-at', { at: moment(row.sentAt), rev: row.rev })} tools={<LinkButton size="small" to={pathOf(row.key)}>{t('returns.open-whole')}</LinkButton>}
      footer={row.mayDecide ? (
        <div className="row"><Button look="primary" onClick={approve}>{part.length === 0 ? t(step === 'ministry' ? 'returns.accept' : 'returns.approve') : t('returns.approve-part', { count: part.length })} <kbd>A</kbd></Button><Button look="danger" onClick={() => onReturning(true)}>{t('returns.give-back')} <kbd>R</kbd></Button><span className="small muted"><kbd>J</kbd> <kbd>K</kbd> {t('returns.keys-move')}</span></div>
      ) : <p>{t('returns.own-work')}</p>}>
      <div className="stack">
        {returning && (
          <Notice tone="warn">
            <TextArea id="ly-do" label={t('returns.reason')} hint={t('returns.reason-hint')} value={reason} onText={setReason} rows={3} />
            <div className="actions"><Button look="danger" disabled={reason.trim().length < 3} onClick={() => onDecide({ rows: [row], step, verdict: 'return', sections: part, reason: reason.trim() })}>{t('returns.give-back-send')}</Button><Button onClick={() => onReturning(false)}>{t('kit.cancel')}</Button></div>
          </Notice>
        )}
        <Unusual row={row} />
        {row.moved !== null && <MovedTable row={row} />}
        <RemoteView of={form}>{(value) => <Figures form={value} row={row} sections={sections} onSections={setSections} />}</RemoteView>
      </div>
    </Card>
  );
}

function Unusual({ row }: { readonly row: QueueRow }) {
  if (row.jumps.length === 0 && row.openViolations === 0 && row.explainedViolations === 0) return <p><StatusBadge kind="fair" bare>{t('returns.plain')}</StatusBadge></p>;
  return (
    <div>
      <Pairs pairs={[[t('returns.open-violations'), number(row.openViolations)], [t('returns.explained-violations'), number(row.explainedViolations)], [t('returns.no-data-cells'), number(row.noData)]]} />
      {row.jumps.length > 0 && <ul className="small">{row.jumps.map((jump) => <li key={jump.slot}><StatusBadge kind={jump.explained ? 'fair' : 'warn'} bare>{t('returns.jump', { name: say(jump.name), value: number(jump.value, 3), usual: number(jump.usual, 1) })}</StatusBadge></li>)}</ul>}
    </div>
  );
}

const MovedTable = ({ row }: { readonly row: QueueRow }) => (
  <div className="scroll" role="group" tabIndex={0} aria-label={t('returns.moved', { count: row.movedCount })}><table className="tbl"><caption>{t('returns.moved', { count: row.movedCount })}</caption>
    <thead><tr><th scope="col">{t('returns.col-element')}</th><th scope="col" className="num">{t('returns.approved-value')}</th><th scope="col" className="num">{t('returns.now')}</th></tr></thead>
    <tbody>{(row.moved ?? []).map((one) => <tr key={one.slot}><th scope="row">{say(one.name)}</th><td className="num">{shown(one.before)}</td><td className="num"><b>{shown(one.after)}</b></td></tr>)}</tbody>
  </table>{row.movedCount > (row.moved?.length ?? 0) && <p className="small"><A to={pathOf(row.key, '/lich-su')}>{t('returns.moved-all')}</A></p>}</div>
);

type FiguresProps = { readonly form: ReturnForm; readonly row: QueueRow; readonly sections: ReadonlySet<string>; readonly onSections: (sections: ReadonlySet<string>) => void };
function Figures({ form, row, sections, onSections }: FiguresProps) {
  const outline = outlineOf(form);
  const at = new Map(form.slots.map((slot, index) => [slot, index]));
  const jumps = new Set(row.jumps.map((jump) => jump.slot));
  const texts = [...form.explanations.map((one) => ({ slot: one.slot, text: one.text })), ...form.notes, ...form.prefillReasons];
  return (
    <>
      {texts.length > 0 && <div><h3>{t('returns.unit-says')}</h3><ul className="small">{texts.map((one, index) => <li key={index}><b>{outline.boxes.find((box) => box.slot === one.slot)?.number ?? ''}</b> {one.text}</li>)}</ul></div>}
      {outline.sections.map((section) => (
        <details key={section.id} open={section.boxes.some((box) => jumps.has(box.slot))}>
          <summary><b>{section.number}. {say(section.name)}</b> {row.sectionsApproved.includes(section.id) && <StatusBadge kind="done" bare>{t('returns.section-approved')}</StatusBadge>}</summary>
          {row.mayDecide && outline.sections.length > 1 && <Checkbox label={t('returns.only-this-section')} checked={sections.has(section.id)} onCheck={(checked) => { const next = new Set(sections); if (checked) next.add(section.id); else next.delete(section.id); onSections(next); }} />}
          <div className="scroll" role="group" tabIndex={0} aria-label={say(section.name)}><table className="tbl"><caption className="vh">{say(section.name)}</caption>
            <thead><tr><th scope="col" className="hide-s">{t('returns.col-number')}</th><th scope="col">{t('returns.col-element')}</th><th scope="col" className="num">{t('returns.last-period')}</th><th scope="col" className="num">{t('returns.this-period')}</th></tr></thead>
            <tbody>{section.boxes.map((box) => <tr key={box.slot}><td className="hide-s">{box.number}</td><th scope="row">{fullName(box)}</th><td className="num">{shown(box.last)}</td><td className={`num${jumps.has(box.slot) ? ' c-warn' : ''}`}><b>{shown(form.current[at.get(box.slot) ?? -1] ?? null)}</b></td></tr>)}</tbody>
          </table></div>
        </details>
      ))}
    </>
  );
}
