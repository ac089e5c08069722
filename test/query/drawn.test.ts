import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {openBuilt} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";
import {drawnRange} from "../../src/query/drawn.js";
import type {Question} from "../../src/query/question.js";
import {tinyWorlds} from "../metrics/worlds.js";

const chances = fc.array(fc.record({amount: fc.integer({min: 0, max: 1_000_000}), chance: fc.double({min: 0, max: 1, noNaN: true}), count: fc.integer({min: 1, max: 20})}), {maxLength: 20});

describe("drawnRange(chances)", () => {
  it("is the same each time, in order, and between nothing and all", () =>
    fc.assert(fc.property(chances, (of) => {
      const [low, high] = drawnRange(of, {draws: 200});
      expect(drawnRange(of, {draws: 200})).toEqual([low, high]);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeGreaterThanOrEqual(low);
      expect(high).toBeLessThanOrEqual(of.reduce((sum, {amount, count}) => sum + amount * count, 0) + 1e-6);
    })));
  it("is a point where nothing is uncertain, and of nothing", () => {
    expect(drawnRange([{amount: 500, chance: 1, count: 3}, {amount: 900, chance: 0, count: 2}])).toEqual([1500, 1500]);
    expect(drawnRange([])).toEqual([0, 0]);
  });
  it("of many small ones is 1.96 standard deviations to each side", () => {
    const [low, high] = drawnRange([{amount: 10, chance: 0.3, count: 1000}], {draws: 4000});
    const margin = 1.96 * 10 * Math.sqrt(1000 * 0.3 * 0.7);
    expect(Math.abs(low - (3000 - margin))).toBeLessThan(20);
    expect(Math.abs(high - (3000 + margin))).toBeLessThan(20);
  });
  it("is wider where one deal is most of it", () => {
    const width = ([low, high]: readonly [number, number]) => high - low;
    expect(width(drawnRange([{amount: 1000, chance: 0.3, count: 1}]))).toBe(1000);
    expect(width(drawnRange([{amount: 10, chance: 0.3, count: 100}]))).toBeLessThan(300);
  });
});

describe("the forecast that every view shows", async () => {
  const built = await openBuilt((await runPipeline(await readSettings(tinyWorlds.find(({name}) => name === "tiny-pipeline")!.settings))).folder, {threads: 1});
  const told = async (asked: Partial<Question>) => (await ask({metrics: ["forecast"], period: "current:month", ...asked}, built)).rows.filter(({role}) => role === "current").map(({members: [member], value, interval, drawn}) => [member, value, interval, drawn]);

  it("has a range that begins at what is won: 600, and 800, 800 and 2,000 by a toss of a coin each", async () => {
    expect(await told({})).toEqual([[undefined, 2400, [600, 4200], 3]]);
  });
  it("has none in a month that is over, where it is what was won, nor in the comparisons", async () => {
    expect(await told({period: "2025-Q1"})).toEqual([[undefined, 1200, undefined, undefined]]);
    const {rows} = await ask({metrics: ["forecast"], period: "current:month", compare: ["previous"], trend: {grain: "month", count: 3}}, built);
    expect(rows.filter(({role, interval}) => role !== "current" && interval)).toEqual([]);
  });
  it("takes filters, and has the same range as a member", async () => {
    expect(await told({filters: [{dimension: "owner", values: ["Ana"]}]})).toEqual([[undefined, 1600, [600, 2600], 1]]);
    const rows = await told({by: ["owner"]});
    expect(rows.filter(([member]) => member === undefined || member === "Ana")).toEqual([[undefined, 2400, [600, 4200], 3], ["Ana", 1600, [600, 2600], 1]]);
  });
});
