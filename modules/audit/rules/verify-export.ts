import { equalBytes, hexOf } from '#kernel/bytes.ts';
import { checkNote, headsOf, isSigned, parseVerifierKey, type CheckedNote, type Crypto, type NoteKey } from '#kernel/checkpoint.ts';
import { hashingAsync, type Hashing } from '#kernel/merkle.ts';
import { LogCheck, type Vouched } from './log-check.ts';
import { readLine, type ExportLine } from './lines.ts';
import { finding, firstOf, inOrder, type Finding, type Verdict } from './verdict.ts';

export type VerifyOptions = {
  readonly crypto: Crypto;
  /** Checkpoints the caller kept from before, as notes: whatever the export says must continue them. */
  readonly pinnedNotes?: readonly string[];
  /** The published keys as the caller knows them; those named by the export are used when left out. */
  readonly pinnedKeys?: readonly string[];
  /** The logs the export is meant to hold; all that the nation's checkpoint covers when left out. */
  readonly logs?: readonly string[];
};

/** Thrown when the text is not an export at all: nothing was verified, which is not the same as tampering. */
export class UnreadableExport extends Error {}

type Header = Extract<ExportLine, { type: 'export' }>;
type Keys = { readonly log: NoteKey; readonly witness: NoteKey | null };

const nation = '00';

/** The verification of one export, line by line; holds the checkpoints and one log's state, never the entries. */
class ExportCheck {
  readonly #options: VerifyOptions;
  readonly #header: Header;
  readonly #keys: Keys;
  readonly #vouched = new Map<string, Map<string, Vouched>>();
  readonly #findings: Finding[];
  readonly #done: LogCheck[] = [];
  readonly #seen = new Set<string>();
  #checkpoints = 0;
  #current: LogCheck | undefined;
  #latestNation: CheckedNote | undefined;
  #ended = false;

  constructor(options: VerifyOptions, header: Header, keys: Keys, findings: Finding[]) {
    this.#options = options;
    this.#header = header;
    this.#keys = keys;
    this.#findings = findings;
  }

  #run<T>(work: Hashing<T>): Promise<T> {
    return hashingAsync(work, this.#options.crypto.sha256);
  }

  #keysFor(log: string): NoteKey[] {
    return [{ ...this.#keys.log, name: `${this.#header.origin}/${log}` }, ...(this.#keys.witness ? [this.#keys.witness] : [])];
  }

  #vouch(log: string, vouched: Vouched): void {
    const held = this.#vouched.get(log) ?? new Map<string, Vouched>();
    this.#vouched.set(log, held);
    const other = [...held.values()].find((each) => each.size === vouched.size && !equalBytes(each.root, vouched.root));
    if (other && vouched.by !== 'pinned' && other.by !== 'pinned') this.#findings.push(finding('fork', { log, detail: `size-${vouched.size}` }));
    const key = `${vouched.size} ${hexOf(vouched.root)}`;
    if (!held.has(key) || vouched.by === 'pinned') held.set(key, vouched);
  }

  #vouchAll(log: string, { checkpoint }: CheckedNote, pinned: boolean): void {
    this.#vouch(log, { size: checkpoint.size, root: checkpoint.root, by: pinned ? 'pinned' : 'log' });
    for (const head of headsOf(checkpoint)) this.#vouch(head.log, { size: head.size, root: head.root, by: pinned ? 'pinned' : 'nation' });
  }

  async pin(note: string): Promise<void> {
    const origin = note.slice(0, note.indexOf('\n'));
    const log = origin.slice(-2);
    const checked = await checkNote(note, this.#keysFor(log), this.#options.crypto);
    if (checked === null) throw new UnreadableExport('the pinned checkpoint is not a signed note');
    if (origin !== `${this.#header.origin}/${log}` || !isSigned(checked)) this.#findings.push(finding('key-changed', { log, detail: origin }));
    this.#vouchAll(log, checked, true);
  }

  async checkpoint(log: string, note: string): Promise<void> {
    this.#checkpoints += 1;
    const checked = await checkNote(note, this.#keysFor(log), this.#options.crypto);
    if (checked === null || checked.checkpoint.origin !== `${this.#header.origin}/${log}` || !isSigned(checked)) {
      this.#findings.push(finding('checkpoint-unsigned', { log, detail: `size-${checked?.checkpoint.size ?? '?'}` }));
      return;
    }
    this.#vouchAll(log, checked, false);
    if (log === nation) this.#latestNation = checked;
  }

  async #enter(log: string): Promise<LogCheck> {
    if (this.#current?.log === log) return this.#current;
    await this.#leave();
    if (this.#seen.has(log)) this.#findings.push(finding('line-misplaced', { log, detail: 'log-again' }));
    this.#seen.add(log);
    this.#current = new LogCheck(log, [...(this.#vouched.get(log)?.values() ?? [])]);
    return this.#current;
  }

  async #leave(): Promise<void> {
    if (this.#current === undefined) return;
    await this.#run(this.#current.end());
    this.#done.push(this.#current);
    this.#current = undefined;
  }

  async line(line: ExportLine | null, number: number): Promise<void> {
    if (line === null) this.#findings.push(finding('line-unreadable', { detail: `line-${number}`, log: this.#current?.log ?? null, index: this.#current?.entries ?? null }));
    else if (this.#ended || line.type === 'export') this.#findings.push(finding('line-misplaced', { detail: `line-${number}` }));
    else if (line.type === 'checkpoint') await (this.#seen.size > 0 ? this.#findings.push(finding('line-misplaced', { detail: `line-${number}` })) : this.checkpoint(line.log, line.note));
    else if (line.type === 'tile') await this.#run((await this.#enter(line.log)).tile(line.index, line.hashes));
    else if (line.type === 'entry') await this.#run((await this.#enter(this.#current?.log ?? line.entry.log)).entry(line));
    else await this.#end(line.entries);
  }

  async #end(entries: number): Promise<void> {
    this.#ended = true;
    await this.#leave();
    const counted = this.#done.reduce((sum, check) => sum + check.entries, 0);
    if (counted !== entries) this.#findings.push(finding('cut-short', { detail: `entries-${entries}` }));
  }

  async verdict(keyPinned: boolean): Promise<Verdict> {
    if (!this.#ended) this.#findings.push(finding('cut-short', { detail: 'no-end' }));
    await this.#leave();
    for (const log of this.#options.logs ?? [...this.#vouched.keys()].sort()) {
      // A log none of whose entries are there: its checkpoints still say how many there must be.
      if (this.#seen.has(log)) continue;
      await this.#enter(log);
      await this.#leave();
    }
    if (this.#keys.witness && this.#latestNation && !this.#latestNation.signatures.some((each) => each.key.kind === 'witness' && each.valid)) {
      this.#findings.push(finding('not-cosigned', { log: nation, detail: `size-${this.#latestNation.checkpoint.size}` }));
    }
    const findings = inOrder([...this.#findings, ...this.#done.flatMap((check) => check.findings)]);
    const sum = (part: (check: LogCheck) => number): number => this.#done.reduce((total, check) => total + part(check), 0);
    return {
      ok: findings.length === 0, entries: sum((check) => check.entries), checkpoints: this.#checkpoints, signed: sum((check) => check.signed),
      logs: this.#done.map(({ log, entries, signed }) => ({ log, entries, signed })).sort((a, b) => a.log.localeCompare(b.log)),
      first: firstOf(findings), findings, keyPinned,
    };
  }
}

async function keysOf(header: Header, options: VerifyOptions, findings: Finding[]): Promise<Keys> {
  const read = (line: string): Promise<NoteKey | null> => hashingAsync(parseVerifierKey(line), options.crypto.sha256);
  const lines = options.pinnedKeys ?? [header.keys.log, header.keys.witness];
  const keys = (await Promise.all(lines.map(read))).filter((key) => key !== null);
  const log = keys.find((key) => key.kind === 'log');
  if (log === undefined) throw new UnreadableExport('there is no key to verify with');
  if (options.pinnedKeys && !options.pinnedKeys.some((line) => line.trim() === header.keys.log)) findings.push(finding('key-changed', { detail: header.keys.log }));
  return { log, witness: keys.find((key) => key.kind === 'witness') ?? null };
}

/**
 * Verifies an export offline: every entry against its hash, every log's tree against every signed root, all against the caller's
 * own earlier checkpoints. Trusts nothing the server says but the keys, and those only when the caller has none of his own.
 *
 * @param lines the export's lines, in order, with or without their line ends
 * @throws UnreadableExport when there is no export to verify
 */
export async function verifyExport(lines: AsyncIterable<string> | Iterable<string>, options: VerifyOptions): Promise<Verdict> {
  let check: ExportCheck | undefined;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const line = readLine(text);
    if (check !== undefined) {
      await check.line(line, number);
      continue;
    }
    if (line?.type !== 'export') throw new UnreadableExport('the first line is not the header of an export');
    const findings: Finding[] = [];
    check = new ExportCheck(options, line, await keysOf(line, options, findings), findings);
    for (const note of options.pinnedNotes ?? []) await check.pin(note);
  }
  if (check === undefined) throw new UnreadableExport('the export is empty');
  return check.verdict(options.pinnedKeys !== undefined);
}
