-- one row per person with a licence and span of days [valid_from, valid_to) of access; key (person)
-- sources: int_user
-- order: valid_from, person
select person, valid_from, valid_to, valid_from as first_day, 1::tinyint as seats, team, region
from int_user
where is_licensed and valid_from < valid_to and valid_from <= $as_of
