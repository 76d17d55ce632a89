import type { Actor, Grant } from '#kernel/actor.ts';

/**
 * The settings that row security reads, as `set local` so that they die with the transaction (SECURITY R10, R12).
 * On Citus `set local` reaches the workers where `set_config()` does not, hence text and not a call.
 *
 * sauro.account   the acting account's id
 * sauro.nation    'on' when a grant reaches the whole nation
 * sauro.provinces province codes reached whole, separated by commas
 * sauro.communes  `province/commune` codes reached, separated by commas
 * sauro.offices   offices where a role is held
 * sauro.roles     roles held
 * sauro.grants    each grant whole, `role/office/province/commune`; '00' is the nation, commune empty above it
 * sauro.system    'on' for the machinery itself: migrations of data, consumers, sequencer
 */
export function settingsOf(actor: Actor | 'system'): string {
  if (actor === 'system') return "set local sauro.system = 'on'";
  const opening = actor.grants.filter((grant) => grant.opensNoContent !== true);
  const reach = opening.map((grant) => grant.reach);
  const provinces = reach.flatMap((r) => (r.level === 'province' ? [r.province] : []));
  const communes = reach.flatMap((r) => (r.level === 'commune' ? [`${r.province}/${r.commune}`] : []));
  return [
    setting('account', actor.account),
    setting('nation', reach.some((r) => r.level === 'nation') ? 'on' : 'off'),
    setting('provinces', provinces.join(',')),
    setting('communes', communes.join(',')),
    setting('offices', opening.map((grant) => grant.office).join(',')),
    setting('roles', actor.grants.map((grant) => grant.role).join(',')),
    setting('grants', actor.grants.map(wholeGrant).join(',')),
  ].join(';');
}

const wholeGrant = ({ role, office, reach }: Grant): string =>
  `${role}/${office}/${reach.level === 'nation' ? '00' : reach.province}/${reach.level === 'commune' ? reach.commune : ''}`;

const setting = (name: string, value: string): string => `set local sauro.${name} = '${plain(value)}'`;

/** Codes, role names and ids only: anything else is a fault of ours and must not reach the server. */
function plain(value: string): string {
  if (!/^[A-Za-z0-9_,:/.\-ĐđƯưƠơ]*$/u.test(value)) throw new Error('a row-security setting holds a character that no code has');
  return value;
}
