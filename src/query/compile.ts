// Turns what is asked of one mart at one time rule into one statement: any periods, one breakdown, any measures.

import type {DimensionId} from "../metrics/define.js";
import type {CalendarRules} from "./manifest.js";
import {measureColumns, type Leaf, type MeasureContext} from "./measure.js";
import {allOf, column, filterSql, predicateSql} from "./predicate.js";
import type {Filter, Statement} from "./question.js";
import {identifier, integer, join, sql, type Sql} from "./sql.js";

/** How rows find their period: by a date of their own, by lying open on a census day, or by days with work. */
export type TimeRule =
  | {readonly kind: "event"; readonly time: string}
  | {readonly kind: "census"; readonly from: string; readonly to: string}
  | {readonly kind: "active"; readonly time: string; readonly column: string; readonly days: number};

/** Days from `start` inclusive to `end` exclusive; a census is taken on the last. */
export interface Days {
  readonly start: string;
  readonly end: string;
}

export interface Batch {
  readonly mart: string;
  readonly rule: TimeRule;
  readonly filters: readonly Filter[];
  readonly by: readonly DimensionId[];
  /** Distinct; a result row names its position. */
  readonly periods: readonly Days[];
  /** Also count the rows without the date; their position is −1. Events only. */
  readonly undated: boolean;
  readonly leaves: readonly Leaf[];
}

export interface CompileContext extends MeasureContext {
  readonly calendar: CalendarRules;
}

/** Name of the columns of the k-th leaf. */
export const leafPrefix = (k: number): string => `c${k}`;

/**
 * Returns the statement of a batch. Its rows have `period` (position in `periods`), `total` (1 in the row over all
 * members), `m0`, `m1` … (members) and the columns of each leaf. Totals are computed at their own grain by grouping
 * sets. Periods and members without records have no row.
 */
export function compile(batch: Batch, context: CompileContext): Statement {
  const {text, params} = statements[batch.rule.kind](batch, context);
  return {sql: text, params};
}

const statements: Record<TimeRule["kind"], (batch: Batch, context: CompileContext) => Sql> = {
  event: eventStatement, census: censusStatement, active: activeStatement
};

const measures = ({leaves}: Batch, context: CompileContext): Sql =>
  join(leaves.flatMap((leaf, k) => measureColumns(leaf, leafPrefix(k), context)).map(({name, value}) => sql`${value} as ${identifier(name)}`), ",\n  ");

const aliased = (k: number): Sql => ({text: `m${k}`, params: []});

/** Total flag and members, in front of the measures. */
function memberColumns({by}: Batch): Sql {
  const flag = by.length ? sql`grouping(${column(by[0]!)})` : sql`1`;
  return join([sql`${flag} as total`, ...by.map((dimension, k) => sql`cast(${column(dimension)} as varchar) as ${aliased(k)}`)]);
}

const groupingSets = (period: Sql, {by}: Batch): Sql =>
  by.length ? sql`group by grouping sets ((${period}), (${period}, ${join(by.map(column))}))` : sql`group by ${period}`;

const whereSql = (conditions: readonly Sql[]): Sql => {
  const where = allOf(conditions);
  return where ? sql`where ${where}\n` : sql``;
};

const periodTable = ({periods}: Batch): Sql => sql`period(i, first_day, past_day) as (values ${join(
  periods.map(({start, end}, i) => sql`(${integer(i)}, ${start}::date, ${end}::date)`)
)})`;

/** Every day of every period: rows of the mart are found by equality, which is what engines do fastest. */
const dayTable = sql`day as (select i, first_day + unnest(range(0, past_day - first_day))::integer as day from period)`;

function eventStatement(batch: Batch, context: CompileContext): Sql {
  const {rule, mart, filters, undated} = batch;
  const time = column((rule as TimeRule & {kind: "event"}).time);
  const moments = undated ? sql`${dayTable},\nmoment as (select i, day from day union all select -1, null)` : dayTable;
  const match = undated ? sql`moment as d on ${time} is not distinct from d.day` : sql`day as d on ${time} = d.day`;
  return sql`with ${periodTable(batch)},
${moments}
select d.i as period, ${memberColumns(batch)},
  ${measures(batch, context)}
from ${identifier(mart)} as f join ${match}
${whereSql(filters.map(filterSql))}${groupingSets(sql`d.i`, batch)}`;
}

function censusStatement(batch: Batch, context: CompileContext): Sql {
  const {rule, mart, filters} = batch;
  const {from, to} = rule as TimeRule & {kind: "census"};
  return sql`with ${periodTable(batch)}
select p.i as period, ${memberColumns(batch)},
  ${measures(batch, context)}
from ${identifier(mart)} as f join period as p on ${column(from)} < p.past_day and ${column(to)} >= p.past_day
${whereSql(filters.map(filterSql))}${groupingSets(sql`p.i`, batch)}`;
}

function activeStatement(batch: Batch, context: CompileContext): Sql {
  const {rule, mart, filters, by, leaves} = batch;
  const {time, column: who, days} = rule as TimeRule & {kind: "active"};
  const {workingDays, holidays} = context.calendar;
  const working = [
    sql`isodow(d.day) in (${join(workingDays.map(integer))})`,
    ...(holidays.length ? [sql`d.day not in (${join(holidays.map((day) => sql`${day}::date`))})`] : [])
  ];
  const own = leaves.flatMap(({where = []}) => where.map(predicateSql));
  const members = by.map((_, k) => aliased(k));
  const sets = by.length ? sql`group by grouping sets ((period, who), (period, who, ${join(members)}))` : sql`group by period, who`;
  return sql`with ${periodTable(batch)},
${dayTable},
worked as (
  select d.i as period, ${column(who)} as who${join(by.map((dimension, k) => sql`, cast(${column(dimension)} as varchar) as ${aliased(k)}`), "")}
  from ${identifier(mart)} as f join day as d on ${column(time)} = d.day
  ${whereSql([sql`${column(who)} is not null`, ...own, ...working, ...filters.map(filterSql)])}
),
active as (
  select period, ${by.length ? sql`grouping(m0)` : sql`1`} as total${join(members.map((m) => sql`, ${m}`), "")}
  from worked ${sets}
  having count(*) >= ${days}::integer
)
select period, total${join(members.map((m) => sql`, ${m}`), "")}, ${measures(batch, context)}
from active group by period, total${join(members.map((m) => sql`, ${m}`), "")}`;
}
