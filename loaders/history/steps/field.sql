-- changes of single fields since the export in which they were last known
insert into _history_field
select opportunity_id, change.field, change.old_value, change.new_value, moment, change.changed_after, changed_until
from (
  select
    opportunity_id,
    moment,
    changed_until,
    unnest([
      {'field': 'amount', 'is_known': knows_amount, 'changed_after': was_amount_on,
        'old_value': was_amount::varchar, 'new_value': amount::varchar},
      {'field': 'expected_close_date', 'is_known': knows_expected_close_date, 'changed_after': was_expected_close_date_on,
        'old_value': was_expected_close_date::varchar, 'new_value': expected_close_date::varchar},
      {'field': 'owner_id', 'is_known': knows_owner_id, 'changed_after': was_owner_id_on,
        'old_value': was_owner_id, 'new_value': owner_id}
    ]) as change
  from _history_moved
)
where change.is_known and change.changed_after is not null and change.old_value is distinct from change.new_value
