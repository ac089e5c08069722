-- entries into a stage since the export before
insert into _history_stage
select opportunity_id, stage, state, moment, was_stage_on, changed_until
from _history_moved
where knows_stage and was_stage_on is not null and (stage is distinct from was_stage or state is distinct from was_state)
