import { useState } from 'react';
import { download } from '#web/api.ts';
import { day, fileSize, moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { RadioGroup, TextArea, TextInput } from '#web/kit/field.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { EmptyState, ProblemNotice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { addEvidence, addEvidenceFile, type Evidence, type EvidenceKind, getEvidenceFile, type TaskView } from '../schema.ts';

const kinds = ['document', 'measured', 'declared'] as const satisfies readonly EvidenceKind[];
const gradeBadge = { measured: 'ok', document: 'fair', declared: 'warn' } as const;

/** Proof of the result, in grades: measured, document, declared (visibly the lowest). */
export function EvidenceCard({ view, onChange }: { readonly view: TaskView; readonly onChange: (view: TaskView) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Card title={t('directives.evidence')} say={view.resultMeasure === '' ? undefined : t('directives.result-asked', { measure: view.resultMeasure })}
      tools={view.may.addEvidence && !open && <Button size="small" icon="plus" onClick={() => setOpen(true)}>{t('directives.add-evidence')}</Button>}>
      {view.evidence.length === 0 && !open && <EmptyState title={t('directives.no-evidence')} icon="file">{t('directives.no-evidence-say')}</EmptyState>}
      <ul className="stack-s">{view.evidence.map((evidence) => <li key={evidence.id}><EvidenceLine view={view} evidence={evidence} /></li>)}</ul>
      {open && <EvidenceForm view={view} onClose={() => setOpen(false)} onDone={(next) => { setOpen(false); onChange(next); }} />}
    </Card>
  );
}

function EvidenceLine({ view, evidence }: { readonly view: TaskView; readonly evidence: Evidence }) {
  const { task } = view;
  return (
    <div>
      <StatusBadge kind={gradeBadge[evidence.kind]} bare>{sayKey(`evidence-kind.${evidence.kind}`)}</StatusBadge>{' '}
      {evidence.documentNumber !== null && <span className="b">{evidence.documentNumber} </span>}{evidence.documentDate !== null && <>{day(evidence.documentDate)} </>}
      {evidence.value !== null && <span className="b">{number(evidence.value, 4)} {evidence.unit ?? ''} </span>}
      {evidence.link !== null && <a href={evidence.link} rel="noreferrer noopener" target="_blank">{evidence.link}</a>}
      {evidence.fileName !== null && <Button size="small" look="quiet" icon="download" onClick={() => void download(getEvidenceFile, { params: { province: task.province, task: task.id, evidence: evidence.id } })}>{evidence.fileName} ({fileSize(evidence.bytes ?? 0)})</Button>}
      {evidence.note !== '' && <span> — {evidence.note}</span>}
      <p className="xs muted">{moment(evidence.at)}{evidence.sha256 !== null && <> · SHA-256 <code>{evidence.sha256.slice(0, 16)}…</code></>}</p>
    </div>
  );
}

function EvidenceForm({ view, onClose, onDone }: { readonly view: TaskView; readonly onClose: () => void; readonly onDone: (view: TaskView) => void }) {
  const [kind, setKind] = useState<EvidenceKind>('document');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [documentNumber, setNumber] = useState('');
  const [documentDate, setDate] = useState<string>();
  const [link, setLink] = useState('');
  const [value, setValue] = useState('');
  const [unit, setUnit] = useState('');
  const [note, setNote] = useState('');
  const plain = useCommand(addEvidence);
  const withFile = useCommand(addEvidenceFile);
  const params = { province: view.task.province, task: view.task.id };
  const file = files[0];
  const facts = { ...(documentNumber === '' ? {} : { documentNumber }), ...(documentDate === undefined ? {} : { documentDate }), ...(note === '' ? {} : { note }) };
  const send = async (): Promise<void> => {
    const amount = Number(value.replace(',', '.'));
    const answer = file !== undefined && kind === 'document'
      ? await withFile.run({ params, query: facts }, { file, fileName: file.name })
      : await plain.run({ params, body: { kind, ...facts, ...(link === '' ? {} : { link }), ...(value === '' || Number.isNaN(amount) ? {} : { value: amount }), ...(unit === '' ? {} : { unit }) } });
    if (answer.ok) onDone(answer.value);
  };
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <ProblemNotice problem={plain.problem ?? withFile.problem} />
      <RadioGroup label={t('directives.evidence-kind')} value={kind} onChoose={setKind} choices={kinds.map((one) => ({ value: one, label: sayKey(`evidence-kind.${one}`), hint: sayKey(`directives.evidence-hint-${one}`) }))} />
      {kind === 'document' && <><FileDrop label={t('directives.file')} hint={t('directives.evidence-file-hint')} maxBytes={50 * 1_048_576} files={files} onFiles={setFiles} />
        <div className="row"><TextInput label={t('directives.document-number')} optional value={documentNumber} onText={setNumber} maxLength={80} width="mid" /><DateInput label={t('directives.document-date')} optional value={documentDate} onDay={setDate} /></div>
        {file === undefined && <TextInput label={t('directives.link')} optional type="url" value={link} onText={setLink} maxLength={500} />}</>}
      {kind === 'measured' && <div className="row"><TextInput label={t('directives.value')} inputMode="decimal" width="short" value={value} onText={setValue} /><TextInput label={t('directives.unit')} width="short" value={unit} onText={setUnit} maxLength={60} /></div>}
      <TextArea label={t('directives.note')} optional={kind !== 'declared'} value={note} onText={setNote} rows={3} maxLength={2000} />
      <div className="row actions"><Button type="submit" look="primary" busy={plain.busy || withFile.busy}>{t('directives.add-evidence')}</Button><Button onClick={onClose}>{t('directives.cancel')}</Button></div>
    </form>
  );
}
