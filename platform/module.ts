import type { Route } from './http/bind.ts';
import type { Consumer } from './events/deliver.ts';
import type { Job } from './jobs/queue.ts';

/** How a table is spread when the server has Citus (LAYOUT "What distributes"). */
export type Distribution = 'distributed' | 'reference' | 'local';

/** What a module is, needs and offers; `app/` composes the product from these, the checker holds the code to them. */
export type Module = {
  readonly name: string;
  readonly tier: 'foundation' | 'register' | 'measure' | 'output';
  readonly needs: readonly string[];
  readonly holds: 'places' | 'people';
  readonly tables: Readonly<Record<string, Distribution>>;
  /** Permission -> roles that hold it. */
  readonly permissions: Readonly<Record<string, readonly string[]>>;
  readonly routes: readonly Route[];
  readonly consumers?: readonly Consumer[];
  readonly jobs?: readonly Job[];
};

export const defineModule = (module: Module): Module => module;
