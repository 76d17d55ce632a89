import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { TextInput } from '#web/kit/field.tsx';

type DocumentFieldsProps = { readonly url: string; readonly hash: string | null; readonly error: string | undefined; readonly onUrl: (url: string) => void; readonly onHash: (hash: string | null) => void };

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The evidence: where the signed decision is published, and the digest of its file, worked out on this device. The file is not sent. */
export function DocumentFields({ url, hash, error, onUrl, onHash }: DocumentFieldsProps) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [fault, setFault] = useState<string>();
  const take = async (chosen: readonly File[]): Promise<void> => {
    setFiles(chosen);
    setFault(undefined);
    const file = chosen[0];
    if (file === undefined) { onHash(null); return; }
    try {
      onHash(hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
    } catch {
      setFault(t('org-units.hash-failed'));
    }
  };
  return (
    <>
      <TextInput id="c-url" type="url" label={t('org-units.document')} hint={t('org-units.document-hint')} optional value={url} onText={onUrl} error={error} maxLength={500} autoComplete="off" />
      <FileDrop label={t('org-units.document-file')} hint={t('org-units.document-file-hint')} accept=".pdf,.docx" maxBytes={50_000_000} files={files} onFiles={(chosen) => void take(chosen)} error={fault} />
      {hash !== null && <p className="small">{t('org-units.document-hash')}: <code>{hash}</code> <button type="button" className="linkish" onClick={() => { setFiles([]); onHash(null); }}>{t('org-units.hash-drop')}</button></p>}
    </>
  );
}
