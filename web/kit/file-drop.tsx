import { useId, useRef, useState } from 'react';
import { fileSize } from '../i18n/format.ts';
import { t } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { FieldError } from './field.tsx';
import { Icon } from './icon.tsx';

type FileDropProps = {
  readonly label: string;
  readonly hint?: string;
  /** As in `<input accept>`: '.docx,.pdf,.txt'. */
  readonly accept?: string;
  readonly maxBytes?: number;
  readonly multiple?: boolean;
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly error?: string | undefined;
  readonly id?: string;
};

/** Files dropped here or chosen; too large ones are named and left out before anything is sent. */
export function FileDrop({ label, hint, accept, maxBytes, multiple = false, files, onFiles, error, id }: FileDropProps) {
  const made = useId();
  const own = id ?? made;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string>();
  const take = (list: FileList | null): void => {
    const all = [...(list ?? [])];
    const large = maxBytes === undefined ? undefined : all.find((file) => file.size > maxBytes);
    setTooLarge(large && t('kit.file-too-large', { name: large.name, size: fileSize(large.size), limit: fileSize(maxBytes ?? 0) }));
    const good = all.filter((file) => maxBytes === undefined || file.size <= maxBytes);
    if (good.length > 0) onFiles(multiple ? [...files, ...good] : good.slice(0, 1));
  };
  const shownError = error ?? tooLarge;
  return (
    <div className={`field${shownError === undefined ? '' : ' wrong'}`}>
      <span className="label" id={`${own}-label`}>{label}</span>
      {shownError !== undefined && <FieldError id={`${own}-error`} text={shownError} />}
      <div
        className={`drop${over ? ' over' : ''}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files ?? null); }}
      >
        <p>{t('kit.drop-here')}</p>
        <input ref={input} type="file" className="vh" tabIndex={-1} aria-hidden="true" accept={accept} multiple={multiple} onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ''; }} />
        <Button id={own} icon="upload" aria-describedby={`${own}-label ${own}-hint`} onClick={() => input.current?.click()}>{t('kit.choose-file')}</Button>
        <p className="xs muted" id={`${own}-hint`}>{hint}</p>
      </div>
      <ul className="files">{files.map((file, index) => (
        <li key={`${file.name}${file.size}`}><Icon name="file" /><span className="grow">{file.name} <span className="muted">({fileSize(file.size)})</span></span>
          <Button size="small" look="quiet" onClick={() => onFiles(files.filter((_, at) => at !== index))}>{t('kit.remove')}<span className="vh"> {file.name}</span></Button></li>
      ))}</ul>
    </div>
  );
}
