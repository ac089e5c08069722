import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {Funnel, FunnelMode, FunnelRepeat} from "../../../src/metrics/funnel.js";
import {addUp} from "../../../src/query/funnel/addUp.js";
import type {FunnelPlan} from "../../../src/query/funnel/plan.js";
import {countsStatement, histogramStatement, timesStatement} from "../../../src/query/funnel/statements.js";
import {walksAnswer, walksStatement} from "../../../src/query/funnel/walks.js";
import {load, logs, longLogs, plans} from "./logs.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

/** Works the funnel out beforehand, in two parts of the entities. */
async function walk(funnel: Funnel): Promise<void> {
  const [low, high] = [{first: 0, past: 3}, {first: 3, past: 100}].map((entities) => walksStatement(funnel, ["region", "product"], entities));
  await native.exec(`create or replace table walk_test as ${low!.sql}`, [...low!.params]);
  await native.exec(`insert into walk_test ${high!.sql}`, [...high!.params]);
}

const counts = async (plan: FunnelPlan) => addUp(await native.run(countsStatement(plan)), plan);
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
const modes: readonly FunnelMode[] = ["ordered", "strict", "all_stages", "reached"];
const repeats: readonly FunnelRepeat[] = ["first_in_range", "first_ever"];
const windows = fc.array(fc.constantFrom(null, 0, 1, 3, 6, 20), {minLength: 2, maxLength: 2});

describe.each(modes.flatMap((mode) => repeats.map((repeat) => ({mode, repeat}))))("walks and events, $mode, $repeat,", ({mode, repeat}) => {
  it("agree for every window, credit, exclusion and property held", () =>
    fc.assert(fc.asyncProperty(fc.oneof(logs, longLogs), plans(mode, repeat), windows, async (log, drawn, [window, other]) => {
      await load(native, log);
      await walk(drawn.funnel);
      for (const plan of [drawn, {...drawn, funnel: {...drawn.funnel, window: window!}}, {...drawn, funnel: {...drawn.funnel, window: other!}}] satisfies FunnelPlan[]) {
        if (!walksAnswer(drawn.funnel, plan)) continue;
        const walked = {...plan, walk: "walk_test"};
        expect(sorted(await counts(walked))).toEqual(sorted(await counts(plan)));
        expect(sorted(await native.run(timesStatement(walked)))).toEqual(sorted(await native.run(timesStatement(plan))));
        const whole = {...plan, by: null};
        expect(await native.run(histogramStatement({...whole, walk: "walk_test"}))).toEqual(await native.run(histogramStatement(whole)));
      }
    }), {numRuns: 10, seed: 8}), 60_000);
});

describe("walksAnswer(declared, chosen)", () => {
  const [plan] = fc.sample(plans("ordered", "first_in_range"), {numRuns: 1, seed: 2}) as [FunnelPlan];
  const declared: Funnel = {...plan.funnel, credit: "first"};
  const answers = (more: Partial<Funnel>) => walksAnswer(declared, {...plan, by: "region", funnel: {...declared, ...more}});
  it("says yes to any window and credit", () => expect([answers({window: 17}), answers({window: null}), answers({credit: "last"}), answers({credit: {step: "two"}})]).toEqual([true, true, true, true]));
  it("says no to another mode, to every attempt, and to members that are followed on their own", () =>
    expect([answers({mode: "strict"}), answers({mode: "any"}), answers({repeat: "every_attempt"}), answers({repeat: "optimized"}), answers({credit: "all"})]).toEqual([false, false, false, false, false]));
});
