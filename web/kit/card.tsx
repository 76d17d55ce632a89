import { useId, type ReactNode } from 'react';
import { t } from '../i18n/words.ts';
import { A } from './link.tsx';

type CardProps = { readonly title?: ReactNode; readonly say?: ReactNode; readonly tools?: ReactNode; readonly footer?: ReactNode; readonly flush?: boolean; readonly id?: string; readonly level?: 2 | 3; readonly children: ReactNode };

/** A part of a page with a heading. `flush` leaves out the inner margin (for tables that touch the edges). */
export function Card({ title, say, tools, footer, flush = false, id, level = 2, children }: CardProps) {
  const made = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className="card" id={id} {...(title === undefined ? {} : { 'aria-labelledby': made })}>
      {title !== undefined && <header><div><Heading id={made}>{title}</Heading>{say !== undefined && <p>{say}</p>}</div>{tools !== undefined && <div className="row tight">{tools}</div>}</header>}
      {flush ? children : <div className="body">{children}</div>}
      {footer !== undefined && <footer>{footer}</footer>}
    </section>
  );
}

export type Crumb = { readonly label: string; readonly to?: string };

/** Title of a screen, its one-line facts, its actions; crumbs above. The shell moves the focus to the h1 on navigation. */
export const PageHead = ({ title, say, tools, crumbs }: { readonly title: ReactNode; readonly say?: ReactNode; readonly tools?: ReactNode; readonly crumbs?: readonly Crumb[] }) => (
  <>
    {crumbs !== undefined && (
      <nav aria-label={t('kit.crumbs')}><ol className="crumb">{crumbs.map((crumb) => <li key={crumb.label}>{crumb.to === undefined ? crumb.label : <A to={crumb.to}>{crumb.label}</A>}</li>)}</ol></nav>
    )}
    <div className="head"><div><h1 tabIndex={-1}>{title}</h1>{say !== undefined && <p>{say}</p>}</div>{tools !== undefined && <div className="row">{tools}</div>}</div>
  </>
);

export type Stat = { readonly label: string; readonly value: ReactNode; readonly note?: ReactNode; readonly tone?: 'ok' | 'warn' | 'bad' };
/** Three to five figures of one thing, side by side. */
export const StatStrip = ({ stats }: { readonly stats: readonly Stat[] }) => (
  <dl className="facts">
    {stats.map((stat) => <div key={stat.label}><dt>{stat.label}</dt><dd className={stat.tone === undefined ? undefined : `c-${stat.tone}`}>{stat.value}{stat.note !== undefined && <small>{stat.note}</small>}</dd></div>)}
  </dl>
);

/** Names and values under one another. */
export const Pairs = ({ pairs }: { readonly pairs: readonly (readonly [label: string, value: ReactNode])[] }) => (
  <dl className="pairs">{pairs.map(([label, value]) => [<dt key={`${label}-t`}>{label}</dt>, <dd key={`${label}-d`}>{value}</dd>])}</dl>
);
