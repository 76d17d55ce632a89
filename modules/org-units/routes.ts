import { ok, refuse } from '#kernel/result.ts';
import { bind, type Context, type Route } from '#platform/http/bind.ts';
import { committeeBoard, committeePage, openBook, recordProvinceCommittee } from './actions.ts';
import { countsOn, treeOn, unitOn } from './book.ts';
import { bookAndGroups, unitTiers } from './actions/doors.ts';
import { groupSetPage } from './group-sets.ts';
import { classesOf, officesIn } from './offices.ts';
import { dayAsked, depthOf, holdsOn } from './rules.ts';
import { searchNames } from './search.ts';
import {
  getBoundaries, getCommittee, getUnit, getUnitCounts, getUnitTree, listCommittees, listGroupSets, listOffices, listUnitChanges, recordCommittee, searchUnits,
} from './schema.ts';
import { findBoundary } from './store.ts';
import { changesBetween, officeShown, unitPageOf } from './unit-page.ts';

const recordPermission = 'org-units.record-committee';
const mayRecord = (context: Context, province: string): boolean => context.may(recordPermission, { province });

const tree = bind(getUnitTree, async ({ tx, now }, { query }) => {
  const book = await openBook(tx);
  const day = dayAsked(query.asOf, now.today, book.historyBegins);
  return day.ok ? ok(treeOn(book, day.value, query.known)) : day;
});

const counts = bind(getUnitCounts, async ({ tx, now }, { query }) => {
  const book = await openBook(tx);
  const day = dayAsked(query.asOf, now.today, book.historyBegins);
  return day.ok ? ok({ asOf: day.value, counts: countsOn(book, day.value) }) : day;
});

const search = bind(searchUnits, async ({ tx, now }, { query }) => {
  const book = await openBook(tx);
  const day = dayAsked(query.asOf, now.today, book.historyBegins);
  if (!day.ok) return day;
  return ok({ asOf: day.value, hits: searchNames(book.names(), query.q, { asOf: day.value, limit: query.limit ?? 20, former: query.former !== 'no' }) });
});

const changes = bind(listUnitChanges, async ({ tx, now }, { query }) => {
  const book = await openBook(tx);
  const from = dayAsked(query.from ?? book.historyBegins, now.today, book.historyBegins);
  const to = dayAsked(query.to, now.today, book.historyBegins);
  if (!from.ok) return from;
  if (!to.ok) return to;
  return ok({ from: from.value, to: to.value, changes: changesBetween(book, from.value, to.value) });
});

const unit = bind(getUnit, async ({ tx, now }, { params, query }) => {
  const book = await openBook(tx);
  const day = dayAsked(query.asOf, now.today, book.historyBegins);
  if (!day.ok) return day;
  const found = unitOn(book, params.code, day.value);
  if (!found.ok) return found;
  const page = unitPageOf(book, found.value, day.value, (await bookAndGroups(tx, day.value)).groups);
  const tier = book.source === 'built-in' ? undefined : (await unitTiers(tx, day.value))[depthOf(found.value.level) - 1]?.name;
  return ok(tier === undefined ? page : { ...page, tier });
});

const groupSets = bind(listGroupSets, async ({ tx, now }, { query }) => {
  const day = dayAsked(query.on, now.today, (await openBook(tx)).historyBegins);
  return day.ok ? ok({ on: day.value, sets: (await bookAndGroups(tx, day.value)).groups.map(groupSetPage) }) : day;
});

const offices = bind(listOffices, async ({ tx, now }, { query }) => {
  const book = await openBook(tx);
  const day = dayAsked(query.asOf, now.today, book.historyBegins);
  if (!day.ok) return day;
  if (query.classId !== undefined && classesOf(query.classId).length === 0) return refuse({ code: 'office-class-unknown', classId: query.classId });
  const at = query.unit === undefined ? undefined : unitOn(book, query.unit, day.value);
  if (at !== undefined && !at.ok) return at;
  const ofClass = query.classId === undefined ? undefined : new Set(officesIn(book.offices, query.classId, { asOf: day.value }).map((office) => office.id));
  const found = (at === undefined ? book.offices : book.officesAt.get(at.value.unitId) ?? [])
    .filter((office) => holdsOn(office, day.value) && (ofClass?.has(office.id) ?? (at !== undefined || office.province === '00')));
  return ok({ asOf: day.value, offices: found.map(officeShown) });
});

const boundaries = bind(getBoundaries, async ({ tx }, { params }) => {
  const found = await findBoundary(tx, params.level);
  if (found === undefined) return refuse({ code: 'boundaries-missing', level: params.level });
  return { bytes: new TextEncoder().encode(found.topology), fileName: `${params.level}-${found.digest.slice(0, 8)}.topo.json`, contentType: 'application/json' };
});

const board = bind(listCommittees, async ({ tx, now }) => committeeBoard(tx, now.today));
const committee = bind(getCommittee, async (context, { params }) => committeePage(context.tx, params.province, context.now.today, mayRecord(context, params.province)));
const recordOne = bind(recordCommittee, async (context, { params, body }) => {
  if (!mayRecord(context, params.province)) return refuse({ code: 'not-permitted' });
  return recordProvinceCommittee(context.tx, { province: params.province, body, actor: context.actor, now: context.now });
});

export const routes: readonly Route[] = [tree, counts, search, changes, groupSets, offices, boundaries, unit, board, committee, recordOne];
