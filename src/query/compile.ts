// Turns what is asked of one mart at one time rule into one statement: any periods, one breakdown, any measures.

import {
  asDoubles, asTheyAre, combined, comma, date, dayTable, filters, groupingSets, measures, memberColumns, members, openOn,
  periodTable, relation, whereSql, type Batch, type CompileContext
} from "./batch.js";
import {addsUp} from "./measure.js";
import {column} from "./predicate.js";
import type {Statement} from "./question.js";
import {integer, join, sql, type Sql} from "./sql.js";
import {activeStatement} from "./statements/active.js";
import {correlationStatement} from "./statements/correlation.js";
import {movementStatement} from "./statements/movement.js";
import {quantileStatement} from "./statements/quantiles.js";
import {survivalStatement} from "./statements/survival.js";
import type {Days, TimeRule} from "./timeRule.js";

export {leafPrefix, type Batch, type CompileContext} from "./batch.js";

/**
 * Returns the statement of a batch. Its rows have `period` (position in `periods`), `total` (1 in the row over all
 * members), `m0`, `m1` … (members) and the columns of each leaf, all DOUBLE. Totals are computed at their own grain by
 * grouping sets. Periods and members without records have no row.
 */
export function compile(batch: Batch, context: CompileContext): Statement {
  const {text, params} = statementOf(batch, context);
  return {sql: text, params};
}

function statementOf(batch: Batch, context: CompileContext): Sql {
  const {rule, periods, undated, leaves} = batch;
  if (rule.kind === "active") return activeStatement(batch, rule, context);
  if (rule.kind === "survival") return survivalStatement(batch, rule);
  if (rule.kind === "correlation") return correlationStatement(batch, rule, context);
  if (rule.kind === "movement") return movementStatement(batch, rule, context);
  if (batch.cube?.value !== undefined) return quantileStatement(batch, batch.cube.value, context);
  // Over the few rows of a cube, what takes longest is to plan a long statement.
  const additive = leaves.every(addsUp) && !undated && !batch.cube;
  if (rule.kind === "census") return additive && periods.length > 1 ? stockStatement(batch, rule, context) : censusStatement(batch, rule, context);
  if (periods.length === 1) return spanStatement(batch, rule, context);
  return additive && overlap(periods) ? pieceStatement(batch, rule, context) : dayStatement(batch, rule, context);
}

function overlap(periods: readonly Days[]): boolean {
  const sorted = [...periods].sort((a, b) => (a.start < b.start ? -1 : 1));
  return sorted.some(({start}, k) => k > 0 && start < sorted[k - 1]!.end);
}

/** Returns how many of the sorted days are on or before the date of a row, as a tree of comparisons. */
function passed(of: Sql, days: readonly string[], from = 0, to = days.length): Sql {
  if (from === to) return integer(from);
  const middle = (from + to) >> 1;
  return sql`case when ${of} < ${date(days[middle]!)} then ${passed(of, days, from, middle)} else ${passed(of, days, middle + 1, to)} end`;
}

type Event = TimeRule & {readonly kind: "event"};
type Census = TimeRule & {readonly kind: "census"};

/** Events in one period. */
function spanStatement(batch: Batch, {time}: Event, context: CompileContext): Sql {
  const [{start, end}] = batch.periods as [Days];
  const dated = sql`${column(time)} >= ${date(start)} and ${column(time)} < ${date(end)}`;
  const [place, where] = batch.undated
    ? [sql`case when ${column(time)} is null then -1 else 0 end`, sql`${column(time)} is null or ${dated}`] : [sql`0`, dated];
  return sql`select f.place as period, ${memberColumns(batch)},
  ${asDoubles(measures(batch, context))}
from (select *, ${place} as place from ${relation(batch)} as f ${whereSql([where, ...filters(batch)])}) as f
${groupingSets(sql`f.place`, batch)}`;
}

/** Events in several periods, which may overlap; any aggregate. */
function dayStatement(batch: Batch, {time}: Event, context: CompileContext): Sql {
  const moments = batch.undated ? sql`${dayTable},\nmoment as (select i, day from day union all select -1, null)` : dayTable;
  const match = batch.undated ? sql`moment as d on ${column(time)} is not distinct from d.day` : sql`day as d on ${column(time)} = d.day`;
  return sql`with ${periodTable(batch)},
${moments}
select d.i as period, ${memberColumns(batch)},
  ${asDoubles(measures(batch, context))}
from ${relation(batch)} as f join ${match} ${whereSql(filters(batch))}
${groupingSets(sql`d.i`, batch)}`;
}

/** Events in periods that overlap, additive only: each row is counted in one piece of time, and pieces make periods. */
function pieceStatement(batch: Batch, {time}: Event, context: CompileContext): Sql {
  const {periods} = batch;
  const columns = measures(batch, context);
  const edges = [...new Set(periods.flatMap(({start, end}) => [start, end]))].sort();
  const within = sql`${column(time)} >= ${date(edges[0]!)} and ${column(time)} < ${date(edges.at(-1)!)}`;
  return sql`with piece as (
  select f.place, ${memberColumns(batch)},
    ${asTheyAre(columns)}
  from (select *, ${passed(column(time), edges)} as place from ${relation(batch)} as f ${whereSql([within, ...filters(batch)])}) as f
  ${groupingSets(sql`f.place`, batch)}
),
period(i, first_place, past_place) as (values ${join(periods.map(({start, end}, i) =>
    sql`(${integer(i)}, ${integer(edges.indexOf(start) + 1)}, ${integer(edges.indexOf(end) + 1)})`))})
select i as period, total${comma(members(batch))},
  ${combined(columns)}
from piece join period on first_place <= place and place < past_place
group by i, total${comma(members(batch))}`;
}

/** Stocks on any census days; any aggregate. */
function censusStatement(batch: Batch, {from, to}: Census, context: CompileContext): Sql {
  return sql`with ${periodTable(batch)}
select p.i as period, ${memberColumns(batch)},
  ${asDoubles(measures(batch, context))}
from ${relation(batch)} as f join period as p on ${openOn(batch, {from, to}, sql`p.past_day`)}
${whereSql(filters(batch))}
${groupingSets(sql`p.i`, batch)}`;
}

/** Stocks on several census days, additive only: spans are grouped by the censuses between which they begin and end. */
function stockStatement(batch: Batch, {from, to}: Census, context: CompileContext): Sql {
  const {periods} = batch;
  const columns = measures(batch, context);
  const edges = periods.map(({end}) => end).sort();
  const seen = sql`${column(from)} < ${date(edges.at(-1)!)} and ${column(to)} >= ${date(edges[0]!)}`;
  return sql`with stock as (
  select f.entered, f.gone, ${memberColumns(batch)},
    ${asTheyAre(columns)}
  from (
    select *, ${passed(column(from), edges)} as entered, ${passed(column(to), edges)} as gone
    from ${relation(batch)} as f ${whereSql([seen, ...filters(batch)])}
  ) as f
  where f.entered < f.gone
  ${groupingSets(sql`f.entered, f.gone`, batch)}
),
census(i, place) as (values ${join(periods.map(({end}, i) => sql`(${integer(i)}, ${integer(edges.indexOf(end))})`))})
select i as period, total${comma(members(batch))},
  ${combined(columns)}
from stock join census on entered <= place and place < gone
group by i, total${comma(members(batch))}`;
}
