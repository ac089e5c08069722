-- what is known of records as their exports are read, from the oldest to the newest
create table _history_export (source varchar, place integer, day date);
create table _history_last (
  source varchar,
  opportunity_id varchar,
  -- Number of the export in which it last stood, and of the file; no file where the row could not be used.
  place integer,
  file integer,
  -- Last day of which its values are known.
  seen date,
  created_at timestamp,
  updated_at timestamp,
  changed_at timestamp,
  stage varchar,
  state varchar,
  stage_on date,
  amount decimal(18, 2),
  amount_on date,
  expected_close_date date,
  expected_close_date_on date,
  owner_id varchar,
  owner_id_on date,
  -- The first stage known of it.
  opened_stage varchar,
  opened_state varchar,
  opened_on date,
  opened_until date,
  opened_closed_at timestamp,
  not_before date
);
create table _history_stage (
  opportunity_id varchar, stage varchar, state varchar, moment timestamp, changed_after date, changed_until date
);
create table _history_field (
  opportunity_id varchar, field varchar, old_value varchar, new_value varchar, moment timestamp, changed_after date, changed_until date
);
create table _history_gone (source varchar, opportunity_id varchar, file integer, why varchar, seen date, until date);
create table _history_late (source varchar, opportunity_id varchar, created_on date, day date);
