/**
 * Prepared statements that travel together: bound and run one after another in one packet, answered in one. The driver ends each statement with
 * a message of its own, at which the server writes to the socket and the process wakes; for a dozen small statements that cost more than they do.
 *
 * Should one fail, the server passes over those behind it, a commit among them, and all of them are told its error.
 */
import pg from 'pg';
import { arrayLiteral } from './array-literal.ts';
import { textArray } from './binary.ts';
import type { Sql } from './sql.ts';

export type Answered = { readonly rows: unknown[][]; readonly count: number };
export type Asked = { readonly statement: Sql & { readonly name: string }; readonly resolve: (answer: Answered) => void; readonly reject: (error: unknown) => void };
type Parser = (text: string) => unknown;

/** What a connection has run once: the statement of each name, and how its columns are read. A statement without rows has none. */
type Known = Map<string, { readonly text: string; readonly parsers: readonly Parser[] }>;
const known = new WeakMap<object, Known>();
function knownOf(client: object): Known {
  const held = known.get(client) ?? new Map();
  known.set(client, held);
  return held;
}

/** Sends them in their order. The first time on a connection each is prepared, by the driver and on its own. */
export function sendTogether(client: pg.PoolClient | pg.Client, asked: readonly Asked[]): void {
  const names = knownOf(client);
  if (asked.every(({ statement: { name, text } }) => names.get(name)?.text === text)) client.query(new Together(asked, names));
  else for (const one of asked) alone(client, one);
}

function alone(client: pg.PoolClient | pg.Client, { statement, resolve, reject }: Asked): void {
  const { name, text } = statement;
  client.query<unknown[]>({ name, text, values: parametersOf(statement), rowMode: 'array' }).then(({ fields, rows, rowCount }) => {
    knownOf(client).set(name, { text, parsers: fields.map(({ dataTypeID }): Parser => client.getTypeParser(dataTypeID, 'text')) });
    resolve({ rows, count: rowCount ?? 0 });
  }, reject);
}

class Together extends pg.Query {
  readonly #asked: readonly Asked[];
  readonly #answers: { rows: unknown[][]; count: number }[];
  readonly #parameters: (string | Buffer | null)[][];
  #at = 0;
  #unreadable: unknown;
  readonly #parsers: (readonly Parser[])[];
  constructor(asked: readonly Asked[], names: Known) {
    super('');
    this.#asked = asked;
    this.#parsers = asked.map(({ statement: { name } }) => names.get(name)?.parsers ?? []);
    this.#answers = asked.map(() => ({ rows: [], count: 0 }));
    this.#parameters = asked.map(({ statement }) => parametersOf(statement)); // may throw: nothing was sent yet
  }

  override submit = (connection: pg.Connection): void => {
    connection.stream.cork();
    this.#asked.forEach(({ statement: { name } }, i) => {
      connection.bind({ statement: name, values: this.#parameters[i] ?? [] }, true);
      connection.execute(null, true);
    });
    connection.sync();
    connection.stream.uncork();
  };

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    try {
      const parsers = this.#parsers[this.#at] ?? [];
      this.#answers[this.#at]?.rows.push(fields.map((field, i) => (field === null ? null : (parsers[i]?.(field) ?? field))));
    } catch (error) {
      this.#unreadable ??= error; // told when the server is done: the connection stays in step
    }
  }
  handleCommandComplete({ text }: { readonly text: string }): void {
    const answer = this.#answers[this.#at];
    if (answer !== undefined) answer.count = Number(/\d+$/.exec(text)?.[0] ?? 0);
    this.#at += 1;
  }
  handleReadyForQuery(): void {
    if (this.#unreadable !== undefined) { this.handleError(this.#unreadable); return; }
    this.#asked.forEach(({ resolve, reject }, i) => {
      const answer = this.#answers[i];
      if (answer === undefined || i >= this.#at) reject(new Error('a statement was not answered'));
      else resolve(answer);
    });
  }
  handleError(error: unknown): void {
    for (const { reject } of this.#asked) reject(error);
  }
}

/** Parameters as they are sent. @throws TypeError for what no statement of ours passes: an object, a date */
const parametersOf = ({ values }: Sql): (string | Buffer | null)[] => values.map((value) => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return arrayLiteral(value) ?? textArray(value.map((one) => (one === null || one === undefined ? null : String(one))));
  throw new TypeError('a parameter is neither a text, a number, a truth value nor a list of them');
});
