// The statements behind what follows which and what is not bought yet, over the first purchases of each item.

import {filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {productMart, type ProductLevel} from "./question.js";

export interface ProductPlan {
  readonly level: ProductLevel;
  readonly filters: readonly Filter[];
  readonly asOf: string;
}

const statement = ({text, params}: Sql): Statement => ({sql: text, params});

/** First purchases of the level, of the customers that the filters leave. */
const kept = ({level, filters, asOf}: ProductPlan): Sql =>
  sql`kept as (select * from ${identifier(productMart)} as f where level = ${level} and day <= ${asOf}::date ${join(filters.map((filter) => sql`and (${filterSql(filter)})`), " ")})`;

/**
 * Returns the statement of pairs that happened: `first_item`, `next_item`, `buyers`, `before`, `together`, `followed`, `days`, and of
 * the next item `base_followed` and `base_n` after any other; the most followed first. `found` counts all pairs.
 */
export function nextStatement(plan: ProductPlan, window: number, limit: number): Statement {
  const w = integer(window);
  return statement(sql`with ${kept(plan)},
mature as (
  select customer, item, day from kept where day + ${w} <= ${plan.asOf}::date
),
buyers as (
  select item, count(*) as n from mature group by item
),
pairs as (
  select
    a.item as first_item, b.item as next_item,
    count(*) filter (b.day < a.day) as before,
    count(*) filter (b.day = a.day) as together,
    count(*) filter (b.day > a.day and b.day <= a.day + ${w}) as followed,
    quantile_cont(cast(b.day - a.day as double), 0.5) filter (b.day > a.day and b.day <= a.day + ${w}) as days
  from mature as a join kept as b on a.customer = b.customer and a.item <> b.item
  group by a.item, b.item
),
bases as (
  select next_item, sum(followed) as followed, sum(before + together) as out from pairs group by next_item
)
select
  cast(first_item as varchar) as first_item, cast(next_item as varchar) as next_item, cast(buyers.n as double) as buyers,
  cast(before as double) as before, cast(together as double) as together, cast(pairs.followed as double) as followed, days,
  cast(bases.followed as double) as base_followed,
  cast((select sum(n) from buyers as others where others.item <> next_item) - out as double) as base_n,
  cast(count(*) over () as double) as found
from pairs join buyers on buyers.item = first_item join bases using (next_item)
order by pairs.followed desc, together desc, first_item, next_item
limit ${integer(limit)}`);
}

/** Returns the statement of how many customers there are (`customers`), and of them how many watched for a window since their first purchase (`mature`). */
export const reachStatement = (plan: ProductPlan, window: number): Statement =>
  statement(sql`with ${kept(plan)}
select cast(count(*) as double) as customers, cast(count(*) filter (day + ${integer(window)} <= ${plan.asOf}::date) as double) as mature
from (select customer, min(day) as day from kept group by customer)`);

export interface SpaceRules {
  /** Least customers of a segment, and least share of them that bought. */
  readonly customers: number;
  readonly share: number;
}

const offers = (plan: ProductPlan, {customers, share}: SpaceRules): Sql => sql`${kept(plan)},
sized as (
  select segment, count(distinct customer) as n from kept group by segment
),
items as (
  select segment, item, count(*) as bought, quantile_cont(cast(value as double), 0.5) as value from kept group by segment, item
),
offers as (
  select sized.segment, item, n, bought, bought / n as share, value, bought / n * value as expected
  from items join sized on items.segment is not distinct from sized.segment
  where n >= ${integer(customers)} and bought / n >= ${share} and bought < n and value > 0
)`;

/** Returns the statement of offers: `segment`, `item`, `n`, `bought`, `value`; `customers` of all. */
export const offersStatement = (plan: ProductPlan, rules: SpaceRules): Statement =>
  statement(sql`with ${offers(plan, rules)}
select cast(segment as varchar) as segment, cast(item as varchar) as item, cast(n as double) as n, cast(bought as double) as bought, value,
  cast((select sum(n) from sized) as double) as customers
from (select 1 as one) left join offers on true
order by segment, item`);

/** Returns the statement of customers and the items that they have not bought: `customer`, `segment`, `item`, `share`, `expected`, `last_day`; the most expected first. */
export const spaceStatement = (plan: ProductPlan, rules: SpaceRules, limit: number): Statement =>
  statement(sql`with ${offers(plan, rules)},
people as (
  select customer, segment, max(last_day) as last_day from kept group by customer, segment
)
select cast(people.customer as double) as customer, cast(people.segment as varchar) as segment, cast(offers.item as varchar) as item,
  cast(share as double) as share, cast(expected as double) as expected, cast(people.last_day as varchar) as last_day
from people join offers on people.segment is not distinct from offers.segment
anti join kept on kept.customer = people.customer and kept.item = offers.item
order by expected desc, people.last_day desc, people.customer, offers.item
limit ${integer(limit)}`);
