// Kaplan–Meier with late entry in SQL: who is at risk just before an age entered before it and was last seen at it or later.
// Ages are days; those observed from their start enter at −1, so that who leaves at 0 was at risk.

import type {DimensionId} from "../../metrics/define.js";
import {lifetimeMart, monthDays} from "../../metrics/survival.js";
import {column, filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";

export interface Chosen {
  readonly by?: DimensionId;
  readonly filters: readonly Filter[];
}

const statement = ({text, params}: Sql): Statement => ({sql: text, params});

/** S(t) is a product of binary fractions: one that is meant to be a half may miss it by the last bits. */
const tolerance = sql`1e-9::double`;

/** 97.5 % quantile of the normal distribution. */
const z = sql`1.959963984540054::double`;

/** Digits that both engines share: their logarithms and sums differ in the last bits. */
const rounded = (value: Sql): Sql => sql`round(${value}, 12)`;
const roundedSum = (value: Sql): Sql => sql`round(${value}, 8)`;
/** Finer: that one of the groups depends on the rest is seen in them. */
const roundedTest = (value: Sql): Sql => sql`round(${value}, 11)`;

/** One row a customer and line: the total, and its member where there is a breakdown. */
function stays({by, filters}: Chosen): Sql {
  const chosen = join([sql`true`, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ");
  const member = by === undefined ? sql`null::varchar` : sql`${column(by)}`;
  const lines = by === undefined ? sql`(true)` : sql`(true), (false)`;
  return sql`everyone as (
  select coalesce(f.entry_age, -1)::double as entered, f.exit_age::double as seen, f.has_left, f.monthly_value, ${member} as member
  from ${identifier(lifetimeMart)} as f where ${chosen}
),
stays as (
  select is_total, case when is_total then null else member end as member, entered, seen, has_left, monthly_value
  from everyone cross join (values ${lines}) as line(is_total)
  where seen > entered
)`;
}

/** By line and age: how many left, were last seen and entered; at every age at which somebody of any line left, and at marks. */
const counted = (chosen: Chosen): Sql => sql`${stays(chosen)},
counted as (
  select is_total, member, seen as age, count(*) as leaving, count(*) filter (where has_left) as losses, 0 as entering
  from stays group by is_total, member, seen
  union all
  select is_total, member, entered, 0, 0, count(*) from stays group by is_total, member, entered
),
groups as (
  select distinct is_total, member from counted
),
marks as (
  select unnest(range(0, 1 + (select floor(max(age) / ${monthDays}::double)::bigint from counted)))::double * ${monthDays}::double as age
),
ages as (
  select age, false as is_mark from counted where losses > 0 group by age
  union all
  select age, true from marks
),
placed as (
  select is_total, member, age, sum(leaving) as leaving, sum(losses) as losses, sum(entering) as entering, bool_or(is_mark) as is_mark
  from (
    select *, false as is_mark from counted
    union all
    select is_total, member, age, 0, 0, 0, is_mark from groups cross join ages
  )
  group by is_total, member, age
),
risk as (
  select *, coalesce(sum(entering) over before, 0) - coalesce(sum(leaving) over before, 0) as at_risk
  from placed
  window before as (partition by is_total, member order by age rows between unbounded preceding and 1 preceding)
)`;

const curve = (chosen: Chosen): Sql => sql`${counted(chosen)},
products as (
  select *,
    product(case when losses > 0 then 1 - losses::double / at_risk::double else 1 end) over upto as surviving,
    sum(case when losses > 0 and losses < at_risk then losses::double / (at_risk::double * (at_risk - losses)::double) else 0 end) over upto as greenwood
  from risk
  window upto as (partition by is_total, member order by age rows unbounded preceding)
),
spread as (
  select *, case when surviving > ${tolerance} and surviving < 1 then ${z} * sqrt(greenwood) / -ln(surviving) end as wide from products
),
curve as (
  select *, power(surviving, exp(wide)) as low, power(surviving, exp(-wide)) as high from spread
)`;

/** Returns the statement of the curves: one row a line and age at which somebody left, and one at the start of every month. */
export const curveStatement = (chosen: Chosen): Statement => statement(sql`with ${curve(chosen)}
select is_total, member, age, cast(at_risk as double) as at_risk, cast(losses as double) as losses, ${rounded(sql`surviving`)} as surviving,
  ${rounded(sql`low`)} as low, ${rounded(sql`high`)} as high, is_mark
from curve where losses > 0 or is_mark order by is_total desc, member nulls last, age`);

/** Returns the statement of the sums: one row a line, with the last age up to which enough are at risk wherever somebody leaves, and the median up to there; one without a line where nobody is left. */
export const sumsStatement = (chosen: Chosen, least: number): Statement => statement(sql`with ${curve(chosen)},
-- With late entry few may be at risk at the start: whoever of them leaves would pull down the curve of all.
thin as (
  select *, min(age) filter (where losses > 0 and at_risk < ${integer(least)}) over (partition by is_total, member) as thin_age from curve
),
ends as (
  select *, max(age) filter (where at_risk >= ${integer(least)} and age < coalesce(thin_age, 'infinity'::double)) over (partition by is_total, member) as until from thin
),
medians as (
  select is_total, member, any_value(until) as until,
    min(age) filter (where surviving <= 0.5 + ${tolerance}) as median, min(age) filter (where low <= 0.5 or surviving <= ${tolerance}) as low, min(age) filter (where high <= 0.5 or surviving <= ${tolerance}) as high
  from ends where age <= until
  group by is_total, member
),
sizes as (
  select is_total, member, count(*) as customers, count(*) filter (where has_left) as losses, count(*) filter (where entered >= 0) as late,
    avg(monthly_value)::double as monthly_value
  from stays group by is_total, member
)
select sizes.is_total, sizes.member, cast(customers as double) as customers, cast(losses as double) as losses, cast(late as double) as late,
  until, median, low, high, ${roundedSum(sql`monthly_value`)} as monthly_value, left_out
from (select cast(count(*) filter (where seen <= entered) as double) as left_out from everyone) left join sizes on true left join medians on sizes.is_total = medians.is_total and sizes.member is not distinct from medians.member
order by sizes.is_total desc, customers desc, sizes.member nulls last`);

/** Returns the statement of the restricted means: one row a line, the area below its curve up to an age and the variance of it. */
export const meansStatement = (chosen: Chosen, horizon: number): Statement => statement(sql`with ${curve(chosen)},
steps as (
  select *, greatest(0, least(coalesce(lead(age) over line, ${horizon}::double), ${horizon}::double) - greatest(age, 0)) * surviving as area
  from curve where age < ${horizon}::double
  window line as (partition by is_total, member order by age)
),
rest as (
  select *, sum(area) over (partition by is_total, member order by age desc rows unbounded preceding) as beyond from steps
)
select is_total, member, ${roundedSum(sql`sum(area order by age)`)} as mean,
  ${roundedSum(sql`coalesce(sum(beyond * beyond * losses::double / (at_risk::double * (at_risk - losses)::double) order by age) filter (where losses > 0 and losses < at_risk), 0)`)} as variance
from rest group by is_total, member order by is_total desc, member nulls last`);

/**
 * Returns the statement of what a stay is worth: one row a line and horizon in months, the area below its curve with each month worth less at
 * its end than at the start, and the variance of it. Every month begins a step: marks are among the ages.
 */
export const discountedStatement = (chosen: Chosen, horizons: readonly number[], yearly: number): Statement => statement(sql`with ${curve(chosen)},
horizons as (
  select months, months * ${monthDays}::double as horizon from (values ${join(horizons.map((months) => sql`(${months}::double)`))}) as horizon(months)
),
steps as (
  select is_total, member, months, age, at_risk, losses,
    greatest(0, least(coalesce(lead(age) over line, horizon), horizon) - greatest(age, 0)) * surviving
      * power(1 + ${yearly}::double, -(1 + floor(greatest(age, 0) / ${monthDays}::double)) / 12) as area
  from curve join horizons on age < horizon
  window line as (partition by is_total, member, months order by age)
),
rest as (
  select *, sum(area) over (partition by is_total, member, months order by age desc rows unbounded preceding) as beyond from steps
)
select is_total, member, months, ${roundedSum(sql`sum(area order by age)`)} as mean,
  ${roundedSum(sql`coalesce(sum(beyond * beyond * losses::double / (at_risk::double * (at_risk - losses)::double) order by age) filter (where losses > 0 and losses < at_risk), 0)`)} as variance
from rest group by is_total, member, months order by is_total desc, member nulls last, months desc`);

/** Returns the statement of who leaves when: one row a line and band of so many months, with the time that customers spent in it. */
export const hazardStatement = (chosen: Chosen, months: number): Statement => statement(sql`with ${counted(chosen)},
bands as (
  select band, band * ${integer(months)} * ${monthDays}::double as since, (band + 1) * ${integer(months)} * ${monthDays}::double as upto
  from (select unnest(range(0, greatest(1, (select ceil(max(age) / (${integer(months)} * ${monthDays}::double))::bigint from counted)))) as band)
)
select is_total, member, since, upto,
  cast(sum(losses) filter (where (age > since or band = 0) and age <= upto) as double) as losses,
  -- Who entered before its end, less who was last seen by its beginning.
  cast(sum(entering) filter (where age < upto) - coalesce(sum(leaving) filter (where age <= since and band > 0), 0) as double) as customers,
  ${roundedSum(sql`sum((leaving - entering)::double * least(greatest(age - since, 0), upto - since) order by age) / ${monthDays}::double`)} as months
from counted cross join bands
group by is_total, member, band, since, upto
order by is_total desc, member nulls last, since`);

/** Returns the statement of the log-rank test: one row a pair of members, with what left and was expected to, and the covariance. */
export const logRankStatement = (chosen: Chosen): Statement => statement(sql`with ${counted(chosen)},
pooled as (
  select age, sum(losses)::double as losses, sum(at_risk)::double as at_risk from risk where not is_total group by age having sum(losses) > 0
),
own as (
  select dense_rank() over (order by member nulls last) as line, member, age, risk.losses::double as losses, risk.at_risk::double as at_risk, pooled.losses as all_losses, pooled.at_risk as all_at_risk
  from risk join pooled using (age) where not is_total
),
expected as (
  select line, any_value(member) as member, sum(losses) as observed, sum(all_losses * at_risk / all_at_risk order by age) as expected from own group by line
),
covariances as (
  select a.line, b.line as other, sum(case when a.all_at_risk > 1 then
    a.all_losses * (a.all_at_risk - a.all_losses) / (a.all_at_risk - 1) * a.at_risk / a.all_at_risk * ((a.line = b.line)::integer - b.at_risk / a.all_at_risk) else 0 end order by a.age) as covariance
  from own as a join own as b on a.age = b.age group by a.line, b.line
)
select cast(covariances.line as double) as line, cast(other as double) as other, member, observed, ${roundedTest(sql`expected`)} as expected, ${roundedTest(sql`covariance`)} as covariance
from covariances join expected using (line) order by line, other`);
