-- a contact with the e-mail address of an earlier one
-- about: contact
-- among: contact
-- needs: contact.email
with earlier as (
  select contact_id, owner_id, first(contact_id) over same as same_as, row_number() over same as place
  from contact
  where email like '%@%'
  window same as (partition by lower(trim(email)) order by created_at nulls last, contact_id)
)
select contact_id as id, owner, team, same_as
from earlier left join dim_owner on owner_id = user_id
where place > 1
