import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {interleave, quantile, summarise} from "./statistics.js";

const values = fc.array(fc.double({min: -1e6, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 40});

describe("quantile(values, q)", () => {
  it("interpolates between neighbours", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48);
    expect(quantile([7], 0.95)).toBe(7);
  });

  it("refuses no values and shares outside 0–1", () => {
    expect(() => quantile([], 0.5)).toThrow("no values");
    expect(() => quantile([1], 95)).toThrow("0–1: 95");
    expect(() => quantile([1], NaN)).toThrow("0–1");
  });

  it("lies within the values, grows with q and does not depend on order", () => {
    fc.assert(
      fc.property(values, fc.double({min: 0, max: 1, noNaN: true}), fc.double({min: 0, max: 1, noNaN: true}), (list, a, b) => {
        const low = quantile(list, Math.min(a, b));
        const high = quantile(list, Math.max(a, b));
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual(Math.min(...list));
        expect(high).toBeLessThanOrEqual(Math.max(...list));
        expect(quantile([...list].reverse(), a)).toBe(quantile(list, a));
      })
    );
  });

  it("leaves its input as it was", () => {
    const list = [3, 1, 2];
    quantile(list, 0.5);
    expect(list).toEqual([3, 1, 2]);
  });
});

describe("summarise(values)", () => {
  it("gives count, median, p95 and range", () => {
    expect(summarise([5, 1, 2, 4, 3])).toEqual({n: 5, median: 3, p95: 4.8, least: 1, most: 5});
  });
});

describe("interleave(variants, {rounds})", () => {
  it("runs each variant once a round, another one first each time, warm-ups unkept", async () => {
    const calls: string[] = [];
    const variant = (name: string) => async () => calls.push(name);
    const results = await interleave({a: variant("a"), b: variant("b")}, {rounds: 3});
    expect(calls.join("")).toBe("abab" + "ba" + "ab");
    expect(results).toEqual({a: [3, 6, 7], b: [4, 5, 8]});
  });
});
