// What became of each entry of the period: worked out from the events, or read from the walks that the build left.

import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {attemptTables} from "./attempts.js";
import {secondsBetween} from "./events.js";
import {stepEvent} from "./match.js";
import {isChain, type FunnelPlan} from "./plan.js";
import {lossDay, valueLeft, walkedOn, walkedThere, walkedTo, walkTables} from "./walkTables.js";

/** Steps between which times are told, by number: each from the one before, and the last from the first. */
export const pairsOf = ({steps}: FunnelPlan["funnel"]): [from: number, to: number][] =>
  [...steps.slice(1).map((_, k): [number, number] => [k + 1, k + 2]), ...(steps.length > 2 ? [[1, steps.length] as [number, number]] : [])];

/** The bit of step k in a mask of steps. */
export const bitOf = (k: number): Sql => integer(2 ** (k - 1));

const maskOf = (numbers: readonly number[], holds: (k: number) => Sql): Sql =>
  numbers.length ? join(numbers.map((k) => sql`case when ${holds(k)} then ${bitOf(k)} else 0 end`), " + ") : sql`0`;

/** Before its time: flagged by the log, or dated before the entry. */
export const isEarly = (event: Sql, entry: Sql): Sql => sql`(${event}.early or ${secondsBetween(entry, event)} < 0)`;

/** Two events known to the same second, or to the same day only. */
export const isTie = (event: Sql, other: Sql): Sql => sql`${event}.day = ${other}.day and ${event}.second is not distinct from ${other}.second`;

/** Masks of the steps that came before their time, and of those at the same time as the one before. */
export const masksOf = (count: number, event: (k: number) => Sql, entry: Sql): {readonly early: Sql; readonly ties: Sql} => {
  const numbers = Array.from({length: count}, (_, k) => k + 1);
  return {
    early: maskOf(numbers, (k) => isEarly(event(k), entry)),
    ties: maskOf(numbers.slice(1), (k) => isTie(event(k), event(k - 1)))
  };
};

/** Begins a statement; what follows are its tables. */
export const begin = ({funnel, walk}: FunnelPlan): Sql => (funnel.repeat === "every_attempt" && walk === undefined ? sql`with recursive` : sql`with`);

const memberOf = ({by}: FunnelPlan): Sql => (by === null ? sql`null::varchar as member` : sql`member`);

/**
 * Returns the tables up to `outcome`: one row an entry, with the `day` of entry, `last_step`, `reached` (mask of steps, where
 * they stand alone), `is_lost`, `is_excluded`, `is_mature`, masks `early` and `ties` of steps, the `value` at the last step,
 * and `member`.
 */
export function outcomeTables(plan: FunnelPlan): Sql {
  const {funnel} = plan;
  const numbers = funnel.steps.map((_, k) => k + 1);
  if (plan.walk !== undefined) return sql`${walkTables(plan)},
outcome as not materialized (
  select day, last_step, ${lossDay(plan)} is not null as is_lost, is_excluded, is_mature, early, ties,
    ${valueLeft(plan)} as value, ${memberOf(plan)}
  from walked
)`;
  const {early, ties} = masksOf(numbers.length, stepEvent, sql`entry`);
  return sql`${attemptTables(plan)},
outcome as (
  select entry.day as day, last_step, ${isChain(funnel) ? sql`` : sql`${maskOf(numbers, (k) => sql`${stepEvent(k)} is not null`)} as reached,`}
    loss is not null as is_lost, is_excluded, is_mature, ${early} as early, ${isChain(funnel) ? ties : sql`0`} as ties,
    case last_step ${join(numbers.map((k) => sql`when ${integer(k)} then ${stepEvent(k)}.value`), " ")} end as value, ${memberOf(plan)}
  from attempt
)`;
}

/** When a watch ends that nothing has ended: with the data, with the loss, or with the window. */
const watchEnd = ({funnel: {window}, asOf}: FunnelPlan, day: Sql, loss: Sql): Sql => sql`least(${join([sql`${asOf}::date`, loss, ...(window === null ? [] : [sql`${day} + ${integer(window)}`])])})`;
const watched = (from: Sql, past: Sql): Sql => sql`greatest((${past} - ${from})::bigint * 86400, 0)`;
const code = ([from, to]: readonly [number, number]): Sql => integer(from * 100 + to);

/** Returns the select of the spans of `walked`, as spanTables says, beside the columns `kept` of each entry. */
export function walkedSpans(plan: FunnelPlan, kept: Sql): Sql {
  const branches = pairsOf(plan.funnel).map(([from, to]) => {
    const whole = to - from > 1;
    const took = identifier(whole ? "took_all" : `took_${to}`);
    // Who did not go on from a step left the funnel there.
    const loss = whole ? lossDay(plan) : lossDay(plan, from);
    return sql`select ${kept}, ${code([from, to])} as pair, ${walkedOn(plan, to)} as there,
    case when ${walkedOn(plan, to)} then ${took}::bigint else ${watched(walkedTo(from), watchEnd(plan, sql`day`, loss))} end as seconds
  from walked where not is_excluded and ${walkedThere(plan, from)}`;
  });
  return join(branches, "\n  union all\n  ");
}

/** Returns the select of who ended a span, and when it took no whole days: `member`, `pair` and `seconds`, over the tables that spanTables gives. */
export function arrivals(plan: FunnelPlan): Sql {
  if (plan.walk === undefined) return sql`select member, pair, seconds from span where there and seconds % 86400 > 0`;
  const branches = pairsOf(plan.funnel).map(([from, to]) => {
    const took = identifier(to - from > 1 ? "took_all" : `took_${to}`);
    return sql`select ${memberOf(plan)}, ${code([from, to])} as pair, ${took} as seconds from walked where ${walkedThere(plan, to)} and ${took} % 86400 > 0 and not is_excluded`;
  });
  return join(branches, "\n  union all\n  ");
}

/**
 * Returns the tables up to `span`: one row for each pair of steps and entry that reached the first of them, with `pair`,
 * `there` (it reached the second), and whole `seconds`: how long that took, null where one is before its time; of others
 * how long they were seen not to.
 */
export function spanTables(plan: FunnelPlan): Sql {
  if (plan.walk !== undefined) return sql`${walkTables(plan)},
span as not materialized (
  ${walkedSpans(plan, memberOf(plan))}
)`;
  const spans = pairsOf(plan.funnel).map(([from, to]) => {
    const [a, b] = [stepEvent(from), stepEvent(to)];
    const seconds = secondsBetween(a, b);
    return sql`struct_pack(pair := ${code([from, to])}, there := ${b} is not null,
      seconds := case when ${b} is null then ${watched(sql`${a}.day`, watchEnd(plan, sql`entry.day`, sql`loss.day`))} when not ${a}.early and not ${b}.early and ${seconds} >= 0 then ${seconds} end,
      begun := ${a} is not null)`;
  });
  return sql`${attemptTables(plan)},
lasted as (
  select ${memberOf(plan)}, unnest([${join(spans, ",\n    ")}]) as span
  from attempt where not is_excluded
),
span as (
  select member, span.pair as pair, span.there as there, span.seconds as seconds from lasted where span.begun
)`;
}
