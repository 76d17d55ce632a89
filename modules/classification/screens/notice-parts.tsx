import { t } from '#web/i18n/words.ts';
import { Notice } from '#web/kit/notice.tsx';

/** A demonstration says so on every public page. */
export const SyntheticLine = ({ synthetic }: { readonly synthetic: boolean }) => (synthetic ? <div className="filters"><Notice tone="warn"><p>{t('classification.synthetic')}</p></Notice></div> : null);
