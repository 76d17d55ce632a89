import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import type { QueryPatch } from '../place.ts';
import { Icon, type IconName } from './icon.tsx';
import { A } from './link.tsx';

export type Look = 'plain' | 'primary' | 'quiet' | 'danger';
type Dress = { readonly look?: Look; readonly size?: 'small' | 'big'; readonly wide?: boolean; readonly icon?: IconName };

const lookClass: Record<Look, string> = { plain: '', primary: ' pri', quiet: ' quiet', danger: ' bad' };
const classOf = ({ look = 'plain', size, wide }: Dress, extra = ''): string =>
  `btn${lookClass[look]}${size === undefined ? '' : ` ${size}`}${wide === true ? ' wide' : ''}${extra === '' ? '' : ` ${extra}`}`;

export type ButtonProps = Dress & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  /** Work is going on: drawn, said, and a second press does nothing. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A verb. While busy or disabled it keeps the focus (aria-disabled), so nobody loses their place. */
export function Button({ look, size, wide, icon, busy = false, disabled = false, className, type = 'button', onClick, children, ...rest }: ButtonProps) {
  const dress: Dress = { ...(look && { look }), ...(size && { size }), ...(wide !== undefined && { wide }) };
  return (
    <button
      {...rest}
      type={type}
      className={classOf(dress, className)}
      {...(busy ? { 'aria-busy': true } : {})}
      {...(busy || disabled ? { 'aria-disabled': true } : {})}
      onClick={(event) => {
        if (busy || disabled) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className="spin" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button with a picture only; `label` is its name for everyone. */
export const IconButton = ({ label, icon, ...rest }: ButtonProps & { readonly label: string; readonly icon: IconName }) => (
  <Button look="quiet" {...rest} className={`icon ${rest.className ?? ''}`} aria-label={label} title={label}><Icon name={icon} /></Button>
);

/** Goes to another screen but looks like a button. */
export const LinkButton = ({ to, query, look, size, wide, icon, className, children }: Dress & { readonly to: string; readonly query?: QueryPatch; readonly className?: string; readonly children: ReactNode }) => (
  <A to={to} {...(query && { query })} className={classOf({ ...(look && { look }), ...(size && { size }), ...(wide !== undefined && { wide }) }, className)}>
    {icon && <Icon name={icon} />}
    {children}
  </A>
);
