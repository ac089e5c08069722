import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {CohortChoices} from "../../../src/query/cohort/plan.js";
import {askCohort, askCohortMembers} from "../../../src/query/cohort/askCohort.js";
import {asOfs, choices, epoch, load, logs, manifest} from "./logs.js";
import type {LogEvent} from "./reference.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

const ask = (asked: CohortChoices, asOf: number, more = {}) => askCohort("purchases", {range: "all", ...asked}, {manifest: manifest(asOf, 1, more), run: native.run});
const buy = (customer: number, day: number, value = 10, segment: string | null = null): LogEvent => ({customer, event: "purchase", day, value, margin: null, segment});
const until = (log: readonly LogEvent[], asOf: number) => log.filter(({day}) => day <= asOf);
const runs = {numRuns: 10, seed: 8};
const month = (name: string) => Math.round(Date.parse(`${name}-01T00:00:00Z`) / 86_400_000);

describe("laws of cohorts (kpi-formulas b.4)", () => {
  it("the average is weighted by size, of whole cells only: 10 at 20 % and 100 at 0 % are 1.8 % (b.9)", async () => {
    const first = Array.from({length: 10}, (_, k) => buy(k + 1, month("2024-01")));
    const second = Array.from({length: 100}, (_, k) => buy(k + 11, month("2024-02")));
    await load(native, [...first, ...second, buy(1, month("2024-02")), buy(2, month("2024-02")), ...Array.from({length: 50}, (_, k) => buy(k + 200, month("2024-03")))]);
    const {average, lines} = await ask({measure: "on"}, month("2024-04") - 1);
    expect(lines.map(({size, cells}) => [size, cells[1]!.value, cells[1]!.state])).toEqual([[10, 0.2, "whole"], [100, 0, "whole"], [50, null, "later"]]);
    expect(average[1]).toMatchObject({value: 2 / 110, active: 2, observed: 110});
    expect([average[1]!.low, average[1]!.high].map((end) => Number(end!.toFixed(3)))).toEqual([0.005, 0.064]);
  });

  it("a running period is part and in no average", async () => {
    await load(native, [buy(1, month("2024-01")), buy(1, month("2024-02"))]);
    const {average, lines} = await ask({measure: "on"}, month("2024-02") + 3);
    expect(lines[0]!.cells.map(({state, value}) => [state, value])).toEqual([["whole", 1], ["part", 1]]);
    expect(average.map(({value}) => value)).toEqual([1]);
  });

  it("on or after falls with age, and is no less than on", () =>
    fc.assert(fc.asyncProperty(logs("month"), asOfs("month"), fc.constantFrom("calendar", "rolling"), async (log, asOf, span) => {
      fc.pre(until(log, asOf).some(({event}) => event === "purchase"));
      await load(native, until(log, asOf));
      const [after, on] = await Promise.all([ask({measure: "on_or_after", span, form: "absolute"}, asOf), ask({measure: "on", span, form: "absolute"}, asOf)]);
      after.lines.forEach(({cells}, k) => {
        const values = cells.filter(({state, value}) => state !== "later" && value !== null).map(({value}) => value!);
        expect([...values].sort((a, b) => b - a)).toEqual(values);
        cells.forEach(({value}, age) => expect(value ?? Infinity).toBeGreaterThanOrEqual(on.lines[k]!.cells[age]!.value ?? 0));
      });
    }), runs), 20_000);

  it("cohorts part the customers, and segments each cohort", () =>
    fc.assert(fc.asyncProperty(logs("month"), asOfs("month"), async (log, asOf) => {
      const buyers = new Set(until(log, asOf).filter(({event}) => event === "purchase").map(({customer}) => customer));
      fc.pre(buyers.size > 0);
      await load(native, until(log, asOf));
      const {lines, segments} = await ask({by: "segment", form: "absolute"}, asOf);
      expect(lines.reduce((all, {size}) => all + size, 0)).toBe(buyers.size);
      for (const {key, size, cells} of lines) {
        const own = segments!.flatMap((segment) => segment.lines.filter((line) => line.key === key));
        expect(own.reduce((all, line) => all + line.size, 0)).toBe(size);
        cells.forEach(({active}, k) => expect(own.reduce((all, line) => all + (line.cells[k]!.active ?? 0), 0)).toBe(active ?? 0));
      }
    }), runs), 20_000);

  it("the order of the log changes nothing, nor that its parts come one after the other", () =>
    fc.assert(fc.asyncProperty(logs("month"), asOfs("month"), choices("month", "nrr"), async (log, asOf, asked) => {
      const kept = until(log, asOf);
      fc.pre(kept.some(({event}) => event === "purchase"));
      await load(native, kept);
      const before = await ask(asked, asOf);
      await load(native, [...kept].reverse());
      expect(await ask(asked, asOf)).toEqual(before);
      // Two files of one log, one after the other.
      await load(native, [...kept.filter((_, k) => k % 2 === 1), ...kept.filter((_, k) => k % 2 === 0)]);
      expect(await ask(asked, asOf)).toEqual(before);
    }), runs), 20_000);

  it("gross revenue retained is at most all of it, and at most the net", () =>
    fc.assert(fc.asyncProperty(logs("month"), asOfs("month"), fc.constantFrom("calendar", "rolling"), async (log, asOf, span) => {
      const kept = until(log, asOf).filter(({event}) => event !== "refund");
      fc.pre(kept.some(({event}) => event === "purchase"));
      await load(native, kept);
      const [gross, net] = await Promise.all([ask({measure: "grr", span}, asOf), ask({measure: "nrr", span}, asOf)]);
      gross.lines.forEach(({cells}, k) => cells.forEach(({value}, age) => {
        expect(value ?? 0).toBeLessThanOrEqual(1 + 1e-12);
        if (value !== null) expect(value).toBeLessThanOrEqual(net.lines[k]!.cells[age]!.value! + 1e-12);
      }));
    }), runs), 20_000);

  it("a cell's customers are as many as the cell says, in it and out of it", () =>
    fc.assert(fc.asyncProperty(logs("month"), asOfs("month"), fc.constantFrom("on", "on_or_after", "repeat", "bracketed"), fc.constantFrom("calendar", "rolling"), fc.constantFrom(undefined, "segment" as const), async (log, asOf, measure, span, key) => {
      fc.pre(until(log, asOf).some(({event}) => event === "purchase"));
      await load(native, until(log, asOf));
      const asked = {measure, span, range: "all", ...(key && {key})} as const;
      const {lines} = await ask(asked, asOf);
      for (const line of lines) for (const cell of line.cells.filter(({state, value}) => state !== "later" && value !== null).slice(0, 3)) {
        const spot = {line: line.key, period: cell.period};
        const options = {manifest: manifest(asOf), run: native.run};
        const [within, without] = [await askCohortMembers("purchases", spot, asked, options), await askCohortMembers("purchases", {...spot, who: "out"}, asked, options)];
        expect([within.count, within.count + without.count, within.entries.length]).toEqual([cell.active, cell.observed, cell.active]);
      }
    }), runs), 30_000);
});

describe("small cohorts", () => {
  it("have no numbers, and none can be found by subtraction", async () => {
    const sizes = [["2024-01", 12], ["2024-02", 2], ["2024-03", 6], ["2024-04", 9]] as const;
    let customer = 0;
    await load(native, sizes.flatMap(([name, count]) => Array.from({length: count}, () => buy(++customer, month(name), 10, customer % 2 ? "North" : "South"))));
    const {lines, average, segments} = await ask({by: "segment"}, month("2024-07"), {minGroup: 5});
    expect(lines.map(({size, suppressed}) => [size, suppressed ?? false])).toEqual([[12, false], [0, true], [0, true], [9, false]]);
    expect(lines[1]!.cells.every(({value, suppressed, active}) => value === null && active === null && suppressed)).toBe(true);
    expect(average[0]!.observed).toBe(21);
    for (const {lines: own} of segments!) expect(own.filter(({suppressed}) => suppressed).length).toBeGreaterThan(1);
    expect(await askCohortMembers("purchases", {line: "2024-01-01", period: 0}, {}, {manifest: manifest(month("2024-07"), 1, {minGroup: 5}), run: native.run})).toEqual({count: 0, left: 0, entries: []});
  });
});

describe("choices", () => {
  it("that the report does not offer are refused with those it does", async () => {
    await load(native, [buy(1, epoch)]);
    await expect(ask({measure: "payback"}, epoch + 40)).rejects.toThrow("no measure \"payback\"");
    await expect(ask({grain: "decade" as "year"}, epoch + 40)).rejects.toThrow("Allowed: day, week, month, quarter, year.");
    await expect(askCohort("wins", {}, {manifest: manifest(epoch), run: native.run})).rejects.toThrow("unknown cohort: \"wins\"");
  });

  it("cohorts in which the records begin are marked, the running one too", async () => {
    await load(native, [buy(1, month("2024-01") + 3), buy(2, month("2024-02")), buy(3, month("2024-03"))]);
    const {lines} = await ask({}, month("2024-03") + 5);
    expect(lines.map(({isTruncated, isCurrent}) => [isTruncated, isCurrent])).toEqual([[true, false], [false, false], [false, true]]);
    expect((await ask({first: "recurring"}, month("2024-03") + 5)).lines.some(({isTruncated}) => isTruncated)).toBe(false);
  });
});
