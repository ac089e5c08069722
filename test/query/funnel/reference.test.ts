import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import {funnelModes, funnelRepeats} from "../../../src/metrics/funnel.js";
import {addUp} from "../../../src/query/funnel/addUp.js";
import {countsStatement, histogramStatement, pairsOf, timesStatement} from "../../../src/query/funnel/statements.js";
import {load, logs, longLogs, plans} from "./logs.js";
import {dayOf, referenceAttempts, referenceCounts, referenceTimes, between, type Attempt} from "./reference.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

const monthOf = ({entry}: Attempt) => `${new Date(entry.day * 86_400_000).toISOString().slice(0, 7)}-01`;
const groups = (attempts: readonly Attempt[], of: (attempt: Attempt) => string | null) => [...new Set(attempts.map(of))].map((key) => [key, attempts.filter((one) => of(one) === key)] as const);
/** Quantiles differ in the last of their digits. */
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(12)) : value))).sort();

const grid = funnelModes.flatMap((mode) => funnelRepeats.map((repeat) => ({mode, repeat})));

describe.each(grid)("the engine and the reference, $mode, $repeat,", ({mode, repeat}) => {
  it("agree on counts, times and histogram for every window, credit, exclusion and property held", () =>
    fc.assert(fc.asyncProperty(logs, plans(mode, repeat), async (log, plan) => {
      await load(native, log);
      const {funnel, by, asOf} = plan;
      const attempts = referenceAttempts(plan, log);
      const counted = (own: readonly Attempt[], scope: string, member: string | null, month: string | null) => ({scope, member, month, ...referenceCounts(own, funnel)});
      const expected = [
        counted(attempts, "total", null, null),
        ...groups(attempts, monthOf).map(([month, own]) => counted(own, "month", null, month)),
        ...(by === null ? [] : groups(attempts, ({member}) => member).map(([member, own]) => counted(own, "member", member, null)))
      ];
      const counts = addUp(await native.run(countsStatement(plan)), plan);
      expect(sorted(counts.map((row) => Object.fromEntries(Object.entries(row).sort())))).toEqual(sorted(expected.map((row) => Object.fromEntries(Object.entries(row).sort()))));

      const times = await native.run(timesStatement(plan));
      const told = pairsOf(funnel).flatMap(([from, to]) => {
        const row = (own: readonly Attempt[], total: number, member: string | null) => {
          const found = referenceTimes(own, from - 1, to - 1, funnel, asOf);
          return found === null ? [] : [{pair: from * 100 + to, total, member, ...found}];
        };
        return [...row(attempts, 1, null), ...(by === null ? [] : groups(attempts, ({member}) => member).flatMap(([member, own]) => row(own, 0, member)))];
      });
      expect(sorted(times.map((row) => Object.fromEntries(Object.entries(row).sort())))).toEqual(sorted(told.map((row) => Object.fromEntries(Object.entries(row).sort()))));

      if (funnel.credit === "all" && by !== null) return;
      const bins = await native.run(histogramStatement({...plan, by: null}));
      const all = referenceAttempts({...plan, by: null}, log);
      const taken = pairsOf(funnel).flatMap(([from, to]) => all.flatMap(({steps, excluded}) => {
        const [a, b] = [steps[from - 1]!, steps[to - 1]!];
        return excluded || a === null || b === null || a.is_early || b.is_early || between(a, b) < 0 ? [] : [{pair: from * 100 + to, days: Math.floor(between(a, b) / 86_400)}];
      }));
      const binned = [...new Set(taken.map((one) => JSON.stringify(one)))].map((key) => ({...(JSON.parse(key) as {pair: number; days: number}), n: taken.filter((one) => JSON.stringify(one) === key).length}));
      expect(sorted(bins)).toEqual(sorted(binned));
    }), {numRuns: 8, seed: 5}), 30_000);
});

it("times of many entities are those of the reference, the unbiased median among them", async () => {
  let medians = 0;
  await fc.assert(fc.asyncProperty(longLogs, plans("ordered", "first_in_range"), async (several, drawn) => {
    const log = several.map((event) => ({...event, second: event.day * 86_400 + ((event.entity * 31 + event.number * 7919) % 86_400)}));
    const plan = {...drawn, by: null, filters: [], funnel: {...drawn.funnel, window: null, hold: null, exclude: [], credit: "first" as const}};
    await load(native, log);
    const attempts = referenceAttempts(plan, log);
    const told = pairsOf(plan.funnel).flatMap(([from, to]): Record<string, number | null>[] => {
      const found = referenceTimes(attempts, from - 1, to - 1, plan.funnel, plan.asOf);
      return found === null ? [] : [{pair: from * 100 + to, total: 1, member: null, ...found}];
    });
    medians += told.filter(({half}) => (half ?? 0) % 86_400 > 0).length;
    const times = await native.run(timesStatement(plan));
    expect(sorted(times.map((row) => Object.fromEntries(Object.entries(row).sort())))).toEqual(sorted(told.map((row) => Object.fromEntries(Object.entries(row).sort()))));
  }), {numRuns: 8, seed: 4});
  expect(medians).toBeGreaterThan(0);
}, 120_000);

it("days are read as the log has them", () => expect(dayOf("1970-01-02")).toBe(1));
