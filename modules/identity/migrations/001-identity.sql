-- Accounts, what they sign in with, sessions, and roles held at offices by post.
-- Existing rows: none, first migration.
-- Distribution: account, sign_in_name, role_grant and two_body_request are reference tables (written by administration only);
-- the rest are local to the coordinator: they belong to the act of signing in and are never joined on a write path.

create schema identity;
create schema identity_pub;
grant usage on schema identity, identity_pub to sauro_app;

-- The actor's grants come whole in sauro.grants, `role/office/province/commune`.
-- The places the actor administers: '*' for the nation, else province codes and `province/commune`. Policies ask it once a statement,
-- as `(select identity.administered())`, and not once a row.
create function identity.administered() returns text[] language sql stable parallel safe
  as $$ select case when platform.is_system() then array['*'] else (
          select array_agg(case when split_part(held, '/', 3) = '00' then '*' else rtrim(split_part(held, '/', 3) || '/' || split_part(held, '/', 4), '/') end)
            from unnest(string_to_array(coalesce(current_setting('sauro.grants', true), ''), ',')) held
           where split_part(held, '/', 1) = 'administrator') end $$;

create function identity.holds(role text, office text, province text, commune text) returns boolean language sql stable parallel safe
  as $$ select (role || '/' || office || '/' || province || '/' || coalesce(commune, ''))
             = any (string_to_array(coalesce(current_setting('sauro.grants', true), ''), ',')) $$;

-- An act that one body may not do alone: giving or taking the oversight role.
create table identity.two_body_request (
  id uuid primary key,
  kind text not null check (kind in ('oversight-grant', 'oversight-removal')),
  account uuid not null,
  office text not null,
  role_grant uuid,
  reason text not null,
  requested_by uuid not null,
  requested_role text not null,
  requested_office text not null,
  requested_at timestamptz not null,
  decided_by uuid,
  decided_role text,
  decided_office text,
  decided_at timestamptz,
  state text not null check (state in ('waiting', 'confirmed', 'declined')),
  check (state = 'waiting' or (decided_by is not null and decided_at is not null)),
  check (state <> 'confirmed' or (decided_by <> requested_by and decided_office <> requested_office))
);
alter table identity.two_body_request enable row level security;
alter table identity.two_body_request force row level security;
create policy bodies_read on identity.two_body_request for select using ((select platform.has_role('administrator')) or (select platform.has_role('oversight')));
create policy bodies_ask on identity.two_body_request for insert with check (
  platform.is_system() or (((select platform.has_role('administrator')) or (select platform.has_role('oversight')))
    and requested_by::text = platform.acting_account() and state = 'waiting'));
create policy bodies_decide on identity.two_body_request for update
  using (state = 'waiting' and ((select platform.has_role('administrator')) or (select platform.has_role('oversight'))))
  with check (platform.is_system() or decided_by::text = platform.acting_account());
grant select, insert, update on identity.two_body_request to sauro_app;

-- A role held at an office, by post, with its reach. Never changed but for its end; history stays.
create table identity.role_grant (
  id uuid primary key,
  account uuid not null,
  role text not null,
  office text not null,
  post text not null,
  level text not null check (level in ('nation', 'province', 'commune')),
  province text not null,
  commune text,
  valid_from date not null,
  valid_until date,
  granted_by uuid,
  granted_at timestamptz not null,
  delegated_from uuid references identity.role_grant (id),
  two_body_request uuid references identity.two_body_request (id),
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  ended_by_request uuid references identity.two_body_request (id),
  check (valid_until is null or valid_until >= valid_from),
  check (delegated_from is null or valid_until is not null),
  check ((level = 'nation') = (province = '00')),
  check ((level = 'commune') = (commune is not null))
);
create index role_grant_account on identity.role_grant (account) where ended_at is null;
create index role_grant_office on identity.role_grant (office, post) where ended_at is null;
create index role_grant_place on identity.role_grant (province, commune) where ended_at is null;
create index role_grant_delegated on identity.role_grant (delegated_from) where delegated_from is not null;
alter table identity.role_grant enable row level security;
alter table identity.role_grant force row level security;
-- Who holds which post is official; it is shown along the line: what one reaches, one's own office, the province above, the nation.
create policy along_the_line on identity.role_grant for select using (
  platform.reaches(province, commune)
  or account::text = platform.acting_account()
  or platform.at_office(office)
  or (commune is null and platform.in_province(province))
  or (province = '00' and platform.acting_account() is not null)
  or array['*', province, province || '/' || commune] && (select identity.administered())
  or (select platform.has_role('oversight')));
create policy administer on identity.role_grant for insert with check (
  array['*', province, province || '/' || commune] && (select identity.administered()) and delegated_from is null
  and (platform.is_system() or (granted_by::text = platform.acting_account() and account::text <> platform.acting_account()))
  and (role <> 'oversight' or platform.is_system()));
create policy delegate on identity.role_grant for insert with check (
  delegated_from is not null and granted_by::text = platform.acting_account() and role not in ('administrator', 'oversight')
  and identity.holds(role, office, province, commune));
create policy oversee on identity.role_grant for insert with check (
  role = 'oversight' and delegated_from is null and exists (
    select 1 from identity.two_body_request r
     where r.id = two_body_request and r.kind = 'oversight-grant' and r.state = 'confirmed' and r.account = role_grant.account and r.office = role_grant.office));
create policy end_it on identity.role_grant for update
  using (ended_at is null and (array['*', province, province || '/' || commune] && (select identity.administered()) or (select platform.has_role('oversight'))
      or account::text = platform.acting_account() or (delegated_from is not null and granted_by::text = platform.acting_account())))
  with check (platform.is_system() or (ended_at is not null and (
      (role <> 'oversight' and (array['*', province, province || '/' || commune] && (select identity.administered()) or account::text = platform.acting_account()
        or (delegated_from is not null and granted_by::text = platform.acting_account())))
      or (role = 'oversight' and exists (
        select 1 from identity.two_body_request r
         where r.id = ended_by_request and r.kind = 'oversight-removal' and r.state = 'confirmed' and r.role_grant = role_grant.id)))));
grant select, insert, update on identity.role_grant to sauro_app;

-- One person who works here. `home_*`: the office that answers for the account, so that administration has a place.
create table identity.account (
  id uuid primary key,
  name text not null,
  -- Name and user name folded (no marks, lower case), for search.
  search_text text not null,
  state text not null check (state in ('invited', 'active', 'locked', 'left')),
  demonstration boolean not null,
  home_office text not null,
  home_province text not null,
  home_commune text,
  created_by uuid,
  created_at timestamptz not null,
  state_changed_at timestamptz not null,
  state_reason text
);
create index account_home on identity.account (home_province, home_commune);
create index account_office on identity.account (home_office);
alter table identity.account enable row level security;
alter table identity.account force row level security;
create policy known on identity.account for select using (
  platform.reaches(home_province, home_commune)
  or id::text = platform.acting_account()
  or array['*', home_province, home_province || '/' || home_commune] && (select identity.administered())
  or (select platform.has_role('oversight'))
  or platform.at_office(home_office)
  or exists (select 1 from identity.role_grant g where g.account = account.id));
create policy administer_insert on identity.account for insert with check (array['*', home_province, home_province || '/' || home_commune] && (select identity.administered()));
-- Nobody who oversees can be locked out by the operator alone: their role is taken by two bodies first.
create policy administer_update on identity.account for update
  using (array['*', home_province, home_province || '/' || home_commune] && (select identity.administered())
    and (platform.is_system() or not exists (select 1 from identity.role_grant g where g.account = account.id and g.role = 'oversight' and g.ended_at is null)))
  with check (array['*', home_province, home_province || '/' || home_commune] && (select identity.administered()));
grant select, insert, update on identity.account to sauro_app;

create table identity.preference (
  account uuid primary key references identity.account (id),
  language text not null check (language in ('vi', 'en'))
);
alter table identity.preference enable row level security;
alter table identity.preference force row level security;
create policy own on identity.preference using (platform.is_system() or account::text = platform.acting_account());
grant select, insert, update on identity.preference to sauro_app;

-- What a person types to sign in; unique in lower case, so one e-mail address is one account.
create table identity.sign_in_name (
  account uuid primary key references identity.account (id),
  user_name text not null,
  email text,
  check (user_name = lower(user_name)),
  check (email = lower(email))
);
create unique index sign_in_name_user on identity.sign_in_name (user_name);
create unique index sign_in_name_email on identity.sign_in_name (email) where email is not null;
alter table identity.sign_in_name enable row level security;
alter table identity.sign_in_name force row level security;
create policy own_or_administered on identity.sign_in_name using (
  platform.is_system() or account::text = platform.acting_account()
  or exists (select 1 from identity.account a where a.id = sign_in_name.account and array['*', a.home_province, a.home_province || '/' || a.home_commune] && (select identity.administered())));
grant select, insert, update on identity.sign_in_name to sauro_app;

create table identity.password (
  account uuid primary key references identity.account (id),
  hash text not null,
  changed_at timestamptz not null
);
-- Secrets are sealed under a key outside the database; last_step makes each code single use. A new secret waits beside the one in use
-- until its first code proves it: beginning and giving up must not leave an account without its factor.
create table identity.totp (
  account uuid primary key references identity.account (id),
  sealed_secret text,
  waiting_secret text,
  confirmed_at timestamptz,
  last_step bigint not null
);
create table identity.passkey (
  id uuid primary key,
  account uuid not null references identity.account (id),
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  label text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_account on identity.passkey (account);
-- A verified identity elsewhere; one identity is one account, one account has one identity at an issuer.
create table identity.oidc_link (
  issuer text not null,
  subject text not null,
  account uuid not null references identity.account (id),
  linked_at timestamptz not null,
  primary key (issuer, subject),
  unique (account, issuer)
);
-- A browser that signed in before: its own lane when guessing slows the account down for strangers.
create table identity.known_device (
  token_hash text primary key,
  account uuid not null references identity.account (id),
  last_used_at timestamptz not null
);
create index known_device_account on identity.known_device (account);

do $$ declare name text; begin
  foreach name in array array['password', 'totp', 'passkey', 'oidc_link', 'known_device'] loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('alter table identity.%I force row level security', name);
    execute format('create policy own on identity.%I using (platform.is_system() or account::text = platform.acting_account())', name);
    execute format('grant select, insert, update, delete on identity.%I to sauro_app', name);
  end loop;
end $$;

-- Only hashes of tokens. Ending a session deletes its row, in the transaction of what ended it.
create table identity.session (
  id uuid primary key,
  account uuid not null references identity.account (id),
  token_hash text not null unique,
  stage text not null check (stage in ('second-factor', 'enrolment', 'full')),
  method text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  fresh_until timestamptz,
  tries int not null,
  address text not null,
  user_agent text not null
);
create index session_account on identity.session (account);
create index session_ends on identity.session (ends_at);
alter table identity.session enable row level security;
alter table identity.session force row level security;
create policy own on identity.session using (platform.is_system() or account::text = platform.acting_account());
create policy administer on identity.session for select using (
  exists (select 1 from identity.account a where a.id = session.account and array['*', a.home_province, a.home_province || '/' || a.home_commune] && (select identity.administered())));
create policy administer_end on identity.session for delete using (
  exists (select 1 from identity.account a where a.id = session.account and array['*', a.home_province, a.home_province || '/' || a.home_commune] && (select identity.administered())));
-- The second body that takes a role away ends the sessions with it.
create policy second_body on identity.session for select using (
  exists (select 1 from identity.two_body_request r where r.account = session.account and r.state = 'confirmed' and r.decided_by::text = platform.acting_account()));
create policy second_body_end on identity.session for delete using (
  exists (select 1 from identity.two_body_request r where r.account = session.account and r.state = 'confirmed' and r.decided_by::text = platform.acting_account()));
grant select, insert, update, delete on identity.session to sauro_app;

-- One-time links: for the first administrator, a new account, and a lost password or factor.
create table identity.invitation (
  id uuid primary key,
  token_hash text not null unique,
  kind text not null check (kind in ('first-administrator', 'new-account', 'reset')),
  account uuid references identity.account (id),
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitation_account on identity.invitation (account) where used_at is null;
alter table identity.invitation enable row level security;
alter table identity.invitation force row level security;
create policy administer on identity.invitation using (
  platform.is_system()
  or exists (select 1 from identity.account a where a.id = invitation.account and array['*', a.home_province, a.home_province || '/' || a.home_commune] && (select identity.administered())));
grant select, insert, update, delete on identity.invitation to sauro_app;

-- What a browser must send back: a passkey challenge, or the state of a sign-on elsewhere. Used once.
create table identity.challenge (
  token_hash text primary key,
  kind text not null,
  account uuid,
  facts jsonb not null,
  expires_at timestamptz not null
);
-- Failures by account and address, as keyed lanes, so that a restart does not forget them.
create table identity.attempt_lane (
  lane text primary key,
  failures int not null,
  free_at timestamptz not null,
  last_at timestamptz not null
);
do $$ declare name text; begin
  foreach name in array array['challenge', 'attempt_lane'] loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('alter table identity.%I force row level security', name);
    execute format('create policy machinery on identity.%I using (platform.is_system())', name);
    execute format('grant select, insert, update, delete on identity.%I to sauro_app', name);
  end loop;
end $$;

-- Grants not ended, a delegated one only while its source is alive, with the days on which both hold.
create view identity.standing_grant with (security_invoker = true) as
  select g.id, g.account, g.role, g.office, g.post, g.level, g.province, g.commune, g.granted_by, g.delegated_from,
         greatest(g.valid_from, s.valid_from) as valid_from, least(g.valid_until, s.valid_until) as valid_until
    from identity.role_grant g
    left join identity.role_grant s on s.id = g.delegated_from
    left join identity.account giver on giver.id = s.account
   where g.ended_at is null
     and (g.delegated_from is null or (s.ended_at is null and giver.state = 'active'));
grant select on identity.standing_grant to sauro_app;

-- Who holds a post; other modules read names of holders here, under the reader's own row security.
create view identity_pub.holder with (security_invoker = true) as
  select g.account, a.name, g.role, g.office, g.post, g.level, g.province, g.commune, g.valid_from, g.valid_until,
         g.delegated_from is not null as delegated
    from identity.standing_grant g
    join identity.account a on a.id = g.account
   where a.state = 'active';
grant select on identity_pub.holder to sauro_app;
