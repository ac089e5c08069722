// Which event, if any, is each step of an entry: one nested select a step, so that it can stand in a recursion too.

import type {Funnel} from "../../metrics/funnel.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {list, never, within} from "./events.js";
import {isChain} from "./plan.js";

export const stepEvent = (k: number): Sql => identifier(`t_${k}`);
/** The event that would be step k, were there no window. */
export const foundEvent = (k: number): Sql => identifier(`found_${k}`);

/** The first of a list of events, in order, of which a condition holds. */
export const first = (events: Sql, condition: Sql): Sql => sql`list_filter(${events}, lambda e: ${condition})[1]`;
const e = sql`e`;

/** The event that would be step k, the window aside; `entry` and the steps before are columns. */
function candidate({mode, steps, window}: Funnel, k: number): Sql {
  const events = list("step", k);
  const previous = foundEvent(k - 1);
  if (mode === "any_stage" || mode === "reached") return first(events, sql`e.place >= entry.place`);
  if (k === 1) return sql`entry`;
  if (mode === "any") return first(events, sql`e.place <> entry.place and ${within(e, sql`entry`, window)}`);
  if (mode === "strict") return first(events, sql`e.place = ${previous}.place + 1`);
  const next = first(events, sql`e.place > ${previous}.place`);
  if (mode === "ordered" || k === steps.length) return next;
  const later = steps.slice(k).map((_, j) => sql`coalesce(${first(list("step", k + 1 + j), sql`e.place > ${previous}.place`)}.place, ${never})`);
  return sql`case when least(${join(later)}) >= ${next}.place then ${next} end`;
}

/** Returns a select of `relation` (rows of entity_events with an event `entry`) and of the event that would be each step. */
export const candidates = (relation: Sql, funnel: Funnel): Sql => funnel.steps.reduce(
  (inner, _, k) => sql`select *, ${candidate(funnel, k + 1)} as ${foundEvent(k + 1)} from (${inner})`, sql`select * from ${relation}`
);

/** Returns the first event of the k-th exclusion after the step that opens it, `after`, and before `before` is reached. */
export function excludingEvent(k: number, after: Sql, before: Sql): Sql {
  const hit = first(list("excluded", k), sql`e.place > ${after}.place`);
  return sql`case when ${hit}.place < coalesce(${before}.place, ${never}) then ${hit} end`;
}

/**
 * Returns a select of `relation`, as `candidates` does, and of each step's event `t_1` …, null where it was not reached,
 * with `last_step`, the number of the last reached one, `last_place`, where the funnel was left at the latest, `loss`, the
 * first event of loss after that if it is in the window, and `exclusion`, the place of the first that takes it out.
 */
export function matched(relation: Sql, funnel: Funnel): Sql {
  const {steps, window, exclude} = funnel;
  const numbers = steps.map((_, k) => k + 1);
  const cut = numbers.reduce((inner, k) => {
    const before = k > 1 && isChain(funnel) ? sql`${stepEvent(k - 1)} is not null and ` : sql``;
    return sql`select *, case when ${before}${within(foundEvent(k), sql`entry`, window)} then ${foundEvent(k)} end as ${stepEvent(k)} from (${inner})`;
  }, candidates(relation, funnel));
  const hits = exclude.map(({after, before}, k) => {
    const position = (id: string) => steps.findIndex((step) => step.id === id) + 1;
    return excludingEvent(k, stepEvent(position(after)), foundEvent(position(before)));
  });
  const hit = (k: number) => identifier(`hit_${k}`);
  const places = exclude.map((_, k) => sql`case when ${within(hit(k), sql`entry`, window)} then ${hit(k)}.place end`);
  const exclusion = places.length ? sql`list_sort([${join(places)}], 'asc', 'nulls last')[1]` : sql`null::bigint`;
  const lastStep = sql`greatest(${join(numbers.map((k) => sql`case when ${stepEvent(k)} is not null then ${integer(k)} else 0 end`))})`;
  const lastPlace = sql`greatest(${join(numbers.map((k) => sql`coalesce(${stepEvent(k)}.place, 0)`))})`;
  return sql`select * replace (case when ${within(sql`loss`, sql`entry`, window)} then loss end as loss), ${exclusion} as exclusion
  from (
    select *, ${join([sql`${first(sql`losses`, sql`e.place > last_place`)} as loss`, ...hits.map((event, k) => sql`${event} as ${hit(k)}`)])}
    from (select *, ${lastStep} as last_step, ${lastPlace} as last_place from (${cut}))
  )`;
}
