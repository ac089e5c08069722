// How much of the revenue how few customers bring: ranked by what they bought less what they returned, added up from the top.

import {concentrationMart} from "../../metrics/rfm.js";
import {parsePeriod} from "../calendar.js";
import {carriedFilters} from "../carried.js";
import {filterSql} from "../predicate.js";
import type {Filter, Period, Statement} from "../question.js";
import {identifier, join, sql} from "../sql.js";
import type {StudyOptions} from "../studies.js";
import type {ConcentrationQuestion, ConcentrationTold} from "./question.js";

/**
 * Returns the statement of the curve: one row for each percent of the customers, with those who are left out and the sum of
 * all sums from the top, which gives the Gini coefficient. Where many bring the same, it does not matter who of them comes first.
 */
export function concentrationStatement({start, end}: Pick<Period, "start" | "end">, filters: readonly Filter[]): Statement {
  const {text, params} = sql`with bought as (
  select customer, coalesce(sum(amount), 0) as value
  from ${identifier(concentrationMart)} as f
  where not is_cancelled and customer is not null and order_date >= ${start}::date and order_date < ${end}::date
    and ${join([sql`true`, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ")}
  group by customer
),
ranked as (
  select row_number() over top as place, sum(value) over top as upto, count(*) over () as customers
  from bought where value > 0
  window top as (order by value desc, customer rows unbounded preceding)
),
whole as (
  select count(*) as customers, max(upto) as revenue, sum(upto) as sums from ranked
),
left_over as (
  select count(*) as others, coalesce(sum(value), 0) as others_revenue from bought where value <= 0
),
nobody as (
  select count(*) as nobody
  from ${identifier(concentrationMart)} as f
  where not is_cancelled and not is_return and customer is null and order_date >= ${start}::date and order_date < ${end}::date
    and ${join([sql`true`, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ")}
),
percents as (
  select unnest(range(1, 101)) as percent
)
select cast(percent as double) as percent, cast(place as double) as place, cast(upto as double) as upto, cast(whole.customers as double) as customers,
  cast(whole.revenue as double) as revenue, cast(sums as double) as sums, cast(others as double) as others, cast(others_revenue as double) as others_revenue,
  cast(nobody as double) as nobody
from whole cross join left_over cross join nobody cross join percents left join ranked on place = (percent * whole.customers + 99) // 100
order by percent`;
  return {sql: text, params};
}

/** Returns the answers, in order. Throws a QuestionError for a period, dimension or member that the report does not know. */
export const askConcentrations = (questions: readonly ConcentrationQuestion[], options: StudyOptions): Promise<ConcentrationTold[]> =>
  Promise.all(questions.map((question) => askConcentration(question, options)));

async function askConcentration({period, filters: asked}: ConcentrationQuestion, {manifest, run}: StudyOptions): Promise<ConcentrationTold> {
  const {filters, notApplied} = carriedFilters(concentrationMart, asked, manifest);
  const rows = await run(concentrationStatement(parsePeriod(period, manifest), filters));
  const [first] = rows;
  const of = (name: string) => Number(first?.[name] ?? 0);
  const [customers, revenue] = [of("customers"), of("revenue")];
  const least = manifest.minGroup ?? 1;
  const told = {asOf: manifest.asOf, others: of("others"), othersRevenue: of("others_revenue"), nobody: of("nobody") < least ? 0 : of("nobody"), notApplied};
  if (customers === 0) return {...told, customers, revenue: 0, gini: null, points: []};
  if (customers < least) return {...told, customers: 0, revenue: 0, others: 0, othersRevenue: 0, gini: null, points: [], suppressed: true};
  const isSound = (count: number) => count >= least && (count === customers || customers - count >= least);
  return {
    ...told, customers, revenue,
    ...(told.others > 0 && told.others < least && {others: 0, othersRevenue: 0}),
    gini: ((2 * of("sums")) / revenue - customers - 1) / customers,
    points: rows.map((row) => ({percent: Number(row["percent"]), customers: Number(row["place"]), revenue: Number(row["upto"])})).filter((point) => isSound(point.customers))
  };
}
