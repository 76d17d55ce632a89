-- Who may read entries of the log: the second layer under the permission audit.read (modules/audit/module.ts).
-- Existing rows: unchanged. Distribution: no table of its own; the function and the policy go to every node.

create schema audit;
grant usage on schema audit to sauro_app;

-- Codes of the logs the acting person may read; '00' opens all. Oversight opens no content, so reach is read from the whole grants.
create function audit.readable_logs() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(split_part(g, '/', 3)), '{}')
          from unnest(string_to_array(coalesce(current_setting('sauro.grants', true), ''), ',')) as g
         where split_part(g, '/', 1) = any (array['oversight', 'auditor', 'government-office', 'province-leader'])
           and split_part(g, '/', 4) = '' $$;

-- The sub-selects are asked once a statement, not once a row.
create policy audit_readers on log.leaf for select
  using (province = any ((select audit.readable_logs())::text[]) or '00' = any ((select audit.readable_logs())::text[]));
