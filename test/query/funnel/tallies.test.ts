import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {Funnel, FunnelMode, FunnelRepeat} from "../../../src/metrics/funnel.js";
import {addUp} from "../../../src/query/funnel/addUp.js";
import type {FunnelPlan} from "../../../src/query/funnel/plan.js";
import {countsStatement} from "../../../src/query/funnel/statements.js";
import {talliedSets, talliedVariants, tallyChoice, tallyStatement} from "../../../src/query/funnel/tallies.js";
import {walksStatement} from "../../../src/query/funnel/walks.js";
import {load, logs, longLogs, plans} from "./logs.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

const dimensions = ["region", "product"] as const;

/** Counts a funnel's entries beforehand between the edges. */
async function tally(plan: FunnelPlan, edges: readonly string[]): Promise<void> {
  const walks = walksStatement(plan.funnel, dimensions, {first: 0, past: 100});
  await native.exec(`create or replace table walk_test as ${walks.sql}`, [...walks.params]);
  await native.exec(`create or replace table edge_test as select day, counted from (select unnest(range(first, past, interval 1 day))::date as day, first as counted
    from (select day as first, lead(day) over (order by day) as past from (values ${edges.map((edge) => `(date '${edge}')`).join(", ")}) as edge(day)) where past is not null)`);
  const {sql, params} = tallyStatement({...plan, walk: "walk_test", filters: [], by: null}, dimensions, "edge_test");
  await native.exec(`create or replace table tally_test as select 0 as part, * from (${sql})`, [...params]);
}

const counts = async (plan: FunnelPlan) => addUp(await native.run(countsStatement(plan)), plan);
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
const modes: readonly FunnelMode[] = ["ordered", "strict", "all_stages", "reached"];
const repeats: readonly FunnelRepeat[] = ["first_in_range", "first_ever"];

describe.each(modes.flatMap((mode) => repeats.map((repeat) => ({mode, repeat}))))("tallies and events, $mode, $repeat,", ({mode, repeat}) => {
  it("count alike between any edges, for every filter, breakdown, exclusion and property held", () =>
    fc.assert(fc.asyncProperty(fc.oneof(logs, longLogs), plans(mode, repeat), fc.constantFrom(1, 3, 7), async (log, drawn, every) => {
      const plan: FunnelPlan = {...drawn, funnel: {...drawn.funnel, credit: "first"}};
      await load(native, log);
      const regular = Array.from({length: Math.ceil(30 / every)}, (_, k) => new Date(Date.UTC(2025, 0, 3 + k * every)).toISOString().slice(0, 10));
      await tally(plan, [...new Set([plan.start, plan.end, "2025-02-01", ...regular])].sort());
      expect(sorted(await counts({...plan, tally: {name: "tally_test", part: 0}}))).toEqual(sorted(await counts(plan)));
    }), {numRuns: 12, seed: 3}), 60_000);
});

describe("talliedVariants(declared)", () => {
  const [{funnel}] = fc.sample(plans("reached", "first_in_range"), {numRuns: 1, seed: 2}) as [FunnelPlan];
  it("begins with the funnel as declared, and holds every window on offer once and the other modes that walks tell", () => {
    const variants = talliedVariants({...funnel, window: 180});
    expect(variants[0]).toEqual({mode: "reached", window: 180});
    expect(variants.filter(({mode}) => mode === "reached").map(({window}) => window)).toEqual([180, 7, 30, 60, 90, 365, null]);
    expect(variants.filter(({window}) => window === 180).map(({mode}) => mode)).toEqual(["reached", "ordered", "strict", "all_stages"]);
  });
  it("is none where the window decides what counts, or steps stand alone", () => {
    expect(talliedVariants({...funnel, mode: "any"})).toEqual([]);
    expect(talliedVariants({...funnel, mode: "any_stage"})).toEqual([]);
  });
});

describe("tallyChoice(tally, plan, isEdge)", () => {
  const [drawn] = fc.sample(plans("reached", "first_in_range"), {numRuns: 1, seed: 2}) as [FunnelPlan];
  const declared: Funnel = {...drawn.funnel, credit: "first", window: 180};
  const sets = talliedSets(["source", "region", "product"]);
  const parts = sets.map((own) => ({mode: "reached" as const, window: 180, dimensions: own, rows: 10 ** own.length}));
  const choose = (funnel: Partial<Funnel>, more: Partial<FunnelPlan> = {}, isEdge = true) =>
    tallyChoice({name: "tally_test", parts}, {...drawn, by: "source", filters: [], ...more, funnel: {...declared, ...funnel}}, () => isEdge)?.part;
  it("finds the smallest part with all that is asked about", () => {
    expect(sets[choose({})!]).toEqual(["source"]);
    expect(sets[choose({}, {filters: [{dimension: "product", values: ["Probe"]}]})!]).toEqual(["source", "product"]);
    expect(sets[choose({}, {by: "region", filters: [{dimension: "product", values: ["Probe"]}]})!]).toEqual(["source", "region", "product"]);
    expect(sets[choose({repeat: "first_ever"}, {by: null})!]).toEqual([]);
  });
  it("finds none for another mode or window, a dimension that is not counted, attempts, credit elsewhere, and days between edges", () =>
    expect([choose({mode: "strict"}), choose({window: 90}), choose({}, {by: "owner"}), choose({repeat: "every_attempt"}), choose({repeat: "optimized"}), choose({credit: "last"}), choose({credit: "all"}), choose({}, {}, false)])
      .toEqual(Array.from({length: 8}, () => undefined)));
});
