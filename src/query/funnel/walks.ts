// Walks: what a funnel is worked out to beforehand, for every day on which an entity could enter it and for any window.

import {funnelMart, type Funnel, type FunnelMode} from "../../metrics/funnel.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {Statement} from "../question.js";
import {eventTables, secondsBetween} from "./events.js";
import {candidates, excludingEvent, first, foundEvent} from "./match.js";
import {isEarly, masksOf} from "./outcome.js";
import type {FunnelPlan} from "./plan.js";

/** Name of a funnel's walks among the marts: as it is declared, or in another mode. */
export const walkMart = ({id, mode}: Pick<Funnel, "id" | "mode">, declared: FunnelMode = mode): string => (mode === declared ? `walk_${id}` : `walk_${id}_${mode}`);

/**
 * Whether walks can answer a funnel: those whose steps follow from the entry alone. Of mode `any` the window decides which
 * events count, and in `any_stage` steps do not follow one another.
 */
export const isWalkable = ({mode, steps}: Pick<Funnel, "mode" | "steps">): boolean => mode !== "any" && mode !== "any_stage" && steps.length > 1;

/**
 * Whether walks answer this choice of the funnel that they were made for. Attempts that begin when the one before is over,
 * the entry that gets furthest, and members that are each followed on their own need the events.
 */
export const walksAnswer = (declared: Funnel, {funnel, by, filters}: Pick<FunnelPlan, "funnel" | "by" | "filters">): boolean =>
  isWalkable(funnel) && funnel.mode === declared.mode && (funnel.repeat === "first_in_range" || funnel.repeat === "first_ever")
  && (funnel.credit !== "all" || (by === null && filters.length === 0));

/** Whole days of a window that hold the event; an event known to the day only lies that many days away. */
const needed = (event: Sql): Sql => sql`case
    when ${event}.second is not null and entry.second is not null then (abs(${event}.second - entry.second) + 86399) // 86400
    else abs(${event}.day - entry.day) end`;

/** Longest time: no window and no day of entry cuts it. */
const always = {start: "0001-01-01", end: "9999-12-31", asOf: "9999-12-31", filters: [], by: null} as const;

/**
 * Returns the statement of the walks of the entities numbered from `first` to `past` (exclusive). One row for each entity
 * and day on which it could enter, with the `day`, `before`, the last such day before it, and for step k: `number_k` in the
 * log, `need_k` (days of window that reach it and all steps before), `at_k` (days after the entry), `took_k` (seconds from
 * the step before, null where one is before its time), `loss_k` and `left_k` (days of window and days to the first loss
 * after it), `value_k`; `took_all` from the first to the last; `excluded`, days of window in which an exclusion takes it out;
 * masks `early` and `ties`; and the dimensions at the entry. Every number is of the events alone: no window cuts it.
 */
export function walksStatement(declared: Funnel, dimensions: readonly string[], entities: {readonly first: number; readonly past: number}): Statement {
  const funnel: Funnel = {...declared, window: null, credit: "first"};
  const plan: FunnelPlan = {...always, funnel};
  const {steps, exclude} = funnel;
  const numbers = steps.map((_, k) => k + 1);
  const [inner, left] = [numbers.slice(1), numbers.slice(0, -1)];
  const f = foundEvent;
  const loss = (k: number) => identifier(`lost_${k}`);
  const hit = (k: number) => identifier(`hit_${k}`);
  const position = (id: string) => steps.findIndex((step) => step.id === id) + 1;
  const reach = (k: number) => sql`greatest(${join(numbers.slice(0, k).map((j) => needed(f(j))))})`;
  const took = (from: number, to: number) =>
    sql`case when not ${f(from)}.early and not ${f(to)}.early and ${secondsBetween(f(from), f(to))} >= 0 then ${secondsBetween(f(from), f(to))} end`;
  const {early, ties} = masksOf(steps.length, f, sql`entry`);
  const found = sql`select *, ${join([
    ...left.map((k) => sql`case when ${f(k)} is not null then ${first(sql`losses`, sql`e.place > ${f(k)}.place`)} end as ${loss(k)}`),
    ...exclude.map(({after, before}, k) => sql`${excludingEvent(k, f(position(after)), f(position(before)))} as ${hit(k)}`)
  ])} from (${candidates(sql`entered`, funnel)})`;
  const integers: [string, Sql][] = [
    ...numbers.map((k): [string, Sql] => [`number_${k}`, sql`${f(k)}.number`]),
    ...inner.flatMap((k): [string, Sql][] => [
      [`need_${k}`, sql`case when ${f(k)} is not null then ${reach(k)} end`],
      [`at_${k}`, sql`${f(k)}.day - entry.day`],
      [`took_${k}`, took(k - 1, k)]
    ]),
    ...(steps.length > 2 ? [["took_all", took(1, steps.length)] as [string, Sql]] : []),
    ...left.flatMap((k): [string, Sql][] => [[`loss_${k}`, sql`case when ${loss(k)} is not null then ${needed(loss(k))} end`], [`left_${k}`, sql`${loss(k)}.day - entry.day`]]),
    ...(exclude.length ? [["excluded", sql`least(${join(exclude.map(({after}, k) => sql`case when ${hit(k)} is not null then greatest(${reach(position(after))}, ${needed(hit(k))}) end`))})`] as [string, Sql]] : []),
    ["early", early], ["ties", ties]
  ];
  const {text, params} = sql`with ${eventTables(plan, [], entities)},
entered as (
  select *, entries[turn] as entry, case when turn > 1 then entries[turn - 1].day end as before
  from (select *, unnest(range(1, len(entries) + 1)) as turn from entity_events)
  where turn = 1 or entries[turn].day > entries[turn - 1].day
),
found as (
  ${found}
)
select f.entity, entry.day as day, before, ${join(integers.map(([name, value]) => sql`(${value})::integer as ${identifier(name)}`), ",\n  ")},
  ${join([...left.map((k) => sql`${f(k)}.value as ${identifier(`value_${k}`)}`), ...dimensions.map((id) => sql`f.${identifier(id)}`)])}
from found join ${identifier(funnelMart[funnel.entity])} as f on found.entity = f.entity and entry.number = f.number`;
  return {sql: text, params};
}
