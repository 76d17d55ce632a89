import pg from 'pg';
import { Compile } from 'typebox/compile';
import type { Static, TSchema } from 'typebox';
import { arrayLiteral } from './array-literal.ts';
import { copyOut, type BinaryRow } from './copy-out.ts';
import type { Sql } from './sql.ts';
import { sendTogether, type Answered, type Asked } from './together.ts';

type Checker = { Check(value: unknown): boolean; Errors(value: unknown): Iterable<unknown> };
const checkers = new WeakMap<TSchema, Checker>();

function checkerOf(schema: TSchema): Checker {
  const known = checkers.get(schema);
  if (known) return known;
  const made: Checker = Compile(schema);
  checkers.set(schema, made);
  return made;
}

const valuesOf = (statement: Sql): unknown[] => statement.values.map((value) => (Array.isArray(value) ? (arrayLiteral(value) ?? value) : value));

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** An open transaction. Rows come out as the schema says, with snake_case columns as camelCase keys. */
export class Tx {
  readonly #client: pg.PoolClient | pg.Client;
  /** Hashes of the log leaves written in this transaction; the reply carries them (SECURITY R27). */
  readonly leaves: string[] = [];
  /** Statements whose answers nobody needs: the commit goes out with them, and waits for them. */
  readonly ending: Promise<unknown>[] = [];
  #held = false;
  /** Statements of this turn; undefined: each is sent by itself. */
  #group: Asked[] | undefined;
  /** @param together prepared statements asked for in one turn travel in one packet; see together.ts */
  constructor(client: pg.PoolClient | pg.Client, together = false) {
    this.#client = client;
    this.#group = together ? [] : undefined;
  }

  /** Nothing may follow the commit, which is on its way. */
  #ended = false;
  end(): void {
    this.#ended = true;
  }

  /** Sends what waits for the end of the turn, before anything that goes another way. */
  flush(): void {
    const group = this.#group;
    if (group === undefined || group.length === 0) return;
    this.#group = [];
    this.hold();
    sendTogether(this.#client, group);
  }

  #join(statement: Sql): Promise<Answered> | undefined {
    if (this.#ended) throw new Error(`a statement after the commit: ${statement.text.trim().slice(0, 120)}`);
    const group = this.#group;
    const { name } = statement;
    if (group === undefined || name === undefined) { this.flush(); return undefined; }
    if (group.length === 0) process.nextTick(() => { this.flush(); });
    return new Promise((resolve, reject) => { group.push({ statement: { ...statement, name }, resolve, reject }); });
  }

  /** What is sent in this turn leaves in one packet: a write to the socket costs more than most statements. */
  hold(): void {
    const client = this.#client;
    if (this.#held || !('connection' in client)) return;
    this.#held = true;
    const { stream } = client.connection;
    stream.cork();
    process.nextTick(() => { this.#held = false; stream.uncork(); });
  }

  /** All rows, each checked against the shape. @throws when the database gives another shape: a fault, never a refusal */
  async rows<S extends TSchema>(shape: S, statement: Sql): Promise<Static<S>[]> {
    this.flush();
    this.hold();
    const answer = await this.#client.query<Record<string, unknown>>({ ...statement, values: valuesOf(statement) });
    const keys = answer.fields.map((field) => [field.name, camel(field.name)] as const);
    const checker = checkerOf(shape);
    return answer.rows.map((row) => {
      const value: Record<string, unknown> = {};
      for (const [column, key] of keys) value[key] = row[column];
      if (!checker.Check(value)) throw new Error(`a row has another shape: ${JSON.stringify([...checker.Errors(value)][0])} in ${statement.text.trim().slice(0, 120)}`);
      return value as Static<S>; // checked on the line above
    });
  }

  async maybe<S extends TSchema>(shape: S, statement: Sql): Promise<Static<S> | undefined> {
    return (await this.rows(shape, statement))[0];
  }

  async one<S extends TSchema>(shape: S, statement: Sql): Promise<Static<S>> {
    const row = await this.maybe(shape, statement);
    if (row === undefined) throw new Error(`no row where one must be: ${statement.text.trim().slice(0, 120)}`);
    return row;
  }

  /** Runs a statement for its effect. @returns how many rows it touched */
  async run(statement: Sql): Promise<number> {
    const joined = this.#join(statement);
    if (joined !== undefined) return (await joined).count;
    this.hold();
    return (await this.#client.query({ ...statement, values: valuesOf(statement) })).rowCount ?? 0;
  }

  /** The last statements of a transaction, sent together with its commit. One that fails undoes all of it. */
  last(...statements: readonly Promise<unknown>[]): void {
    for (const one of statements) {
      one.catch(() => undefined); // thrown by the transaction that waits for it
      this.ending.push(one);
    }
  }

  /** Each row of a query in binary form, as it comes; see copy-out.ts. @param query without parameters, codes by `quotedCode` */
  copied(query: string, take: (row: BinaryRow) => void): Promise<void> {
    this.flush();
    return copyOut(this.#client, query, take);
  }

  /** Rows as the server sends them, as arrays, for large read paths that check their shape once at the edge. */
  async arrays(statement: Sql): Promise<unknown[][]> {
    const joined = this.#join(statement);
    if (joined !== undefined) return (await joined).rows;
    this.hold();
    return (await this.#client.query<unknown[]>({ ...statement, values: valuesOf(statement), rowMode: 'array' })).rows;
  }
}

/** Stands where a handler opens its own transactions: it holds no connection, and using it is a fault. */
export class ClosedTx extends Tx {
  static readonly #nowhere = new pg.Client(); // never connected
  constructor() {
    super(ClosedTx.#nowhere);
  }
  override rows(): Promise<never> {
    throw new Error('this contract opens its own transactions');
  }
  override run(): Promise<never> {
    throw new Error('this contract opens its own transactions');
  }
  override arrays(): Promise<never> {
    throw new Error('this contract opens its own transactions');
  }
}
