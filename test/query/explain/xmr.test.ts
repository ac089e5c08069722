import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {limitsOf, signalsOf, type Point} from "../../../src/query/explain/xmr.js";

const series = (...values: (number | null)[]): Point[] => values.map((value, k) => ({key: String(k), value}));
const golden = series(20, 22, 19, 21, 25, 18, 23, 20, 21);

describe("limits", () => {
  it("are those of the golden vector", () => {
    const limits = limitsOf(golden)!;
    expect(limits.centre).toBe(21);
    expect(limits.range).toBe(3.375);
    expect(limits.lower).toBeCloseTo(12.02, 2);
    expect(limits.upper).toBeCloseTo(29.98, 2);
    expect(limits.rangeLimit).toBeCloseTo(3.268 * 3.375, 12);
  });
  it("need eight values, are provisional until twelve", () => {
    expect(limitsOf(golden.slice(0, 7))).toBeNull();
    expect(limitsOf(golden.slice(0, 8))!.firm).toBe(false);
    expect(limitsOf([...golden, ...golden].slice(0, 12))!.firm).toBe(true);
  });
  it("do not go where no value can", () => {
    const rates = series(0.9, 0.2, 0.8, 0.1, 0.95, 0.3, 0.9, 0.2, 0.9);
    expect(limitsOf(rates, {least: 0, most: 1})).toMatchObject({lower: 0, upper: 1});
  });
  it("are as much wider as what took the season out made the ranges smaller", () => {
    expect(limitsOf(golden, {widen: Math.SQRT2})).toMatchObject({range: 3.375 * Math.SQRT2, upper: expect.closeTo(21 + 2.66 * 3.375 * Math.SQRT2, 9)});
  });
  it("leave out periods without a value, and the ranges beside them", () => {
    const limits = limitsOf(series(1, 2, 1, 2, null, 9, 10, 9, 10))!;
    expect(limits.points).toBe(8);
    expect(limits.range).toBe(1);
  });
  it("of the median form are not moved by one extreme", () => {
    const calm = limitsOf(series(10, 11, 10, 11, 10, 11, 10, 11, 10), {}, "median")!;
    const shaken = limitsOf(series(10, 11, 10, 11, 900, 11, 10, 11, 10), {}, "median")!;
    expect(calm.upper).toBeCloseTo(10 + 3.145, 12);
    expect(shaken.upper).toBeLessThan(20);
  });
});

describe("signals", () => {
  const limits = limitsOf(golden)!;
  const last = (...values: (number | null)[]) => signalsOf(series(...values), limits).at(-1);
  it("the golden vector's next value of 35 is outside, its own values are routine", () => {
    expect(signalsOf(golden, limits)).toEqual(golden.map(() => null));
    expect(signalsOf([...golden, {key: "next", value: 35}], limits).at(-1)).toEqual({rule: "outside", side: "high"});
    expect(last(12)).toEqual({rule: "outside", side: "low"});
  });
  it("eight in a row on one side, and not seven, nor with one on the centre", () => {
    expect(last(22, 22, 22, 22, 22, 22, 22)).toBeNull();
    expect(last(22, 22, 22, 22, 22, 22, 22, 22)).toEqual({rule: "eight_in_a_row", side: "high"});
    expect(last(22, 22, 22, 21, 22, 22, 22, 22)).toBeNull();
    expect(last(20, 20, 20, 20, 20, 20, 20, 20)).toEqual({rule: "eight_in_a_row", side: "low"});
  });
  it("three of four nearer a limit than the centre, the last of them too", () => {
    expect(last(27, 21, 27, 27)).toEqual({rule: "three_of_four", side: "high"});
    expect(last(27, 27, 27, 21)).toBeNull();
    expect(last(27, 15, 27, 15)).toBeNull();
    expect(last(15, 15, 21, 15)).toEqual({rule: "three_of_four", side: "low"});
  });
  it("a period without a value is no signal and ends a run", () => {
    expect(last(22, 22, 22, 22, null, 22, 22, 22, 22)).toBeNull();
    expect(last(null)).toBeNull();
  });
  it("scaling and shifting a series changes no verdict", () => {
    const verdicts = (list: number[]) => {
      const limits = limitsOf(series(...list), {}, "median");
      return limits && signalsOf(series(...list), limits);
    };
    fc.assert(fc.property(fc.array(fc.integer({min: -50, max: 50}), {minLength: 9, maxLength: 40}), fc.integer({min: 1, max: 16}), fc.integer({min: -64, max: 64}),
      (values, scale, shift) => void expect(verdicts(values.map((value) => value * scale + shift))).toEqual(verdicts(values))));
  });
});
