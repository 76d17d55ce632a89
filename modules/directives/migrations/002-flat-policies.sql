-- The same policies, made cheap to plan: helpers are opaque to the planner (plpgsql keeps their own plans), and no policy nests another
-- table's. One-row statements spent most of their time on planning nested policies; measured by `npm run bench -- directives`.
-- Existing rows: assignment learns its issuer and whether it is a draft's. Distribution: unchanged.

create or replace function directives.sees_all() returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or exists (select 1 from platform.granted('{government-office,national-analyst,auditor}') g where g.province = '00'); end $$;
create or replace function directives.provinces_read() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') g where g.province <> '00' and g.commune = ''); end $$;
create or replace function directives.communes_read() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer,auditor}') g where g.commune <> ''); end $$;
create or replace function directives.is_ministry() returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from platform.granted('{ministry}')); end $$;
create or replace function directives.offices_acting() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.office), '{}') from platform.granted('{government-office,ministry,province-leader,province-secretary,province-police,commune-leader,commune-officer,facility-manager,social-worker}') g); end $$;
create or replace function directives.offices_deciding() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.office), '{}') from platform.granted('{government-office,ministry,province-leader,province-secretary}') g); end $$;
create or replace function directives.provinces_cascading() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary}') g where g.province <> '00' and g.commune = ''); end $$;
create or replace function directives.follows_nation() returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or exists (select 1 from platform.granted('{government-office}') g where g.province = '00'); end $$;
create function directives.machinery() returns boolean language plpgsql stable parallel safe as $$ begin return platform.is_system(); end $$;

-- Questions about another table, asked under the caller's own row security, and only where nothing simpler has answered.
create function directives.has_task(of_province text, of_directive uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from directives.task t where t.province = of_province and t.directive = of_directive); end $$;
create function directives.sees_task(of_province text, of_task uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from directives.task t where t.province = of_province and t.id = of_task); end $$;
create function directives.holds_task(of_province text, of_task uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from directives.task t where t.province = of_province and t.id = of_task and t.holder_office = any (directives.offices_acting())); end $$;
create function directives.sees_directive(of_province text, of_directive uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from directives.directive d where d.province = of_province and d.id = of_directive); end $$;
create function directives.drafts_directive(of_province text, of_directive uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from directives.directive d where d.province = of_province and d.id = of_directive and d.state = 'drafting'); end $$;
create function directives.issues_directive(of_province text, of_directive uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from directives.directive d where d.province = of_province and d.id = of_directive and d.issuer_office = any (directives.offices_deciding())); end $$;

drop policy seen on directives.directive;
create policy seen on directives.directive for select using (
  case when state = 'drafting' then (select directives.machinery()) or issuer_office = any ((select directives.offices_deciding())::text[])
  else (select directives.sees_all())
    or province = any ((select directives.provinces_read())::text[])
    or issuer_office = any ((select directives.offices_acting())::text[])
    or ((select directives.is_ministry()) and province = '00')
    or directives.has_task(province, id) end);
drop policy drafted on directives.directive;
create policy drafted on directives.directive for insert with check (
  (select directives.machinery()) or (origin = province and state = 'drafting' and issuer_office = any ((select directives.offices_deciding())::text[])));
drop policy edited on directives.directive;
create policy edited on directives.directive for update using (
  (select directives.machinery()) or (origin = province and issuer_office = any ((select directives.offices_deciding())::text[])));
drop policy discarded on directives.directive;
create policy discarded on directives.directive for delete using (
  (select directives.machinery()) or (state = 'drafting' and issuer_office = any ((select directives.offices_deciding())::text[])));

-- Issued lines are seen with their province, as their directive is; drafts and everything else are asked of the directive.
alter table directives.assignment add column drafting boolean not null default true;
update directives.assignment a set drafting = false from directives.directive d where d.province = a.province and d.id = a.directive and d.state <> 'drafting';
drop policy seen on directives.assignment;
create policy seen on directives.assignment for select using (
  (select directives.machinery())
  or (not drafting and ((select directives.sees_all()) or province = any ((select directives.provinces_read())::text[])))
  or directives.sees_directive(province, directive));
drop policy drafted on directives.assignment;
create policy drafted on directives.assignment for insert with check (
  (select directives.machinery())
  or (parent_task is not null and province = any ((select directives.provinces_cascading())::text[]))
  or directives.drafts_directive(province, directive));
drop policy edited on directives.assignment;
create policy edited on directives.assignment for update
  using ((select directives.machinery()) or (drafting and directives.drafts_directive(province, directive)))
  with check ((select directives.machinery()) or directives.issues_directive(province, directive));
drop policy discarded on directives.assignment;
create policy discarded on directives.assignment for delete using ((select directives.machinery()) or directives.drafts_directive(province, directive));

drop policy seen on directives.reach;
create policy seen on directives.reach for select using ((select directives.machinery()) or directives.sees_directive(province, directive));
drop policy planned on directives.reach;
create policy planned on directives.reach for insert with check ((select directives.machinery()) or directives.issues_directive(province, directive));
drop policy reached on directives.reach;
create policy reached on directives.reach for update using ((select directives.machinery()));

drop policy made on directives.task;
create policy made on directives.task for insert with check (
  (select directives.machinery()) or province = any ((select directives.provinces_cascading())::text[]));

drop policy seen on directives.entry;
create policy seen on directives.entry for select using ((select directives.machinery()) or directives.sees_task(province, task));
drop policy appended on directives.entry;
create policy appended on directives.entry for insert with check (
  (select directives.machinery()) or (account::text = (select platform.acting_account()) and directives.sees_task(province, task)));
drop policy seen on directives.evidence;
create policy seen on directives.evidence for select using ((select directives.machinery()) or directives.sees_task(province, task));
drop policy added on directives.evidence;
create policy added on directives.evidence for insert with check (
  (select directives.machinery()) or (account::text = (select platform.acting_account()) and directives.holds_task(province, task)));

drop policy seen on directives.notice;
create policy seen on directives.notice for select using ((select directives.machinery()) or office = any ((select directives.offices_acting())::text[]));
drop policy told on directives.notice;
create policy told on directives.notice for insert with check ((select directives.machinery()));
create policy mailed on directives.notice for update using ((select directives.machinery()));
