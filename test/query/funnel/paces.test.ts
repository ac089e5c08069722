import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {Funnel, FunnelMode, FunnelRepeat} from "../../../src/metrics/funnel.js";
import {paceChoice, pacedSets, paceStatement, wholePair} from "../../../src/query/funnel/paces.js";
import type {FunnelPlan} from "../../../src/query/funnel/plan.js";
import {histogramStatement, timesStatement} from "../../../src/query/funnel/statements.js";
import {walksStatement} from "../../../src/query/funnel/walks.js";
import {load, logs, longLogs, plans} from "./logs.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

const dimensions = ["region", "product"] as const;

/** Counts beforehand, between the edges, how many took how many days: the whole way as part 0, all else as part 1. */
async function pace(plan: FunnelPlan, edges: readonly string[]): Promise<void> {
  const walks = walksStatement(plan.funnel, dimensions, {first: 0, past: 100});
  await native.exec(`create or replace table walk_test as ${walks.sql}`, [...walks.params]);
  await native.exec(`create or replace table edge_test as select day, counted from (select unnest(range(first, past, interval 1 day))::date as day, first as counted
    from (select day as first, lead(day) over (order by day) as past from (values ${edges.map((edge) => `(date '${edge}')`).join(", ")}) as edge(day)) where past is not null)`);
  const {sql, params} = paceStatement({...plan, walk: "walk_test", filters: [], by: null}, dimensions, "edge_test");
  await native.exec(`create or replace table pace_test as select case when pair = ${wholePair(plan.funnel)} then 0 else 1 end as part, * from (${sql})`, [...params]);
}

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
const modes: readonly FunnelMode[] = ["ordered", "strict", "all_stages", "reached"];
const repeats: readonly FunnelRepeat[] = ["first_in_range", "first_ever"];

describe.each(modes.flatMap((mode) => repeats.map((repeat) => ({mode, repeat}))))("days counted beforehand and events, $mode, $repeat,", ({mode, repeat}) => {
  it("tell the same times and histogram between any edges, for every filter, breakdown, exclusion and property held", () =>
    fc.assert(fc.asyncProperty(fc.oneof(logs, longLogs), plans(mode, repeat), fc.constantFrom(1, 3, 7), async (log, drawn, every) => {
      const plan: FunnelPlan = {...drawn, funnel: {...drawn.funnel, credit: "first"}};
      await load(native, log);
      const regular = Array.from({length: Math.ceil(30 / every)}, (_, k) => new Date(Date.UTC(2025, 0, 3 + k * every)).toISOString().slice(0, 10));
      await pace(plan, [...new Set([plan.start, plan.end, "2025-02-01", ...regular])].sort());
      const paced: FunnelPlan = {...plan, walk: "walk_test", pace: {name: "pace_test", whole: 0, steps: 1}};
      const events = sorted(await native.run(timesStatement(plan)));
      expect(sorted(await native.run(timesStatement(paced)))).toEqual(events);
      const shown = (await native.run(timesStatement(plan))).filter(({total, pair}) => total === 1 || pair === wholePair(plan.funnel));
      expect(sorted(await native.run(timesStatement(paced, "whole")))).toEqual(sorted(shown));
      expect(sorted(await native.run(timesStatement({...plan, walk: "walk_test"}, "whole")))).toEqual(sorted(shown));
      expect(await native.run(histogramStatement(paced))).toEqual(await native.run(histogramStatement({...plan, by: null})));
    }), {numRuns: 6, seed: 6}), 60_000);
});

describe("paceChoice(pace, plan, isEdge, members)", () => {
  const [drawn] = fc.sample(plans("reached", "first_in_range"), {numRuns: 1, seed: 2}) as [FunnelPlan];
  const declared: Funnel = {...drawn.funnel, credit: "first", window: 180};
  const parts = [true, false].flatMap((whole) => pacedSets(["source", "region", "product"], whole).map((own) => ({mode: "reached" as const, window: 180, dimensions: own, whole, rows: 10 ** own.length})));
  const choose = (funnel: Partial<Funnel>, more: Partial<FunnelPlan> = {}, isEdge = true, members: "each" | "whole" = "whole") => {
    const use = paceChoice({name: "pace_test", parts}, {...drawn, by: "source", filters: [], ...more, funnel: {...declared, ...funnel}}, () => isEdge, members);
    return use && [parts[use.whole]!.dimensions, parts[use.steps]!.dimensions];
  };
  it("finds the smallest parts with all that is asked about", () => {
    expect(choose({})).toEqual([["source"], []]);
    expect(choose({}, {filters: [{dimension: "product", values: ["Probe"]}]})).toEqual([["source", "product"], ["product"]]);
    expect(choose({repeat: "first_ever"}, {by: null})).toEqual([["source"], []]);
  });
  it("tells each step by member only from parts that have the members", () => {
    expect(choose({}, {}, true, "each")).toEqual([["source"], ["source"]]);
    expect(choose({}, {filters: [{dimension: "product", values: ["Probe"]}]}, true, "each")).toBeUndefined();
  });
  it("finds none for two filters, another mode or window, a dimension that is not counted, attempts, credit elsewhere, and days between edges", () =>
    expect([
      choose({}, {filters: [{dimension: "product", values: ["Probe"]}, {dimension: "region", values: ["West"]}]}), choose({mode: "strict"}), choose({window: 90}), choose({}, {by: "owner"}),
      choose({repeat: "every_attempt"}), choose({repeat: "optimized"}), choose({credit: "last"}), choose({credit: "all"}), choose({}, {}, false)
    ]).toEqual(Array.from({length: 9}, () => undefined)));
});
