import type { Logger } from 'pino';
import type { Database } from './db/database.ts';

/** What actions may use besides their transaction; made once at start and passed down, never imported as a global. */
export type Services = {
  readonly db: Database;
  /** Folder of the installation's files (`SAURO_DATA`, `.data` by default). */
  readonly dataDir: string;
  readonly filesDir: string;
  readonly keysDir: string;
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
  readonly mode: 'demonstration' | 'production';
  /** Every figure is made up, and labelled so: a demonstration that holds no other country's data. */
  readonly synthetic: boolean;
  readonly logger: Logger;
  /** Asks the workers to look at the outbox now; called after commit. */
  readonly wake: () => void;
};
