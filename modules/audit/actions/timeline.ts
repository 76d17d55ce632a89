import { hexOf } from '#kernel/bytes.ts';
import { refuse, type Result } from '#kernel/result.ts';
import type { Context, Download } from '#platform/http/bind.ts';
import { pseudonymOf, recordRead } from '#platform/log/record.ts';
import { findHead, listEntriesBy, listHeads, type PlacedEntry as Placed } from '#platform/log/store.ts';
import type { PlacedEntry, TimelineFilter } from '../schema.ts';
import { exportLog } from './export.ts';

const mostEntries = 200_000;
const pageOf = (limit: string | undefined): number => Math.min(200, Math.max(1, Number(limit ?? '50')));

export const placedView = ({ entry, hash, position }: Placed): PlacedEntry => ({ entry: { ...entry, facts: { ...entry.facts } }, hash: hexOf(hash), position });

type PageQuery = { readonly before?: string; readonly limit?: string };
type Asked = Pick<Context, 'tx' | 'actor' | 'now' | 'may'>;

function cursorOf(before: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = before?.split('_') ?? [];
  return at === undefined || id === undefined ? undefined : { at, id };
}

function timeline(found: readonly Placed[], limit: number): { entries: PlacedEntry[]; next: string | null } {
  const last = found.at(limit - 1);
  return { entries: found.map(placedView), next: last === undefined ? null : `${last.entry.at}_${last.entry.id}` };
}

/** Logs the actor may read, by the policy; row security says the same a second time. */
export async function readableLogs({ tx, may }: Pick<Context, 'tx' | 'may'>): Promise<string[]> {
  return (await listHeads(tx)).map((head) => head.log).filter((log) => may('audit.read', { province: log }));
}

/** The timeline. Opening it is itself recorded, once for each set of filters and not for each further page. */
export async function listEntries(asked: Asked, query: TimelineFilter & PageQuery): Promise<{ entries: PlacedEntry[]; next: string | null }> {
  const { before, limit, ...filter } = query;
  const logs = await readableLogs(asked);
  const found = await listEntriesBy(asked.tx, { logs, ...filter }, pageOf(limit), cursorOf(before));
  if (before === undefined) {
    await recordRead(asked.tx, {
      province: '00', at: asked.now.at, actor: asked.actor, action: 'audit.timeline-read', target: { type: 'log', id: filter.log ?? 'all' },
      unit: filter.unit ?? null, facts: { filters: Object.keys(filter).sort().join(',') || null, logs: logs.length },
    });
  }
  return timeline(found, pageOf(limit));
}

/**
 * What the log holds of the asking account itself: everyone may see the traces he left and the machinery left of him.
 * Read as the machinery, because row security opens entries to auditors only; the filter is the asker's own pseudonym.
 */
export async function listMyEntries({ actor, services }: Pick<Context, 'actor' | 'services'>, { before, limit }: PageQuery) {
  const found = await services.db.read('system', async (tx) => {
    const logs = (await listHeads(tx)).map((head) => head.log);
    return listEntriesBy(tx, { logs, actor: pseudonymOf(actor.account) }, pageOf(limit), cursorOf(before));
  });
  return timeline(found, pageOf(limit));
}

/** One log whole, as a file. The reading is recorded before the file is made, so the file ends before its own record. */
export async function exportEntries({ tx, actor, now, may }: Asked, log: string): Promise<Download | Result<never>> {
  if (!may('audit.read', { province: log })) return refuse({ code: 'not-found' });
  const size = (await findHead(tx, log))?.size ?? 0;
  if (size > mostEntries) return refuse({ code: 'export-too-large', entries: size, most: mostEntries });
  const lines: string[] = [];
  for await (const line of exportLog(tx, now.at, [log])) lines.push(line);
  await recordRead(tx, { province: log, at: now.at, actor, action: 'audit.exported', target: { type: 'log', id: log }, facts: { entries: size } });
  return { bytes: new TextEncoder().encode(lines.join('')), fileName: `sauro-log-${log}-${now.today}.ndjson`, contentType: 'text/plain; charset=utf-8' };
}
