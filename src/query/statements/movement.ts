// What became of entities between the day before a period and its census day.

import {
  asDoubles, comma, filters, groupingSets, leafPrefix, memberColumns, members, periodTable, relation, whereSql, type Batch, type CompileContext
} from "../batch.js";
import type {MovementPart} from "../../metrics/define.js";
import {exactColumn, ownConditions, type MeasureColumn} from "../measure.js";
import {column} from "../predicate.js";
import {sql, type Sql} from "../sql.js";
import type {TimeRule} from "../timeRule.js";
import {flowParts, flowTables} from "./flow.js";
import {dueParts, waterfallTables} from "./waterfall.js";

/** What is there on the last day, at the rates of the day before. */
const same = sql`(after - rates)`;

/** Who belongs to a part, and with what. An entity whose value is unknown (no rate) is there all the same. */
const parts: Readonly<Record<MovementPart, {readonly who: Sql; readonly value: Sql}>> = {
  start: {who: sql`is_there_before`, value: sql`before`},
  end: {who: sql`is_there_after`, value: sql`after`},
  new: {who: sql`not is_there_before and is_there_after and born >= first_day`, value: sql`after`},
  reactivation: {who: sql`not is_there_before and is_there_after and born < first_day`, value: sql`after`},
  expansion: {who: sql`is_there_before and is_there_after and ${same} > before`, value: sql`${same} - before`},
  contraction: {who: sql`is_there_before and is_there_after and ${same} < before`, value: sql`before - ${same}`},
  churn: {who: sql`is_there_before and not is_there_after`, value: sql`before`},
  kept: {who: sql`is_there_before and is_there_after`, value: sql`least(before, ${same})`},
  kept_all: {who: sql`is_there_before and is_there_after`, value: same},
  net: {who: sql`is_there_before or is_there_after`, value: sql`${same} - before`},
  lost_within: {who: sql`not is_there_before and not is_there_after and born >= first_day`, value: sql`brought`},
  ...dueParts,
  ...flowParts
};

type Movement = TimeRule & {readonly kind: "movement"};

/**
 * Returns the tables up to `held`: one row per period, member and entity with what it had on the day before the period
 * (`before`) and on its last day (`after`), what of the latter comes from `rates` alone, its first day of all (`born`), and
 * what it had then.
 */
export function heldTables(batch: Batch, rule: Movement, context: CompileContext): Sql {
  const {entity, from, to, value, within, flow, constant} = rule;
  if (flow) return flowTables(batch, rule, flow, context);
  if (within) return waterfallTables(batch, rule, within, context);
  const amount = exactColumn(batch.mart, value, context);
  const covers = (day: Sql) => sql`${column(from)} < ${day} and ${column(to)} >= ${day}`;
  const isThere = (day: Sql) => sql`coalesce(bool_or(${covers(day)} and coalesce(${column(value)}, 1) > 0), false)`;
  const summed = (condition: Sql) => sql`coalesce(sum(${amount}) filter (where ${condition}), 0)`;
  const counts = context.unrated && context.typeOf(batch.mart, "unrated_currency") !== undefined;
  const parted = constant && context.typeOf(batch.mart, constant.own) !== undefined ? constant : null;
  const own = parted && ((day: Sql) => sql`sum(${exactColumn(batch.mart, parted.own, context)}) filter (where ${covers(day)})`);
  return sql`${periodTable(batch)},
${parted ? sql`in_currency` : sql`held`} as (
  select p.i as period, p.first_day, ${column(entity)} as entity, ${memberColumns(batch)},
    ${isThere(sql`p.first_day`)} as is_there_before, ${isThere(sql`p.past_day`)} as is_there_after,
    ${summed(covers(sql`p.first_day`))} as before, ${summed(covers(sql`p.past_day`))} as after,
    min(${column("first_day")}) as born, ${summed(sql`${column(from)} = ${column("first_day")}`)} as brought,
    ${own ? sql`${own(sql`p.first_day`)} as own_before, ${own(sql`p.past_day`)} as own_after, max(${column(parted!.rate)}) filter (where ${covers(sql`p.first_day`)}) as rate_before` : sql`0 as rates`},
    ${counts ? sql`count(${column("unrated_currency")})` : sql`0`} as unrated
  from ${relation(batch)} as f join period as p on ${column(from)} < p.past_day and ${column(to)} >= p.first_day
  ${whereSql([sql`${column(entity)} is not null`, ...ownConditions(batch.leaves[0]!), ...filters(batch)])}
  ${groupingSets(sql`p.i, p.first_day, ${column(entity)}${parted ? sql`, ${column(parted.currency)}` : sql``}`, batch)}
)${parted ? sql`,\n${atOneRate(batch)}` : sql``}`;
}

/** Returns the table `held` from `in_currency`, the same by currency: at the rates of the day before where something was there then. */
const atOneRate = (batch: Batch): Sql => sql`held as (
  select period, first_day, entity, total${comma(members(batch))}, bool_or(is_there_before) as is_there_before,
    bool_or(is_there_after) as is_there_after, sum(before) as before, sum(after) as after, sum(after - same) as rates,
    min(born) as born, sum(brought) as brought, sum(unrated) as unrated
  from (
    select *, case when own_before is null then after when own_after = own_before then before else coalesce((own_after * rate_before)::decimal(28, 2), 0) end as same
    from in_currency
  )
  group by period, first_day, entity, total${comma(members(batch))}
)`;

/** Returns who of `held` belongs to a part, and with what value. */
export const partOf = (part: MovementPart): {readonly who: Sql; readonly value: Sql} => parts[part];

/** Returns the statement of a batch of movements: one row per period and entity in between, then sums of all parts. */
export function movementStatement(batch: Batch, rule: Movement, context: CompileContext): Sql {
  const group = sql`period, total${comma(members(batch))}`;
  return sql`with ${heldTables(batch, rule, context)}
select ${group},
  ${asDoubles(batch.leaves.flatMap((leaf, k) => columnsOf(leaf, leafPrefix(k))))}
from held group by ${group}`;
}

function columnsOf(leaf: Batch["leaves"][number], prefix: string): MeasureColumn[] {
  if (leaf.type !== "movement") throw new TypeError(`${leaf.id} is no movement`);
  const {who, value} = parts[leaf.part];
  const n = {name: `${prefix}_n`, value: sql`count(*) filter (where ${who})`};
  if (leaf.measure === "count") return [n];
  return [n, {name: `${prefix}_value`, value: sql`sum(${value}) filter (where ${who})`}, {name: `${prefix}_unrated`, value: sql`count(*) filter (where ${who} and unrated > 0)`}];
}
