/** Board, list, map and checks that come due, for who reads. */
import { addDays } from '#kernel/day.ts';
import { grantFor } from '../rules/scope.ts';
import { boardColumns, type Board, type PlaceMap, type PlacePage } from '../schema.ts';
import * as store from '../store/views.ts';
import { rowsOf, watchedRows } from './rows.ts';
import { byOf, pageSize, type UseCase } from './use-case.ts';

export async function board(use: UseCase, query: store.Asked & { readonly cards?: number | undefined }): Promise<Board> {
  const { tx, now: { today } } = use;
  const by = byOf(use);
  const found = await store.boardRows(by, query, today, query.cards ?? 10);
  const rows = await rowsOf(tx, found, today);
  return {
    asOf: today, version: await store.versionSeen(by), tallies: await store.tallies(by, query, today),
    columns: boardColumns.map((column) => {
      const first = found.find((one) => one.column === column);
      return { column, total: first?.total ?? 0, overdue: first?.late ?? 0, cards: rows.filter((_, i) => found[i]?.column === column) };
    }),
  };
}

export async function placePage(use: UseCase, query: store.Asked & { readonly sort?: store.Sort | undefined; readonly page?: number | undefined }): Promise<PlacePage> {
  const { tx, now: { today } } = use;
  const by = byOf(use);
  const page = query.page ?? 1;
  const rows = await store.listRows(by, query, today, { sort: query.sort ?? 'urgency', limit: pageSize, offset: (page - 1) * pageSize });
  return { asOf: today, rows: await rowsOf(tx, rows, today), total: await store.countRows(by, query, today), page, pageSize, tallies: await store.tallies(by, query, today) };
}

export async function placeMap(use: UseCase, query: store.Asked & { readonly level?: 'province' | 'commune' | undefined }): Promise<PlaceMap> {
  const by = byOf(use);
  const level = query.level ?? (query.province === undefined ? 'province' : 'commune');
  return { asOf: use.now.today, version: await store.versionSeen(by), level, areas: await store.mapAreas(by, query, use.now.today, level) };
}

const mostDueChecks = 500;
export async function dueChecks(use: UseCase, query: store.Asked & { readonly within?: number | undefined }) {
  const { tx, actor, now: { today } } = use;
  const until = addDays(today, query.within ?? 14);
  const by = byOf(use);
  const found = await watchedRows(tx, await store.dueChecks(by, query, until, mostDueChecks), today);
  const rows = found.map(({ row, resolvers }) => ({ place: row, mayCheck: grantFor(actor, 'hotspots.work', row) !== undefined && !resolvers.includes(actor.account) }));
  return { asOf: today, rows, total: await store.countDueChecks(by, query, until) };
}
