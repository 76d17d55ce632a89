import { useEffect, useId, useRef, type ReactNode } from 'react';
import { t } from '../i18n/words.ts';
import { IconButton } from './button.tsx';

type DialogProps = {
  readonly open: boolean;
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly kind?: 'dialog' | 'wide' | 'drawer' | 'palette';
  /** The title is said but not drawn. */
  readonly hideTitle?: boolean;
};

/** A question in front of the page: the browser keeps the focus in and gives it back. Escape and the cross close it. */
export function Dialog({ open, title, onClose, children, footer, kind = 'dialog', hideTitle = false }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const opener = document.activeElement;
    if (open && !element.open) element.showModal();
    return () => {
      if (element.open) element.close();
      // A dialog that leaves the page with its screen part does not give the focus back by itself.
      setTimeout(() => {
        if (opener instanceof HTMLElement && opener.isConnected && (document.activeElement === null || document.activeElement === document.body)) opener.focus();
      });
    };
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={box} className={`dlg ${kind === 'dialog' ? '' : kind}`} aria-labelledby={titleId}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onMouseDown={(event) => { if (event.target === box.current && kind !== 'dialog') onClose(); }}
    >
      <div className={hideTitle ? 'vh' : 'top-d'}>
        <h2 id={titleId}>{title}</h2>
        {!hideTitle && <IconButton icon="close" label={t('kit.close')} onClick={onClose} />}
      </div>
      {hideTitle ? children : <div className="body-d">{children}</div>}
      {footer !== undefined && <div className="foot-d">{footer}</div>}
    </dialog>
  );
}

/** The same at the side of the page, for details beside a list. */
export const Drawer = (props: Omit<DialogProps, 'kind'>) => <Dialog {...props} kind="drawer" />;
