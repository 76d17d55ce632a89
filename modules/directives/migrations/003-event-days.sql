-- Days of events that deadlines wait for, for modules whose own deadlines wait for the same (instruments). Public: no text, no place.
-- Existing rows: unchanged. Distribution: a view on a reference table.
create view directives_pub.event_day with (security_invoker = true) as select event, on_day from directives.event_day;
grant select on directives_pub.event_day to sauro_app;
