import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { Link, useSearch } from 'wouter';
import { scopeQuery, withQuery, type QueryPatch } from '../place.ts';

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** Path below the language (`/chi-dao/12`); the scope in the address goes along. */
  readonly to: string;
  readonly query?: QueryPatch;
  readonly children: ReactNode;
};

/** A link inside the product. It stays in the language and scope in force. */
export function A({ to, query = {}, children, ...rest }: LinkProps) {
  const search = useSearch();
  return <Link href={withQuery(withQuery(to, scopeQuery(search)), query)} {...rest}>{children}</Link>;
}
