-- promoters less detractors of the last words of the period, times 100: 9+ and 0–6 of 10, 6+ and 1–4 of 7, 5 and 1–3 of 5
with voice as (
  select dims[$dimension] as member, case
    when scale_top = 10 and score between 0 and 10 then case when score >= 9 then 1 when score <= 6 then -1 else 0 end
    when scale_top = 7 and score between 1 and 7 then case when score >= 6 then 1 when score <= 4 then -1 else 0 end
    when scale_top = 5 and score between 1 and 5 then case when score >= 5 then 1 when score <= 3 then -1 else 0 end end as vote
  from checked_answer where heard_on >= $start and heard_on < $end and last_word and kind = 'nps'
)
select member, 100 * sum(vote) / count(vote) as value from voice where vote is not null group by member
