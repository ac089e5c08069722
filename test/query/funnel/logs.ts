// Random event logs, and the engine over them.

import fc from "fast-check";
import type {Native} from "../../../loaders/native.js";
import type {Funnel, FunnelExclusion, FunnelMode, FunnelRepeat} from "../../../src/metrics/funnel.js";
import type {FunnelPlan} from "../../../src/query/funnel/plan.js";
import {dayOf, type LogEvent} from "./reference.js";

export const epoch = dayOf("2025-01-01");
const isoDay = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

const drawn = fc.record({
  entity: fc.integer({min: 1, max: 5}),
  event: fc.constantFrom("a", "a", "b", "b", "c", "c", "d", "d", "lost", "stop", "noise"),
  day: fc.integer({min: 0, max: 14}),
  hour: fc.constantFrom(0, 1, 12, 23),
  is_early: fc.integer({min: 0, max: 9}).map((n) => n === 0),
  value: fc.option(fc.integer({min: 0, max: 50}), {freq: 3}),
  region: fc.option(fc.constantFrom("North", "South"), {freq: 5}),
  product: fc.constantFrom("Gauge", "Probe")
});

/** Logs as the marts make them: on one day of an entity all times are known, or none. */
export const logs: fc.Arbitrary<LogEvent[]> = fc.tuple(fc.array(drawn, {minLength: 1, maxLength: 45}), fc.integer({min: 1, max: 7})).map(([rows, salt]) =>
  rows.map(({entity, event, day, hour, is_early, value, region, product}, k) => ({
    entity, number: k + 1, event, day: epoch + day, is_early, value,
    second: (entity * 31 + day * 17 + salt) % 4 === 0 ? null : (epoch + day) * 86_400 + hour * 3600,
    dimensions: {region, product}
  })));

const named = (...events: string[]) => events.map((event) => ({event}));
const base: Funnel = {
  id: "test", entity: "case", steps: [{id: "one", is: named("a")}, {id: "two", is: named("b")}, {id: "three", is: named("c", "d")}, {id: "four", is: named("d")}],
  lost: named("lost"), mode: "ordered", window: null, repeat: "first_in_range", exclude: [], hold: null, credit: "first"
};
const exclusions: fc.Arbitrary<FunnelExclusion[]> = fc.constantFrom<FunnelExclusion[]>(
  [], [], [{is: named("stop"), after: "one", before: "three"}], [{is: named("stop"), after: "two", before: "three"}, {is: named("noise"), after: "one", before: "four"}]
);

/** Logs of many entities that come far: enough for times to have a middle. */
export const longLogs: fc.Arbitrary<LogEvent[]> = fc.array(logs, {minLength: 6, maxLength: 12}).map((several) => several.flatMap((log, k) => log.map((event) => ({...event, entity: event.entity + 5 * k}))));

/** Plans of a mode and a way to count repeats, all else drawn. */
export const plans = (mode: FunnelMode, repeat: FunnelRepeat): fc.Arbitrary<FunnelPlan> => fc.record({
  window: fc.constantFrom(null, 0, 2, 6),
  exclude: exclusions,
  hold: fc.constantFrom(null, null, "product"),
  credit: fc.constantFrom<Funnel["credit"]>("first", "last", "all", {step: "two"}),
  by: fc.constantFrom(null, "region", "product"),
  filters: fc.constantFrom<FunnelPlan["filters"]>([], [], [{dimension: "region", values: ["North", null]}], [{dimension: "product", values: ["Probe"]}]),
  first: fc.integer({min: 0, max: 5}),
  days: fc.integer({min: 3, max: 20}),
  seen: fc.integer({min: 12, max: 25}),
  twice: fc.boolean()
}).map(({window, exclude, hold, credit, by, filters, first, days, seen, twice}) => ({
  funnel: {...base, mode, repeat, window, exclude, hold, credit, steps: twice ? base.steps.map((step, k) => (k === 1 ? {...step, is: named("a", "b")} : step)) : base.steps},
  by, filters, start: isoDay(epoch + first), end: isoDay(epoch + first + days), asOf: isoDay(epoch + seen)
}));

const literal = (value: string | number | boolean | null): string => (value === null ? "null" : typeof value === "string" ? `'${value}'` : String(value));

/** Puts a log where the engine reads it. */
export async function load({exec}: Pick<Native, "exec">, log: readonly LogEvent[]): Promise<void> {
  const rows = log.map(({entity, number, event, day, second, is_early, value, dimensions}) =>
    `(${[entity, number, event, day, second, is_early, value, dimensions["region"] ?? null, dimensions["product"] ?? null].map(literal).join(", ")})`);
  await exec(`create or replace table fct_case_event as select 'case' as kind, entity::integer as entity, number::integer as number, event, date '1970-01-01' + day::integer as day,
    second::bigint as second, is_early::boolean as is_early, value::decimal(18, 2) as value, region::varchar as region, product::varchar as product
    from (values ${rows.join(", ")}) as log(entity, number, event, day, second, is_early, value, region, product)`);
}
