// One row for each entry into a funnel that counts in the period, with how far it went.

import type {DimensionId} from "../../metrics/define.js";
import {filterSql} from "../predicate.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {carriedBy, eventTables, keysOf, within} from "./events.js";
import {matched, stepEvent} from "./match.js";
import type {FunnelPlan} from "./plan.js";

/**
 * Returns the tables up to `attempt`: one row an entry, with `entry`, `t_1` … `t_K` (events, null where not reached),
 * `last_step`, `loss`, `is_excluded`, `is_mature` (its window has passed by as-of) and `member`, of what is broken down by.
 * `more` are dimensions that the events carry besides; `dimension` names their fields.
 */
export function attemptTables(plan: FunnelPlan, more: readonly DimensionId[] = []): Sql {
  const {funnel, start, end, asOf, by} = plan;
  const {repeat, window, credit} = funnel;
  const isInRange = (event: Sql) => sql`${event}.day >= ${start}::date and ${event}.day < ${end}::date`;
  const e = sql`e`;
  const found = ((): Sql => {
    switch (repeat) {
      case "first_ever": return sql`found as (
  ${matched(sql`(select *, entries[1] as entry from entity_events)`, funnel)}
)`;
      case "first_in_range": return sql`found as (
  ${matched(sql`(select *, list_filter(entries, lambda e: ${isInRange(e)})[1] as entry from entity_events)`, funnel)}
)`;
      case "optimized": return sql`tried as (
  ${matched(sql`(select *, unnest(list_filter(entries, lambda e: ${isInRange(e)})) as entry from entity_events)`, funnel)}
),
found as (
  select * from tried
  qualify row_number() over (partition by ${join(keysOf(plan))} order by exclusion is not null, last_step desc, entry.place desc) = 1
)`;
      case "every_attempt": return sql`entered as (
  select *, entries[1] as entry from entity_events
  union all
  select * exclude (later), later as entry
  from (select ${sourceColumns(plan)}, ${nextEntry(plan)} as later from (${matched(sql`entered`, funnel)}))
  where later is not null
),
found as (
  ${matched(sql`entered`, funnel)}
)`;
    }
  })();
  const mature = window === null ? sql`true` : sql`entry.day + ${integer(window)} <= ${asOf}::date`;
  const conditions = [sql`entry is not null`, isInRange(sql`entry`), ...conditionsOf(plan)];
  return sql`${eventTables(plan, more)},
${found},
attempt as (
  select *, exclusion is not null as is_excluded, ${mature} as is_mature${by === null ? sql`` : sql`, ${memberOf(plan)} as member`}
  from found
  where ${join(conditions, " and ")}${by !== null && typeof credit === "object" ? sql` and ${credited(plan)} is not null` : sql``}
)`;
}

/** Where a carried dimension stands in an event. */
export const dimension = (plan: FunnelPlan, id: DimensionId, more: readonly DimensionId[] = []): Sql =>
  identifier(`dim_${carriedBy(plan, more).indexOf(id)}`);

/** The event whose dimensions an entry has. */
function credited({funnel: {credit, steps}}: FunnelPlan): Sql {
  if (credit === "first" || credit === "all") return sql`entry`;
  if (credit === "last") return sql`coalesce(${join(steps.map((_, k) => stepEvent(steps.length - k)))})`;
  return stepEvent(steps.findIndex(({id}) => id === credit.step) + 1);
}

function memberOf(plan: FunnelPlan): Sql {
  const {funnel: {credit, hold}, by} = plan;
  if (credit === "all") return identifier(`part_${hold === null ? 0 : 1}`);
  return sql`${credited(plan)}.${dimension(plan, by!)}`;
}

/** What a reader picked holds of the credited event; where each member is run on its own, of all events. */
function conditionsOf(plan: FunnelPlan): Sql[] {
  const {funnel: {credit}, filters} = plan;
  if (credit === "all") return [];
  const event = credited(plan);
  return filters.map((filter) => {
    const {text, params} = filterSql({...filter, dimension: "value"});
    const value = sql`${event}.${dimension(plan, filter.dimension)}`;
    return sql`${event} is not null and (${{text: text.replaceAll('f."value"', value.text), params}})`;
  });
}

function sourceColumns(plan: FunnelPlan): Sql {
  const {funnel: {steps, exclude}} = plan;
  return join([...keysOf(plan), sql`entries`, ...steps.map((_, k) => identifier(`step_${k + 1}`)), sql`losses`, ...exclude.map((_, k) => identifier(`excluded_${k}`))]);
}

/** The first entry after the attempt is over: converted, excluded, or its window passed. */
function nextEntry({funnel: {steps, window}}: FunnelPlan): Sql {
  const after = (condition: Sql) => sql`list_filter(entries, lambda e: ${condition})[1]`;
  const passed = window === null ? sql`null` : after(sql`e.place > entry.place and not ${within(sql`e`, sql`entry`, window)}`);
  return sql`case when exclusion is not null then ${after(sql`e.place > exclusion`)}
    when ${stepEvent(steps.length)} is not null then ${after(sql`e.place > last_place`)} else ${passed} end`;
}
