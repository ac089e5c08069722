import {describe, expect, it} from "vitest";
import {nearest} from "../../src/query/nearest.js";
import {wilson} from "../../src/query/wilson.js";

describe("wilson", () => {
  it("is 5.2 % to 36.0 % for 3 of 20 (kpi-formulas b.9)", () => {
    const [low, high] = wilson(3, 20);
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(["0.052", "0.360"]);
  });
  it("starts at 0 for none and ends at 1 for all", () => {
    expect(wilson(0, 5)[0]).toBe(0);
    expect(wilson(0, 5)[1]).toBeGreaterThan(0);
    expect(wilson(5, 5)[1]).toBe(1);
    expect(wilson(5, 5)[0]).toBeLessThan(1);
  });
});

describe("nearest", () => {
  it.each([["win_rat", "win_rate"], ["WIN_RATE", "win_rate"], ["revenue", "revenue_won_ytd"], ["won", "revenue_won_ytd"], ["margin", undefined], ["", undefined], ["new_lead", "new_leads"]])("of %j is %j", (word, expected) =>
    expect(nearest(word, ["win_rate", "new_leads", "revenue_won_ytd"])).toBe(expected));
});
