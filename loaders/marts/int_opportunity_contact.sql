-- one row per opportunity with the day of the first contact that people had: by e-mail, telephone or meeting, about the
-- opportunity or the lead that it came from; key (opportunity_id)
-- sources: int_activity, lead?
with
contacts as (
  select opportunity_id, lead_id, date from int_activity where type in ('email', 'call', 'meeting')
),
about as (
  select opportunity_id, date from contacts where opportunity_id is not null
  union all
  select converted_opportunity_id, date
  from contacts join lead using (lead_id)
  where converted_opportunity_id is not null and deleted is not true and test is not true
)
select opportunity_id, min(date) as first_contact_date from about group by opportunity_id
