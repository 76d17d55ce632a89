/** Everything an import decides, as text that two databases can be compared by: no times, no random ids. */
import pg from 'pg';

const questions = [
  'select province, org_unit, period, data_set, attribute, rev, standing, late, approved, vals::text, no_data::text, notes::text from returns.packed order by 1, 2, 3, 4, 5',
  "select province, org_unit, period, data_set, attribute, rev, kind, encode(changes, 'hex') from returns.revision order by 1, 2, 3, 4, 5, 6",
  'select province, node, period, data_set, attribute, standing, returns, late, sums::text, counts::text from returns.roll_up where returns > 0 order by 1, 2, 3, 4, 5, 6',
  'select province, org_unit, period, data_set, attribute, rule, slot, rev, left_value, right_value, state from returns.violation order by 1, 2, 3, 4, 5, 6, 7',
  'select data_set, slot, element, cell, valid_from, valid_to from definitions.slot order by 1, 2',
  'select kind, id, valid_from, valid_to, body::text from definitions.item order by 1, 2, 3',
  'select code, parent_id, province, level, name_vi, valid_from, valid_to from org_units.unit_version order by 1, 6',
  'select set_id, unit_code, group_id, valid_from from org_units.unit_group_member order by 1, 2, 4',
  'select set_id, id, position, name_en from org_units.unit_group order by 1, 2',
];

export async function stateOf(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("begin; set local sauro.system = 'on'");
    const parts: string[] = [];
    for (const text of questions) parts.push((await client.query<Record<string, unknown>>({ text })).rows.map((row) => JSON.stringify(Object.values(row))).join('\n'));
    await client.query('rollback');
    return parts;
  } finally {
    await client.end();
  }
}
