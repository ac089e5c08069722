// The rows of a mart behind one measured number: which of them count, what is to be said of them, what each brings.

import {date, filters, openOn, whereSql, type Batch, type CompileContext} from "../batch.js";
import {idsOf} from "../manifest.js";
import {conditions, exactColumn, measuredColumns, ownConditions, windowOf, type Leaf} from "../measure.js";
import {dateOf} from "../periodKey.js";
import {allOf, column} from "../predicate.js";
import type {Filter} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {heldTables, partOf} from "../statements/movement.js";
import {ruleOf, type Days, type TimeRule} from "../timeRule.js";
import type {ConversionMetric} from "../../metrics/define.js";

/**
 * What is to be said of a record. Left out: `no_value`, the column it is measured by is empty; `no_rate`, its currency has
 * no rate; `in_progress`, its window has not passed; `undated`, it has no date; `too_few`, its owner or customer has too
 * few rows. Counted all the same: `censored`, not ended yet; `undated` in a stock, on the last day only.
 */
export const notes = ["no_value", "no_rate", "in_progress", "undated", "too_few", "censored"] as const;
export type Note = (typeof notes)[number];

/** One measured number over some days, and which side of it where it has two. */
export interface RowsWant {
  readonly leaf: Leaf;
  readonly days: Days;
  readonly filters: readonly Filter[];
  /** Also tell of the rows without the date. */
  readonly undated: boolean;
  /** Of a conversion: what entered, or what of it was reached in time. */
  readonly side?: "entered" | "reached";
  /** Each row has the CRM's id of its record, in `record_id`. */
  readonly ids?: boolean;
}

/**
 * Returns a query whose rows have `record_counted`, `record_note`, `record_brings` and the named columns. What a row brings
 * adds up to counts and sums, and is the single value of averages, medians and durations; null where it does not count. Of
 * distinct values, and of those that a correlation ranks, the first row of each brings 1. `mart` lists those of the mart; a
 * movement has one row an entity and columns of its own. With `ids` there is `record_id` beside them.
 */
export function rowsQuery(want: RowsWant, mart: readonly string[], context: CompileContext): Sql {
  const {leaf, days, filters, undated, ids = false} = want;
  const columns = ids ? [...mart, recordId] : mart;
  const batch: Batch = {mart: leaf.mart, rule: ruleOf(leaf), filters, by: [], periods: [days], undated, leaves: [leaf]};
  const {rule} = batch;
  if (leaf.type === "movement") return entityRows(batch, leaf, ids, context);
  if (leaf.type === "conversion") return conversionRows(want, leaf, batch, columns, context);
  if (rule.kind === "active") return activeRows(batch, rule, columns, context);
  const dated = rule.kind === "census" ? openOn(batch, rule, date(days.end)) : within(rule as {time: string}, days);
  const {where = [], whereAny, aggregate} = leaf;
  const measured = measuredColumns(aggregate);
  const eligible = conditions(where.filter((predicate) => !measured.includes(predicate.column)), whereAny);
  const known = conditions(where, whereAny, measured.map((name) => sql`${column(name)} is not null`)) ?? sql`true`;
  const loose = rule.kind !== "census" && undated ? sql`${column((rule as {time: string}).time)} is null` : sql`false`;
  const stays = leaf.type === "balance" && leaf.undated !== undefined ? sql`${column(leaf.undated)}` : sql`false`;
  const censored = rule.kind === "survival" && rule.ended !== undefined ? sql`${column(rule.ended)} is not true` : sql`false`;
  return sql`select *, case when record_counted then ${bringsOf(leaf, columns, context)} end as record_brings from (
  select coalesce(${known}, false) and not (${loose}) as record_counted,
    case when ${loose} then 'undated' when coalesce(${known}, false) then case when ${stays} then 'undated' when ${censored} then 'censored' end
      ${unratedNote(leaf.mart, context)} else 'no_value' end as record_note,
    ${listed(columns)}
  from ${rowsOf(batch.mart, columns)} as f ${whereSql([sql`${dated} or ${loose}`, ...(eligible ? [eligible] : []), ...filterList(batch)])}
) as f`;
}

/** Where the CRM's ids stand. */
export const recordId = "record_id";

/** The mart; with its ids, which have its order, where they are asked for. */
const rowsOf = (mart: string, columns: readonly string[]): Sql =>
  columns.includes(recordId) ? sql`(select f.*, i.${identifier(recordId)} from ${identifier(mart)} as f positional join ${identifier(idsOf(mart))} as i)` : identifier(mart);

const within = ({time}: {readonly time: string}, {start, end}: Days): Sql => sql`${column(time)} >= ${date(start)} and ${column(time)} < ${date(end)}`;
const listed = (columns: readonly string[]): Sql => join(columns.map(column));
const filterList = (batch: Batch): Sql[] => filters(batch);

const unratedNote = (mart: string, context: CompileContext): Sql =>
  context.unrated && context.typeOf(mart, "unrated_currency") !== undefined ? sql`when ${column("unrated_currency")} is not null then 'no_rate'` : sql``;

function bringsOf(leaf: Exclude<Leaf, {type: "movement" | "conversion"}>, columns: readonly string[], context: CompileContext): Sql {
  const {aggregate, mart} = leaf;
  switch (aggregate.fn) {
    case "count": return sql`1`;
    case "count_distinct":
    case "count_active": return firstOf(aggregate.column, columns);
    case "sum_product": {
      const [a, b] = aggregate.columns.map((name) => exactColumn(mart, name, context)) as [Sql, Sql];
      return sql`(${a} * ${b})::double`;
    }
    case "survival": return sql`${column(aggregate.duration)}::double`;
    case "rank_correlation": return firstOf(aggregate.per, columns);
    default: return sql`${column(aggregate.column)}::double`;
  }
}

/** 1 for the first row of each value among those that count, 0 for the others. */
const firstOf = (name: string, columns: readonly string[]): Sql =>
  sql`(row_number() over (partition by record_counted, ${column(name)} order by ${listed(columns)}) = 1)::integer`;

function conversionRows({side, days}: RowsWant, leaf: ConversionMetric, batch: Batch, columns: readonly string[], context: CompileContext): Sql {
  const {time, conversion, weight, outcome = weight, where} = leaf;
  const window = windowOf(leaf, context);
  const mature = window === null ? sql`true` : sql`${column(time)} <= ${dateOf(context.asOf).subtract({days: window}).toString()}::date`;
  const done = window === null ? sql`${column(conversion)} is not null` : sql`${column(conversion)} <= ${column(time)} + ${integer(window)}`;
  const value = side === "reached" ? outcome : weight;
  const known = value === undefined ? sql`true` : sql`${column(value)} is not null`;
  const own = conditions(where);
  return sql`select *, case when record_counted then ${value === undefined ? sql`1` : sql`${column(value)}::double`} end as record_brings from (
  select ${mature} and ${known} as record_counted,
    case when not (${mature}) then 'in_progress' when ${known} then null ${unratedNote(leaf.mart, context)} else 'no_value' end as record_note,
    ${listed(columns)}
  from ${rowsOf(batch.mart, columns)} as f ${whereSql([within({time}, days), ...(own ? [own] : []), ...(side === "reached" ? [mature, done] : []), ...filterList(batch)])}
) as f`;
}

function activeRows(batch: Batch, {time, column: who, least, working}: TimeRule & {readonly kind: "active"}, columns: readonly string[], context: CompileContext): Sql {
  const {workingDays, holidays} = context.calendar;
  const workdays = working ? [
    sql`isodow(${column(time)}) in (${join(workingDays.map(integer))})`,
    ...(holidays.length ? [sql`${column(time)} not in (${join(holidays.map(date))})`] : [])
  ] : [];
  return sql`select *, case when record_counted then ${firstOf(who, columns)} end as record_brings from (
  select count(*) over (partition by ${column(who)}) >= ${integer(least)} as record_counted,
    case when count(*) over (partition by ${column(who)}) < ${integer(least)} then 'too_few' end as record_note,
    ${listed(columns)}
  from ${rowsOf(batch.mart, columns)} as f ${whereSql([within({time}, batch.periods[0]!), sql`${column(who)} is not null`, ...ownConditions(batch.leaves[0]!), ...workdays, ...filterList(batch)])}
) as f`;
}

/** Columns of the entities of a movement. */
export const entityColumns = (entity: string): readonly string[] => [entity, "first_day", "before", "after"];

/** One row for each entity of the part, with what it had on the day before the period and on its last. */
function entityRows(batch: Batch, leaf: Extract<Leaf, {type: "movement"}>, ids: boolean, context: CompileContext): Sql {
  const key = identifier(leaf.entity);
  const {who, value} = partOf(leaf.part);
  return sql`with ${heldTables(batch, ruleOf(leaf) as TimeRule & {readonly kind: "movement"}, context)}
select true as record_counted, case when unrated > 0 then 'no_rate' end as record_note, ${leaf.measure === "count" ? sql`1` : sql`(${value})::double`} as record_brings,
  entity as ${key}, born as "first_day", before::double as "before", after::double as "after"${ids ? sql`, record_id` : sql``}
from held ${ids ? sql`left join (select ${key} as entity, min(record_id) as record_id from ${rowsOf(batch.mart, [recordId])} as f group by ${key}) using (entity)` : sql``}
where ${allOf([who])!}`;
}
