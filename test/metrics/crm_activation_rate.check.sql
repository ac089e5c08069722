-- of the people given access in the period, with a log from that day on and 14 days ago, those who did all three by day 14
select dims[$dimension] as member, avg((((
    (select min(u.date) from crm_usage u where u.user_id = p.user_id and u.own_opportunity) - provisioned_on <= 14
    and (select min(u.date) from crm_usage u where u.user_id = p.user_id and u.logged_activity) - provisioned_on <= 14
    and (select min(u.date) from crm_usage u where u.user_id = p.user_id and u.updated_stage) - provisioned_on <= 14) ) is true)::integer) as value
from crm_person p
where provisioned_on >= $start and provisioned_on < $end and $as_of::date - provisioned_on >= 14 and provisioned_on >= (select min(date) from crm_usage)
group by member
