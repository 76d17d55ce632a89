import { Component, type ReactNode } from 'react';
import { t } from '../i18n/words.ts';
import { Button, LinkButton } from '../kit/button.tsx';
import { PageHead } from '../kit/card.tsx';

export const NotFound = ({ home }: { readonly home: string }) => (
  <div className="narrow"><PageHead title={t('shell.not-found')} say={t('shell.not-found-say')} /><LinkButton to={home} look="primary">{t('shell.home')}</LinkButton></div>
);

export const Forbidden = ({ home }: { readonly home: string }) => (
  <div className="narrow"><PageHead title={t('shell.forbidden')} say={t('shell.forbidden-say')} /><LinkButton to={home} look="primary">{t('shell.home')}</LinkButton></div>
);

export const Broken = () => (
  <div className="narrow"><PageHead title={t('shell.broken')} say={t('shell.broken-say')} /><Button look="primary" onClick={() => window.location.reload()}>{t('shell.reload')}</Button></div>
);

/** A fault in one screen leaves the frame, the menu and the drafts standing. `of` changes with the address and clears it. */
export class ErrorBoundary extends Component<{ readonly of: string; readonly children: ReactNode }, { readonly failed: string | undefined }> {
  override state: { readonly failed: string | undefined } = { failed: undefined };
  override componentDidCatch(): void {
    this.setState({ failed: this.props.of });
  }
  override render(): ReactNode {
    return this.state.failed === this.props.of ? <Broken /> : this.props.children;
  }
}
