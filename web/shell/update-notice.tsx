import { useEffect, useState } from 'react';
import { t } from '../i18n/words.ts';
import { Notice } from '../kit/notice.tsx';
import { startServiceWorker } from '../service-worker/register.ts';

/** Registers the service worker; tells when a new build waits and changes over only when the person says so. */
export function UpdateNotice() {
  const [change, setChange] = useState<() => void>();
  useEffect(() => startServiceWorker((apply) => setChange(() => apply)), []);
  if (!change) return null;
  return <Notice live><p>{t('shell.update')} <button type="button" className="linkish" onClick={change}>{t('shell.update-now')}</button></p></Notice>;
}
