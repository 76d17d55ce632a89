import { today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { meetingField, newMeeting, type MeetingDraft } from './committee-draft.ts';

type MeetingsEditorProps = { readonly meetings: readonly MeetingDraft[]; readonly errorOf: (field: string) => string | undefined; readonly onMeetings: (meetings: readonly MeetingDraft[]) => void };

/** Meetings that were held, each with the document it ended in. */
export function MeetingsEditor({ meetings, errorOf, onMeetings }: MeetingsEditorProps) {
  const change = (key: string, changes: Partial<MeetingDraft>): void => onMeetings(meetings.map((meeting) => (meeting.key === key ? { ...meeting, ...changes } : meeting)));
  return (
    <fieldset className="field">
      <legend>{t('org-units.meetings')} <span className="optional">{t('kit.optional')}</span></legend>
      <ol className="stack-m">
        {meetings.map((meeting, at) => (
          <li key={meeting.key}><div className="row" style={{ alignItems: 'flex-start' }} role="group" aria-label={t('org-units.meeting-line', { at: at + 1 })}>
            <DateInput id={meetingField(meeting)} label={t('org-units.held-on')} value={meeting.heldOn === '' ? undefined : meeting.heldOn} max={today()} onDay={(value) => change(meeting.key, { heldOn: value ?? '' })} error={errorOf(meetingField(meeting))} />
            <div className="grow"><TextInput label={t('org-units.meeting-document')} hint={t('org-units.meeting-document-hint')} optional value={meeting.document} onText={(document) => change(meeting.key, { document })} maxLength={80} autoComplete="off" /></div>
            <IconButton icon="close" label={t('org-units.meeting-remove', { at: at + 1 })} onClick={() => onMeetings(meetings.filter((one) => one.key !== meeting.key))} />
          </div></li>
        ))}
      </ol>
      <p className="actions"><Button id="c-meeting-add" icon="plus" onClick={() => onMeetings([...meetings, newMeeting()])}>{t('org-units.meeting-add')}</Button></p>
    </fieldset>
  );
}
