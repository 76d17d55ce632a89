import { useState } from 'react';
import type { Problem } from '#web/api.ts';
import { day, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, Notice, ProblemNotice, Skeleton, type FormError } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { isPlainDate } from '#kernel/day.ts';
import { recordCommittee, type CommitteePage, type Office } from '../schema.ts';
import type { CommitteeRefusal } from '../rules.ts';
import { bodyOf, draftOf, faultOf, type CommitteeDraft, type Fault } from './committee-draft.ts';
import { DocumentFields } from './document-fields.tsx';
import { MeetingsEditor } from './meetings-editor.tsx';
import { SeatsEditor } from './seats-editor.tsx';

type CommitteeFormProps = { readonly page: CommitteePage; readonly offices: readonly Office[]; readonly onDone: () => void; readonly onReload: () => void; readonly onClose: () => void };

const said = (faults: readonly Fault[]): FormError[] => faults.map((one) => ({ field: one.field, text: sayKey(one.key, shownFacts(one.facts)) }));
/** Days in a refusal are said as people write them. */
const shownFacts = (facts: Fault['facts']): Fault['facts'] => Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' && isPlainDate(value) ? day(value) : value]));

/** A refusal that belongs to a field of this form; undefined for every other one (no network, no right). */
function asRefusal(problem: Problem): CommitteeRefusal | undefined {
  const { code } = problem;
  switch (code) {
    case 'committee-decided-in-future': case 'committee-chair-missing': case 'committee-chair-twice': case 'committee-meeting-in-future': case 'committee-meeting-before-decision': return { code };
    case 'committee-decided-too-early': return { code, earliest: String(problem['earliest'] ?? '') };
    case 'committee-seat-office-unknown': return { code, office: String(problem['office'] ?? '') };
    default: return undefined;
  }
}

/** Records the decision, the seats by post and the meetings, or corrects them. What is typed stays on this device until it is sent. */
export function CommitteeForm({ page, offices, onDone, onReload, onClose }: CommitteeFormProps) {
  const [initial] = useState(() => draftOf(page));
  const draft = useDraft<CommitteeDraft>(`committee:${page.province}:${page.term}`, initial);
  const save = useCommand(recordCommittee);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const revision = page.recorded?.revision ?? 0;
  const form = draft.value;
  const set = (changes: Partial<CommitteeDraft>): void => draft.set((before) => ({ ...before, ...changes }));
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const body = bodyOf(form, today());
    if (!body.ok) { setErrors(said(body.problem.faults)); return; }
    setErrors([]);
    const answer = await save.run({ params: { province: page.province }, body: body.value });
    if (answer.ok) {
      await draft.clear();
      toast(t('org-units.committee-saved'));
      onDone();
      return;
    }
    const refusal = asRefusal(answer.problem);
    if (refusal !== undefined) setErrors(said([faultOf(refusal, form, today())]));
    if (answer.problem.code === 'committee-revision-stale') onReload();
  };
  if (!draft.ready) return <Card title={t('org-units.form-title')}><Skeleton lines={6} /></Card>;
  const stale = form.baseRevision !== revision;
  return (
    <Card title={page.recorded === null ? t('org-units.record-first') : t('org-units.correct')} say={t('org-units.form-say')}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ErrorSummary errors={errors} />
        <RestoredNotice draft={draft} />
        {stale && <Notice tone="warn" live><p>{t('org-units.stale', { revision })} <button type="button" className="linkish" onClick={() => { set({ baseRevision: revision }); save.clear(); }}>{t('org-units.stale-go-on')}</button></p></Notice>}
        {save.problem !== undefined && asRefusal(save.problem) === undefined && save.problem.code !== 'committee-revision-stale' && <ProblemNotice problem={save.problem} onRetry={() => void send()} />}
        <h3 style={{ marginBottom: 'var(--s3)' }}>{t('org-units.decision-title')}</h3>
        <div className="grid2">
          <TextInput id="c-number" label={t('org-units.decision')} hint={t('org-units.decision-hint')} value={form.decisionNumber} onText={(decisionNumber) => set({ decisionNumber })} error={errorOf('c-number')} maxLength={80} autoComplete="off" />
          <DateInput id="c-decided" label={t('org-units.decided-on')} value={form.decidedOn === '' ? undefined : form.decidedOn} max={today()} onDay={(value) => set({ decidedOn: value ?? '' })} error={errorOf('c-decided')} />
        </div>
        <TextInput id="c-signer" label={t('org-units.signer')} hint={t('org-units.signer-hint')} value={form.signerPost} onText={(signerPost) => set({ signerPost })} error={errorOf('c-signer')} maxLength={120} autoComplete="off" />
        <DocumentFields url={form.documentUrl} hash={form.documentHash} error={errorOf('c-url')} onUrl={(documentUrl) => set({ documentUrl })} onHash={(documentHash) => set({ documentHash })} />
        <SeatsEditor seats={form.seats} province={page.province} offices={offices} errorOf={errorOf} onSeats={(seats) => set({ seats })} />
        <MeetingsEditor meetings={form.meetings} errorOf={errorOf} onMeetings={(meetings) => set({ meetings })} />
        <div className="actions">
          <Button type="submit" look="primary" busy={save.busy} disabled={stale}>{t('org-units.save-committee')}</Button>
          <Button onClick={onClose}>{t('org-units.close-form')}</Button>
          <SavedMark draft={draft} />
        </div>
      </form>
    </Card>
  );
}
