// What became of what is due in a period: a movement between two days that also asks when an entity is due, and that names
// what went from one member of a dimension to another.

import type {DuePart} from "../../metrics/define.js";
import {date, filters, groupingSets, memberColumns, relation, whereSql, type Batch, type CompileContext} from "../batch.js";
import {exactColumn, ownConditions} from "../measure.js";
import {allOf, column} from "../predicate.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {TimeRule} from "../timeRule.js";

type Within = NonNullable<(TimeRule & {readonly kind: "movement"})["within"]>;
type Movement = TimeRule & {readonly kind: "movement"};

/** Who of `held` belongs to a part, and with what. What was due all along moved only if it is elsewhere now. */
export const dueParts: Readonly<Record<DuePart, {readonly who: Sql; readonly value: Sql}>> = {
  created: {who: sql`is_in and not was_due and born >= first_day`, value: sql`after`},
  pulled_in: {who: sql`is_in and not was_due and born < first_day and was_open`, value: sql`after`},
  reopened: {who: sql`is_in and not was_due and born < first_day and not was_open`, value: sql`after`},
  increased: {who: sql`is_in and was_due and after > due_before`, value: sql`after - due_before`},
  decreased: {who: sql`is_in and was_due and after < due_before`, value: sql`due_before - after`},
  transferred_in: {who: sql`is_in and was_due and not is_there_before`, value: sql`due_before`},
  transferred_out: {who: sql`is_there_before and is_due and not is_in`, value: sql`before`},
  pushed_out: {who: sql`is_there_before and not is_due`, value: sql`before`},
  won: {who: sql`is_in and state_after = 'won'`, value: sql`after`},
  lost: {who: sql`is_in and state_after = 'lost'`, value: sql`after`}
};

/**
 * Returns the tables up to `held`, one row per period, member and entity, as for any movement. `before` is the value of what
 * was open and due on the day before the period, `after` of what is due on its last day, open or closed in it; `was_open`,
 * `was_due`, `due_before` and `is_due` tell of the entity in all, whatever member it belongs to.
 */
export function waterfallTables(batch: Batch, {entity, from, to, value}: Movement, {due, state}: Within, context: CompileContext): Sql {
  const amount = exactColumn(batch.mart, value, context);
  const counts = context.unrated && context.typeOf(batch.mart, "unrated_currency") !== undefined;
  const picked = batch.filters.map(({dimension}) => dimension);
  const dimensions = [...new Set([...batch.by, ...picked])];
  const isDue = sql`${column(due)} >= p.start_day and ${column(due)} < p.due_day`;
  const covers = (day: Sql) => sql`${column(from)} < ${day} and ${column(to)} >= ${day}`;
  const own = allOf([sql`${column(entity)} is not null`, ...ownConditions(batch.leaves[0]!)])!;
  const flag = (name: string, condition: Sql) => sql`coalesce(bool_or(${condition}), false) as ${identifier(name)}`;
  return sql`period(i, start_day, past_day, due_day) as (values ${join(batch.periods.map(({start, end, past = end}, i) => sql`(${integer(i)}, ${date(start)}, ${date(end)}, ${date(past)})`))}),
side as (
  select p.i as period, p.start_day, ${column(entity)} as entity, ${column("first_day")} as born, ${amount} as amount,
    ${column(state)} as state, ${counts ? column("unrated_currency") : sql`null`} as unrated_currency,
    ${covers(sql`p.start_day`)} and ${column(state)} = 'open' as is_open_before,
    ${covers(sql`p.start_day`)} and ${column(state)} = 'open' and ${isDue} as is_before,
    ${covers(sql`p.past_day`)} and ${isDue} as is_after${join(dimensions.map((name) => sql`,
    ${column(name)}`), "")}
  from ${relation(batch)} as f join period as p on ${column(from)} < p.past_day and ${column(to)} >= p.start_day
  where ${own} and ((${covers(sql`p.start_day`)} and ${column(state)} = 'open') or (${covers(sql`p.past_day`)} and ${isDue}))
),
whole as (
  select period, entity, ${flag("was_open", sql`is_open_before`)}, ${flag("was_due", sql`is_before`)}, ${flag("is_due", sql`is_after`)},
    coalesce(sum(amount) filter (where is_before), 0) as due_before
  from side group by period, entity
),
held as (
  select f.period, f.start_day as first_day, f.entity, ${memberColumns(batch)},
    ${flag("is_there_before", sql`f.is_before`)}, ${flag("is_in", sql`f.is_after`)}, ${flag("is_there_after", sql`f.is_after and f.state = 'open'`)},
    max(f.state) filter (where f.is_after) as state_after,
    coalesce(sum(f.amount) filter (where f.is_before), 0) as before, coalesce(sum(f.amount) filter (where f.is_after), 0) as after,
    min(f.born) as born, count(f.unrated_currency) as unrated,
    bool_or(w.was_open) as was_open, bool_or(w.was_due) as was_due, bool_or(w.is_due) as is_due, max(w.due_before) as due_before
  from side as f join whole as w on f.period = w.period and f.entity = w.entity
  ${whereSql([sql`f.is_before or f.is_after`, ...filters(batch)])}
  ${groupingSets(sql`f.period, f.start_day, f.entity`, batch)}
)`;
}
