-- Holders with their address for mail and their language, for the machinery's digest alone: nobody else sees an address here.
-- Existing rows: untouched. Distribution: a view over reference tables.
create view identity_pub.holder_address with (security_invoker = true) as
  select h.account, h.name, n.email, coalesce(p.language, 'vi') as language, h.office, h.role, h.post, h.valid_from, h.valid_until
    from identity_pub.holder h
    join identity.sign_in_name n on n.account = h.account and n.email is not null
    left join identity.preference p on p.account = h.account
   where platform.is_system();
grant select on identity_pub.holder_address to sauro_app;
