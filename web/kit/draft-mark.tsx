import { clock, moment } from '../i18n/format.ts';
import { t } from '../i18n/words.ts';
import type { Draft } from '../offline/draft.ts';
import { Icon } from './icon.tsx';
import { Notice } from './notice.tsx';

/** "Saved on this device 09:41", beside a form's buttons. */
export const SavedMark = ({ draft }: { readonly draft: Pick<Draft<unknown>, 'savedAt'> }) => (
  <span className="saved" role="status">{draft.savedAt !== undefined && <><Icon name="ok" />{t('kit.draft-saved', { at: clock(draft.savedAt) })}</>}</span>
);

/** Above a form that was begun earlier: it can be thrown away. */
export const RestoredNotice = ({ draft }: { readonly draft: Pick<Draft<unknown>, 'restored' | 'savedAt' | 'clear'> }) => (draft.restored && draft.savedAt !== undefined ? (
  <Notice><p>{t('kit.draft-restored', { at: moment(draft.savedAt) })} <button type="button" className="linkish" onClick={() => void draft.clear()}>{t('kit.draft-discard')}</button></p></Notice>
) : null);
