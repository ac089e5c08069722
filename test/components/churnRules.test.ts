import {describe, expect, it} from "vitest";
import {seasonOf} from "../../src/components/churn/rules.js";

const months = (of: (month: number, year: number) => number) => Array.from({length: 36}, (_, k) => ({year: 2024 + Math.floor(k / 12), month: (k % 12) + 1, value: of((k % 12) + 1, 2024 + Math.floor(k / 12))}));

describe("seasonOf(months)", () => {
  it("finds the months that stand out in every year, and none where years do not agree", () => {
    expect(seasonOf(months((month) => (month === 1 ? 0.05 : month === 7 ? 0.001 : 0.01)))).toEqual({years: 2, high: 1, low: 7});
    expect(seasonOf(months((month, year) => (month === 3 && year === 2025 ? 0.05 : 0.01)))).toEqual({years: 2, high: null, low: null});
    expect(seasonOf(months(() => 0.01))).toEqual({years: 2, high: null, low: null});
    // What looks like noise: a fixed walk without a year in it.
    expect(seasonOf(months((month, year) => 0.02 + 0.01 * Math.sin((year * 12 + month) * 2.3)))).toMatchObject({high: null});
  });
  it("says nothing of fewer years", () => {
    expect(seasonOf(months(() => 0.01).slice(0, 20)).years).toBeLessThan(2);
  });
});
